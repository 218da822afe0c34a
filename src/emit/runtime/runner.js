import { rangeRefusal } from "./refusal.js";
import { newValues, ownValue } from "./values.js";

/** @import { Precision, Program, Values } from "../interface.ts" */
/** @import { Frame } from "./frame.js" */

/**
 * A program with its arena, which grows when a call needs more and is kept between calls.
 *
 * @typedef {{
 *   readonly program: Program,
 *   readonly fits: (frame: Frame) => boolean,
 *   readonly prepare: (frame: Frame) => boolean,
 *   readonly arena: () => Values,
 *   readonly offset: (buffer: number) => number,
 *   readonly run: () => void,
 * }} Runner
 */

/**
 * `prepare` plans for the sizes of a call and says whether the plan is new: then nothing of the arena's old contents
 * stands where it stood.
 *
 * @param {Program} program
 * @param {Precision} precision
 * @returns {Runner}
 */
export function newRunner(program, precision) {
  /** @type {Array<number>} */
  const dims = [];
  /** @type {ReadonlyArray<Int32Array>} */
  let tables = [];
  /** @type {ReadonlyArray<number>} */
  let offsets = [];
  let arena = newValues(precision, 0);
  return {
    program,
    fits: (frame) =>
      dims[0] === frame.size &&
      program.lengths.every((name, i) => dims[i + 1] === Number(ownValue(frame.longest, name))),
    prepare: (frame) => {
      let changed = dims[0] !== frame.size;
      dims[0] = frame.size;
      tables = program.lengths.map((name, i) => {
        const longest = Number(ownValue(frame.longest, name));
        changed ||= dims[i + 1] !== longest;
        dims[i + 1] = longest;
        return ownValue(frame.lengths, name) ?? new Int32Array(0);
      });
      if (!changed) return false;
      const plan = program.plan(dims);
      offsets = plan.offsets;
      if (plan.size > arena.length) arena = grown(program, precision, plan.size, dims);
      return true;
    },
    arena: () => arena,
    offset: (buffer) => Number(offsets[buffer]),
    run: () => program.run(arena, tables, dims, offsets),
  };
}

/** The greatest number of elements that engines index fast. */
const largestArena = 2 ** 31 - 1;

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
