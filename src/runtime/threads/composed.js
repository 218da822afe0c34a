import { gradientPrefix } from "../descend.js";
import { frameOfDims, planOfSlots } from "./parallel.js";

/** @import { Program, Slot } from "../program.ts" */

/** There are no examples in a descent, and no axes. */
const noExamples = [1];

/**
 * A training step made of two: the gradient of a batch, and a descent along it, in one arena. The descent stands at its
 * beginning as if it were alone, so that the gradient puts its results where the descent reads them; behind it stands what
 * the gradient alone has. It has the leaves and results that a training step in one piece has.
 *
 * @param {Program} gradient whose slots may stand anywhere, each in a buffer of its own
 * @param {Program} descent
 * @returns {Program}
 */
export function newComposedTraining(gradient, descent) {
  const first = descent.plan(noExamples);
  const count = first.offsets.length;
  const isGiven = (/** @type {Slot} */ { name }) => name.startsWith(gradientPrefix);
  const own = descent.leaves.filter((leaf) => !isGiven(leaf));
  const leafOf = (/** @type {string} */ name) => descent.leaves.find((leaf) => leaf.name === name);
  const rest = [
    ...gradient.leaves.filter(({ name }) => leafOf(name) === undefined),
    ...gradient.results.filter(({ name, role }) => role !== "gradient" || leafOf(gradientPrefix + name) === undefined),
  ];
  const behind = rest.map((slot, i) => ({ ...slot, buffer: count + i, start: 0 }));
  const placeOf = (/** @type {Slot & { readonly role?: string }} */ slot) => {
    const name = slot.role === "gradient" ? gradientPrefix + slot.name : slot.name;
    const found = slot.role === undefined || slot.role === "gradient" ? leafOf(name) : undefined;
    return found ?? /** @type {Slot} */ (behind[rest.indexOf(/** @type {any} */ (slot))]);
  };
  const inGradient = [...gradient.leaves, ...gradient.results].map(placeOf);
  const { arena: arenaOf } = descent;
  return {
    lengths: gradient.lengths,
    ...(gradient.counted === undefined ? {} : { counted: gradient.counted }),
    ...(gradient.symbols === undefined ? {} : { symbols: gradient.symbols }),
    ...(arenaOf === undefined ? {} : { arena: arenaOf }),
    leaves: [...own, ...behind.flatMap((slot) => ("role" in slot ? [] : [slot]))],
    results: [...behind.flatMap((slot) => ("role" in slot ? [slot] : [])), ...descent.results],
    plan: (dims) => {
      const { offsets, size } = planOfSlots(behind, frameOfDims(gradient, dims));
      return { offsets: [...first.offsets, ...offsets.map((offset) => first.size + offset)], size: first.size + size };
    },
    run: (arena, tables, dims, offsets) => {
      const places = inGradient.map(({ buffer, start = 0 }) => Number(offsets[buffer]) + start);
      gradient.run(arena, tables, dims, places);
      descent.run(arena, [], noExamples, first.offsets);
    },
  };
}
