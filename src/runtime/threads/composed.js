import { gradientPrefix } from "../descend.js";
import { newValues } from "../values.js";
import { frameOfDims, planOfSlots } from "./parallel.js";
import { newSeat } from "./seat.js";

/** @import { Precision, Values } from "../interface.ts" */
/** @import { Program, Slot } from "../program.ts" */

/**
 * A training step made of two: the gradient of a batch, and a descent along it. It has the leaves and results that a
 * training step in one piece has, what is updated in the places of the leaves of its name.
 *
 * @param {Program} gradient
 * @param {Program} descent
 * @param {Precision} precision
 * @returns {Program}
 */
export function newComposedTraining(gradient, descent, precision) {
  const own = descent.leaves.filter(({ name }) => !name.startsWith(gradientPrefix));
  const others = gradient.leaves.filter(({ name }) => !own.some((leaf) => leaf.name === name));
  const leaves = [...own, ...others].map((leaf, buffer) => ({ ...leaf, buffer, start: 0 }));
  const found = [...descent.results, ...gradient.results.filter(({ role }) => role === "loss" || role === "state")];
  const slots = [...leaves, ...found.map((result, i) => ({ ...result, buffer: leaves.length + i, start: 0 }))];
  const results = found.map((result, i) => ({
    ...result,
    buffer: leaves.find(({ name }) => result.role === "update" && name === result.name)?.buffer ?? leaves.length + i,
    start: 0,
  }));
  const seats = [gradient, descent].map((program) => newSeated(program, precision));
  return {
    lengths: gradient.lengths,
    ...(gradient.symbols === undefined ? {} : { symbols: gradient.symbols }),
    leaves,
    results,
    plan: (dims) => planOfSlots(slots, frameOfDims(gradient, dims)),
    run: (arena, tables, dims, offsets) => {
      const place = (/** @type {{ readonly buffer: number }} */ { buffer }) => Number(offsets[buffer]);
      /** By its name with the prefix. @type {Map<string, Values>} */
      const gradients = new Map();
      for (const seated of seats) {
        const isDescent = seated.program === descent;
        seated.run(isDescent ? [1] : dims, isDescent ? [] : tables, {
          give: (leaf, size) => {
            const from = leaves.find(({ name }) => name === leaf.name);
            return from === undefined
              ? /** @type {Values} */ (gradients.get(leaf.name))
              : arena.subarray(place(from), place(from) + size);
          },
          take: (result, values) => {
            if (result.role === "gradient") gradients.set(gradientPrefix + result.name, values);
            const to = results.find(({ role, name }) => role === result.role && name === result.name);
            if (to !== undefined) arena.set(values, place(to));
          },
        });
      }
    },
  };
}

/**
 * A program in its seat: asks for each leaf, gives each result.
 *
 * @param {Program} program
 * @param {Precision} precision
 */
function newSeated(program, precision) {
  const seat = newSeat(program, precision);
  const slots = [...program.leaves, ...program.results];
  let transfer = newValues(precision, 0);
  return {
    program,
    /**
     * @param {ReadonlyArray<number>} dims
     * @param {ReadonlyArray<Int32Array>} tables
     * @param {{
     *   readonly give: (leaf: Program["leaves"][number], size: number) => Values,
     *   readonly take: (result: Program["results"][number], values: Values) => void,
     * }} ends
     */
    run: (dims, tables, { give, take }) => {
      const { offsets, size } = planOfSlots(slots, frameOfDims(program, dims));
      if (size > transfer.length) transfer = newValues(precision, size);
      const start = (/** @type {number} */ i) => offsets[i] ?? size;
      program.leaves.forEach((leaf, i) => {
        transfer.set(give(leaf, start(i + 1) - start(i)), start(i));
      });
      seat(dims, tables, transfer);
      program.results.forEach((result, k) => {
        const i = program.leaves.length + k;
        take(result, transfer.subarray(start(i), start(i + 1)));
      });
    },
  };
}
