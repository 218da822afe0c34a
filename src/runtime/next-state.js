import { newValues } from "./values.js";

/** @import { Precision, Values } from "./interface.ts" */
/** @import { Runner } from "./runner.js" */

/** The numbers of small states that are made room for at once. */
const poolSize = 4096;

/**
 * Copies the state that a program leaves in the arena, by name; made anew whenever the program is planned anew. Engines
 * take longer to make an array than to fill one of a few hundred numbers, so the arrays of a state share a buffer, and
 * small states one with those after them.
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
      total += size;
      return { name: slot.name, values: runner.arena().subarray(offset, offset + size) };
    });
  let pool = newValues(precision, 0);
  let used = 0;
  return () => {
    // A buffer that was transferred away has no room.
    if (used + total > pool.length) {
      pool = newValues(precision, total > poolSize / 8 ? total : poolSize);
      used = 0;
    }
    /** @type {Record<string, Values>} */
    const found = {};
    for (const { name, values } of parts) {
      const copy = pool.subarray(used, used + values.length);
      copy.set(values);
      used += values.length;
      // A name of the compiler's own, which no object has by itself.
      found[name] = copy;
    }
    return found;
  };
}
