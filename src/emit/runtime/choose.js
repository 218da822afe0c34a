import { portableExp, portableLog } from "./elementary.js";
import { rangeRefusal } from "./refusal.js";
import { entryAt } from "./values.js";

/** @import { RandomInfo, Values } from "../interface.ts" */
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
    const own = logs.subarray(cell * size, (cell + 1) * size);
    const best = greatestAt(own);
    if (!(entryAt(own, best) > Number.NEGATIVE_INFINITY)) throw rangeRefusal("a distribution is not a number");
    return mode ? best : drawnSymbol(own, entryAt(own, best), temperature, random.uniform());
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
 * The first place of the greatest entry, or of a NaN.
 *
 * @param {Values} logs
 */
function greatestAt(logs) {
  let best = 0;
  for (let i = 1; i < logs.length; i += 1) if (!(entryAt(logs, i) <= entryAt(logs, best))) best = i;
  return best;
}

/**
 * The first symbol at which the cumulated probability passes a uniform draw.
 *
 * @param {Values} logs
 * @param {number} greatest
 * @param {number} temperature
 * @param {number} draw
 */
function drawnSymbol(logs, greatest, temperature, draw) {
  const weights = Float64Array.from(logs, (log) => portableExp((log - greatest) / temperature));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let rest = draw * total;
  return weights.findIndex((weight, i) => {
    const found = weight > 0 && (rest < weight || weights.subarray(i + 1).every((later) => later === 0));
    rest -= weight;
    return found;
  });
}

/**
 * @param {number} p
 * @param {number} temperature
 */
function sharpened(p, temperature) {
  if (temperature === 1 || p <= 0 || p >= 1) return p;
  return 1 / (1 + portableExp((portableLog(1 - p) - portableLog(p)) / temperature));
}
