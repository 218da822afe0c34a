import { newValues } from "./values.js";

/** @import { Precision, Values } from "../interface.ts" */
/** @import { Runner } from "./runner.js" */

/**
 * Copies the state that a program leaves in the arena, by name; made anew whenever the program is planned anew. The arrays
 * of a state share a buffer, as engines make one faster than several.
 *
 * @param {Runner} runner
 * @param {Precision} precision
 * @returns {() => Record<string, Values>}
 */
export function newStateReader(runner, precision) {
  let total = 0;
  const parts = runner.results
    .filter(({ slot }) => slot.role === "state")
    .map(({ slot, size }) => {
      const offset = runner.offset(slot);
      const from = total;
      total += size;
      return { name: slot.name, values: runner.arena().subarray(offset, offset + size), from };
    });
  return () => {
    const all = newValues(precision, total);
    /** @type {Record<string, Values>} */
    const found = {};
    for (const { name, values, from } of parts) {
      all.set(values, from);
      // No name of a user's has a dot, as each of these has.
      found[name] = parts.length === 1 ? all : all.subarray(from, from + values.length);
    }
    return found;
  };
}
