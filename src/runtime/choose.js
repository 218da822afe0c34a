import { portableExp, portableLog } from "./elementary.js";
import { rangeRefusal } from "./refusal.js";
import { entryAt } from "./values.js";

/** @import { RandomInfo, Values } from "./interface.ts" */
/** @import { Generator } from "./generator.js" */

/**
 * How a value is taken from its distribution. The temperature raises the density to the power 1 / temperature; then, of
 * symbols and truths, only the `topK` most probable are drawn, and of those only the most probable that together have
 * `topP` of their probability: the nucleus (Holtzman, Buys, Du, Forbes and Choi 2020).
 *
 * @typedef {{ readonly mode: boolean, readonly temperature: number, readonly topK: number, readonly topP: number }} Taste
 */
/**
 * From the distribution's arguments, the value at a cell.
 *
 * @typedef {(args: ReadonlyArray<Values>, cell: number, size: number, random: Generator, taste: Taste) => number} Choice
 */

/** @type {{ readonly [family in RandomInfo["family"]]: Choice }} */
export const choices = {
  categorical: ([logs = new Float64Array(0)], cell, size, random, taste) => {
    const from = cell * size;
    const best = greatestAt(logs, from, from + size);
    if (!Number.isFinite(entryAt(logs, best))) throw rangeRefusal("a distribution is not a number");
    return taste.mode ? best - from : drawnSymbol(logs, from, size, entryAt(logs, best), taste, random.uniform());
  },
  bernoulli: ([probabilities = new Float64Array(0)], cell, _, random, { mode, temperature, topK, topP }) => {
    const p = entryAt(probabilities, cell);
    if (Number.isNaN(p)) throw rangeRefusal("a distribution is not a number");
    const sharp = sharpened(p, temperature);
    const draw = mode ? 0.5 : random.uniform();
    return (topK === 1 || Math.max(sharp, 1 - sharp) >= topP ? 0.5 : draw) < sharp ? 1 : 0;
  },
  normal: ([means = new Float64Array(0), deviations = new Float64Array(0)], cell, _, random, { mode, temperature }) => {
    const mean = entryAt(means, cell);
    return mode ? mean : mean + entryAt(deviations, cell) * Math.sqrt(temperature) * random.normal();
  },
};

/**
 * The first place of a NaN, or of the greatest entry.
 *
 * @param {Values} logs
 * @param {number} from
 * @param {number} to
 */
export function greatestAt(logs, from, to) {
  let best = from;
  let greatest = Number.NEGATIVE_INFINITY;
  for (let i = from; i < to; i += 1) {
    // A function that reads entries of all kinds of lists would cost more than the comparison.
    const log = /** @type {number} */ (logs[i]);
    if (log <= greatest) continue;
    best = i;
    greatest = log;
    if (Number.isNaN(log)) break;
  }
  return best;
}

/**
 * The first symbol at which the cumulated probability passes a uniform draw; what rounding leaves of that goes to the last
 * symbol that is possible.
 *
 * @param {Values} logs
 * @param {number} from
 * @param {number} size
 * @param {number} greatest
 * @param {Taste} taste
 * @param {number} draw
 */
function drawnSymbol(logs, from, size, greatest, { temperature, topK, topP }, draw) {
  const weights = new Float64Array(size);
  for (let i = 0; i < size; i += 1) weights[i] = portableExp((entryAt(logs, from + i) - greatest) / temperature);
  if (topK < size || topP < 1) keepNucleus(weights, logs.subarray(from), topK, topP);
  let total = 0;
  let last = 0;
  for (let i = 0; i < size; i += 1) {
    const weight = entryAt(weights, i);
    total += weight;
    if (weight > 0) last = i;
  }
  let rest = draw * total;
  for (let i = 0; i < last; i += 1) {
    const weight = entryAt(weights, i);
    if (weight > 0 && rest < weight) return i;
    rest -= weight;
  }
  return last;
}

/**
 * Leaves no weight to other symbols than the most probable; of equals, the first are.
 *
 * @param {Float64Array} weights
 * @param {Values} logs what tells those apart whose weights were rounded to one
 * @param {number} topK
 * @param {number} topP
 */
function keepNucleus(weights, logs, topK, topP) {
  const after = (/** @type {Values} */ of, /** @type {number} */ i, /** @type {number} */ j) =>
    entryAt(of, j) - entryAt(of, i) || 0;
  const order = Array.from(weights, (_, i) => i).sort((i, j) => after(weights, i, j) || after(logs, i, j));
  const most = order.slice(0, topK);
  let rest = topP * most.reduce((total, i) => total + entryAt(weights, i), 0);
  const nucleus = most.findIndex((i) => {
    rest -= entryAt(weights, i);
    return rest <= 0;
  });
  const count = topP < 1 && nucleus >= 0 ? nucleus + 1 : topK;
  for (const i of order.slice(count)) weights[i] = 0;
}

/**
 * @param {number} p
 * @param {number} temperature
 */
function sharpened(p, temperature) {
  if (temperature === 1 || p <= 0 || p >= 1) return p;
  return 1 / (1 + portableExp((portableLog(1 - p) - portableLog(p)) / temperature));
}
