import { longestIn, slotSize } from "./frame.js";
import { newStateReader } from "./next-state.js";
import { rangeRefusal } from "./refusal.js";
import { newValues, ownValue } from "./values.js";

/** @import { Precision, Values } from "./interface.ts" */
/** @import { Program, Slot } from "./program.ts" */
/** @import { Frame } from "./frame.js" */

/**
 * A leaf or a result, with its number of elements at the sizes that are planned for.
 *
 * @template {Slot} S
 * @typedef {{ readonly slot: S, size: number }} Sized
 */

/**
 * A program with its arena, which grows when a call needs more and is kept between calls.
 *
 * @typedef {{
 *   readonly program: Program,
 *   readonly leaves: ReadonlyArray<Sized<Program["leaves"][number]>>,
 *   readonly results: ReadonlyArray<Sized<Program["results"][number]>>,
 *   readonly fits: (frame: Frame) => boolean,
 *   readonly prepare: (frame: Frame) => boolean,
 *   readonly shorten: (length: string, extent: number) => void,
 *   readonly arena: () => Values,
 *   readonly offset: (slot: Slot) => number,
 *   readonly hold: () => void,
 *   readonly run: () => void,
 *   readonly state: () => Record<string, Values>,
 * }} Runner
 */

/**
 * `prepare` plans for the sizes of a call and says whether the plan is new: then nothing of the arena's old contents
 * stands where it stood. `hold` is called after parameters were put in. `shorten` lets a length be less than it is planned for: all stays where it is. `state` copies the state that the program has left.
 *
 * @param {Program} program
 * @param {Precision} precision
 * @returns {Runner}
 */
export function newRunner(program, precision) {
  /** @type {Array<number>} */
  const dims = [];
  /** @type {Array<Int32Array>} */
  const tables = [];
  const leaves = program.leaves.map((slot) => ({ slot, size: 0 }));
  const results = program.results.map((slot) => ({ slot, size: 0 }));
  /** @type {ReadonlyArray<number>} */
  let offsets = [];
  let arena = newValues(precision, 0);
  /** Of the present plan. @type {(() => Record<string, Values>) | undefined} */
  let state;
  /** Nothing is changed before there is room: a call that is too large leaves all as it was. */
  const replan = (/** @type {Frame} */ frame) => {
    const sizes = [frame.size, ...program.lengths.map((name) => longestIn(program, frame, name))];
    const plan = program.plan(sizes);
    if (plan.size > arena.length) arena = grown(program, precision, plan.size, sizes);
    dims.splice(0, dims.length, ...sizes);
    offsets = plan.offsets;
    state = undefined;
    for (const sized of [...leaves, ...results]) sized.size = slotSize(sized.slot, frame);
  };
  /** @type {Runner} */
  const runner = {
    program,
    leaves,
    results,
    fits: (frame) =>
      dims[0] === frame.size && program.lengths.every((name, i) => dims[i + 1] === longestIn(program, frame, name)),
    prepare: (frame) => {
      const isNew = !runner.fits(frame);
      if (isNew) replan(frame);
      for (let i = 0; i < program.lengths.length; i += 1)
        tables[i] = ownValue(frame.lengths, String(program.lengths[i])) ?? new Int32Array(0);
      return isNew;
    },
    shorten: (length, extent) => {
      dims[1 + program.lengths.indexOf(length)] = extent;
    },
    arena: () => arena,
    offset: ({ buffer, start = 0 }) => Number(offsets[buffer]) + start,
    hold: () => program.hold?.(arena, dims, offsets),
    run: () => program.run(arena, tables, dims, offsets),
    state: () => {
      state ??= newStateReader(runner, precision);
      return state();
    },
  };
  return runner;
}

/** The greatest number of elements that engines index fast. */
const largestArena = 2147483647;

/**
 * @param {Program} program
 * @param {Precision} precision
 * @param {number} size
 * @param {ReadonlyArray<number>} dims
 */
function grown(program, precision, size, dims) {
  if (size > largestArena) throw tooLargeBatch(size, dims);
  try {
    return program.arena?.(size) ?? newValues(precision, size);
  } catch (error) {
    throw error instanceof RangeError ? tooLargeBatch(size, dims) : error;
  }
}

/**
 * @param {number} size
 * @param {ReadonlyArray<number>} dims
 */
function tooLargeBatch(size, dims) {
  return rangeRefusal(
    `the batch's sizes, ${dims.join(" x ")}: expected a batch that there is room for, found one that needs ${size} numbers at once`,
  );
}
