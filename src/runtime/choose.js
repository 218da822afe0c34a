import { portableExp, portableLog } from "./elementary.js";
import { rangeRefusal } from "./refusal.js";
import { entryAt } from "./values.js";

/** @import { RandomInfo, Values } from "./interface.ts" */
/** @import { Generator } from "./generator.js" */

/**
 * How a value is taken from its distribution. The temperature raises the density to the power 1 / temperature.
 *
 * @typedef {{ readonly mode: boolean, readonly temperature: number }} Taste
 */
/**
 * From the distribution's arguments, the value at a cell.
 *
 * @typedef {(args: ReadonlyArray<Values>, cell: number, size: number, random: Generator, taste: Taste) => number} Choice
 */

/** @type {{ readonly [family in RandomInfo["family"]]: Choice }} */
export const choices = {
  categorical: ([logs = new Float64Array(0)], cell, size, random, { mode, temperature }) => {
    const from = cell * size;
    const best = greatestAt(logs, from, from + size);
    if (!Number.isFinite(entryAt(logs, best))) throw rangeRefusal("a distribution is not a number");
    return mode ? best - from : drawnSymbol(logs, from, size, entryAt(logs, best), temperature, random.uniform());
  },
  bernoulli: ([probabilities = new Float64Array(0)], cell, _, random, { mode, temperature }) => {
    const p = entryAt(probabilities, cell);
    if (Number.isNaN(p)) throw rangeRefusal("a distribution is not a number");
    return (mode ? 0.5 : random.uniform()) < sharpened(p, temperature) ? 1 : 0;
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
function greatestAt(logs, from, to) {
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
 * @param {number} temperature
 * @param {number} draw
 */
function drawnSymbol(logs, from, size, greatest, temperature, draw) {
  const weights = new Float64Array(size);
  let total = 0;
  let last = 0;
  for (let i = 0; i < size; i += 1) {
    const weight = portableExp((entryAt(logs, from + i) - greatest) / temperature);
    weights[i] = weight;
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
 * @param {number} p
 * @param {number} temperature
 */
function sharpened(p, temperature) {
  if (temperature === 1 || p <= 0 || p >= 1) return p;
  return 1 / (1 + portableExp((portableLog(1 - p) - portableLog(p)) / temperature));
}
