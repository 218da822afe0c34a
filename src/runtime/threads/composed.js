import { gradientPrefix } from "../descend.js";
import { newValues } from "../values.js";
import { frameOfDims, planOfSlots } from "./parallel.js";
import { newSeat } from "./seat.js";

/** @import { Precision } from "../interface.ts" */
/** @import { Program, Slot } from "../program.ts" */

/** There are no examples in a descent, and no axes. */
const noExamples = [1];

/**
 * A training step made of two: the gradient of a batch, and a descent along it. It has the leaves and results that a
 * training step in one piece has, what is updated in the places of the leaves of its name.
 *
 * @param {Program} gradient whose slots may stand anywhere, each in a buffer of its own
 * @param {Program} descent
 * @param {Precision} precision
 * @returns {Program}
 */
export function newComposedTraining(gradient, descent, precision) {
  const own = descent.leaves.filter(({ name }) => !name.startsWith(gradientPrefix));
  const others = gradient.leaves.filter(({ name }) => !own.some((leaf) => leaf.name === name));
  const leaves = [...own, ...others].map((leaf, buffer) => ({ ...leaf, buffer, start: 0 }));
  const found = [...gradient.results, ...descent.results.filter(({ role }) => role !== "update")];
  const results = found.map((result, i) => ({ ...result, buffer: leaves.length + i, start: 0 }));
  const slots = [...leaves, ...results];
  const leafNamed = (/** @type {string} */ name) => leaves.find((leaf) => leaf.name === name);
  /** Where what one of the two reads or gives stands. @type {(slot: Slot & { readonly role?: string }) => number} */
  const bufferOf = ({ name, role }) => {
    const isGiven = role === undefined && name.startsWith(gradientPrefix);
    const wanted = isGiven ? name.slice(gradientPrefix.length) : name;
    const asLeaf = isGiven || (role !== undefined && role !== "update") ? undefined : leafNamed(name);
    const place = asLeaf ?? results.find((each) => each.name === wanted && each.role === (role ?? "gradient"));
    return Number(place?.buffer);
  };
  const inGradient = [...gradient.leaves, ...gradient.results].map(bufferOf);
  const inDescent = [...descent.leaves, ...descent.results].map(bufferOf);
  const descentSlots = [...descent.leaves, ...descent.results];
  const descend = newSeat(descent, precision);
  let transfer = newValues(precision, 0);
  return {
    lengths: gradient.lengths,
    ...(gradient.symbols === undefined ? {} : { symbols: gradient.symbols }),
    leaves,
    results: [
      ...results.filter(({ role }) => role !== "gradient"),
      ...descent.results
        .filter(({ role }) => role === "update")
        .map((result) => ({ ...result, buffer: bufferOf(result), start: 0 })),
    ],
    plan: (dims) => planOfSlots(slots, frameOfDims(gradient, dims)),
    run: (arena, tables, dims, offsets) => {
      const placeOf = (/** @type {number} */ buffer) => Number(offsets[buffer]);
      gradient.run(arena, tables, dims, inGradient.map(placeOf));
      const { offsets: starts, size } = planOfSlots(descentSlots, frameOfDims(descent, noExamples));
      if (size > transfer.length) transfer = newValues(precision, size);
      const endOf = (/** @type {number} */ i) => starts[i + 1] ?? size;
      descent.leaves.forEach((_, i) => {
        const from = placeOf(Number(inDescent[i]));
        transfer.set(arena.subarray(from, from + endOf(i) - Number(starts[i])), starts[i]);
      });
      descend(noExamples, [], transfer);
      descent.results.forEach((_, k) => {
        const i = descent.leaves.length + k;
        arena.set(transfer.subarray(starts[i], endOf(i)), placeOf(Number(inDescent[i])));
      });
    },
  };
}
