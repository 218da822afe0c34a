import { greatestAt } from "./choose.js";
import { portableExp, portableLog } from "./elementary.js";
import { rangeRefusal } from "./refusal.js";
import { entryAt } from "./values.js";

/** @import { RandomInfo, Values } from "./interface.ts" */

/** A value with the logarithm of its probability. @typedef {{ readonly value: number, readonly log: number }} Weighed */

/**
 * The most probable values of a distribution at a cell, the best first and of equals the lesser; none that is impossible.
 *
 * @typedef {(args: ReadonlyArray<Values>, cell: number, size: number, most: number) => ReadonlyArray<Weighed>} BestValues
 */

/** @type {{ readonly [family in RandomInfo["family"]]: BestValues }} */
export const bestValues = {
  categorical: ([logs = new Float64Array(0)], cell, size, most) => {
    const from = cell * size;
    const greatest = entryAt(logs, greatestAt(logs, from, from + size));
    if (!Number.isFinite(greatest)) throw rangeRefusal("a distribution is not a number");
    let total = 0;
    // What is given need not be normalised: to draw, no one needs it to be.
    for (let i = from; i < from + size; i += 1) total += portableExp(entryAt(logs, i) - greatest);
    const whole = greatest + portableLog(total);
    return greatestFew(logs, from, size, most).map((i) => ({ value: i - from, log: entryAt(logs, i) - whole }));
  },
  bernoulli: ([probabilities = new Float64Array(0)], cell, _, most) => {
    const p = entryAt(probabilities, cell);
    if (Number.isNaN(p)) throw rangeRefusal("a distribution is not a number");
    const both = [
      { value: 0, log: portableLog(1 - p) },
      { value: 1, log: portableLog(p) },
    ];
    return (p > 0.5 ? both.reverse() : both).slice(0, most).filter(({ log }) => log > Number.NEGATIVE_INFINITY);
  },
  /** Densities have been refused. */
  normal: () => [],
};

/**
 * The places of the greatest entries, in order.
 *
 * @param {Values} logs
 * @param {number} from
 * @param {number} size
 * @param {number} most
 */
function greatestFew(logs, from, size, most) {
  /** @type {Array<number>} */
  const found = [];
  const logAt = (/** @type {number} */ at) => entryAt(logs, entryAt(found, at));
  for (let i = from; i < from + size; i += 1) {
    const log = entryAt(logs, i);
    const isFull = found.length === most;
    if (log === Number.NEGATIVE_INFINITY || (isFull && log <= logAt(most - 1))) continue;
    let at = isFull ? most - 1 : found.length;
    for (; at > 0 && logAt(at - 1) < log; at -= 1) found[at] = entryAt(found, at - 1);
    found[at] = i;
  }
  return found;
}
