import { slotSize } from "./frame.js";
import { newStateReader } from "./next-state.js";
import { rangeRefusal } from "./refusal.js";
import { newValues, ownValue } from "./values.js";

/** @import { Precision, Program, Slot, Values } from "../interface.ts" */
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
 *   readonly arena: () => Values,
 *   readonly offset: (slot: Slot) => number,
 *   readonly run: () => void,
 *   readonly state: () => Record<string, Values>,
 * }} Runner
 */

/**
 * `prepare` plans for the sizes of a call and says whether the plan is new: then nothing of the arena's old contents
 * stands where it stood. `state` copies the state that the program has left.
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
  /** @type {Runner} */
  const runner = {
    program,
    leaves,
    results,
    fits: (frame) =>
      dims[0] === frame.size &&
      program.lengths.every((name, i) => dims[i + 1] === Number(ownValue(frame.longest, name))),
    prepare: (frame) => {
      let changed = dims[0] !== frame.size;
      dims[0] = frame.size;
      for (let i = 0; i < program.lengths.length; i += 1) {
        const name = String(program.lengths[i]);
        const longest = Number(ownValue(frame.longest, name));
        changed ||= dims[i + 1] !== longest;
        dims[i + 1] = longest;
        tables[i] = ownValue(frame.lengths, name) ?? new Int32Array(0);
      }
      if (!changed) return false;
      for (const sized of [...leaves, ...results]) sized.size = slotSize(sized.slot, frame);
      const plan = program.plan(dims);
      offsets = plan.offsets;
      state = undefined;
      if (plan.size > arena.length) arena = grown(program, precision, plan.size, dims);
      return true;
    },
    arena: () => arena,
    offset: ({ buffer, start = 0 }) => Number(offsets[buffer]) + start,
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
  if (size > largestArena) throw rangeRefusal(`a batch of sizes ${dims.join(" x ")} needs ${size} numbers at once`);
  return program.arena?.(size) ?? newValues(precision, size);
}
