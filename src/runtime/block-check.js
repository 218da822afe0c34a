import { describeValue, rangeRefusal, refusal, refuseUnknownNames } from "./refusal.js";
import { isTyped, ownValue } from "./values.js";

/** @import { Values, VariableInfo } from "./interface.ts" */
/** @import { Places } from "./places.js" */

/*
 * What `process` is given, before anything is changed by it. Nothing is made here unless it is refused.
 */

/**
 * An input or an output of a stream, and where its block begins in the arena. `mean`: of noise, which may be left out;
 * `until`: of a target, the symbol that ends a stream.
 *
 * @typedef {{
 *   readonly name: string,
 *   readonly variable: VariableInfo,
 *   readonly places: Places,
 *   readonly base: number,
 *   readonly mean: number | undefined,
 *   readonly until: number | undefined,
 * }} Port
 */

/**
 * The array of a port: what is given itself if there is one port alone, else under its name. None if it is left out.
 *
 * @param {unknown} given
 * @param {Port} port
 * @param {boolean} isOnly
 * @returns {Values | undefined}
 */
export function arrayAt(given, port, isOnly) {
  if (isOnly && ArrayBuffer.isView(given)) return /** @type {Values} */ (given);
  return /** @type {any} */ (ownValue(/** @type {any} */ (given), port.name));
}

/**
 * Whether an object has entries under these names alone.
 *
 * @param {unknown} given
 * @param {string} where
 * @param {ReadonlyArray<string>} names
 * @param {boolean} isOnly
 */
export function checkNames(given, where, names, isOnly) {
  if (isOnly && ArrayBuffer.isView(given)) return;
  if (typeof given !== "object" || given === null || ArrayBuffer.isView(given) || Array.isArray(given))
    throw refusal(where, arraysText(names, isOnly), given === undefined ? "nothing" : describeValue(given));
  for (const name in given) if (!names.includes(name)) refuseUnknownNames(where, [name], names);
}

/**
 * @param {ReadonlyArray<string>} names
 * @param {boolean} isOnly
 */
function arraysText(names, isOnly) {
  return `${isOnly ? "a typed array, or " : ""}an object with typed arrays by name${names.length === 0 ? "" : ` (${names.join(", ")})`}`;
}

/**
 * @param {unknown} values
 * @param {string} where
 * @param {Port} port
 * @param {number} streams
 * @param {number} n
 */
function checkRoom(values, where, { name, places }, streams, n) {
  if (isTyped(values) && values.length >= streams * n * places.cells) return;
  throw refusal(
    `${where}.${name}`,
    `a typed array of at least ${streams * n * places.cells} numbers (${streams} streams, ${n} positions, ${places.cells} each)`,
    values === undefined ? "nothing" : describeValue(values),
  );
}

/**
 * @param {unknown} values
 * @param {Port} port
 * @param {number} streams
 * @param {number} n
 */
export function checkOutput(values, port, streams, n) {
  if (!(values instanceof Float32Array || values instanceof Float64Array))
    throw refusal(`outputs.${port.name}`, "a Float32Array or a Float64Array", describeValue(values));
  checkRoom(values, "outputs", port, streams, n);
}

/**
 * Numbers that the model can take, each where it is.
 *
 * @param {unknown} given
 * @param {Port} port
 * @param {number} streams
 * @param {number} n
 */
export function checkInput(given, port, streams, n) {
  checkRoom(given, "inputs", port, streams, n);
  const values = /** @type {Values} */ (given);
  const { symbols, truth } = port.variable;
  const { cells, absent } = port.places;
  const count = streams * n * cells;
  const most = symbols === undefined ? (truth === true ? 1 : -1) : symbols - 1;
  for (let i = 0; i < count; i += 1) {
    const value = /** @type {number} */ (values[i]);
    const isRight = most < 0 ? !Number.isNaN(value) : value >= 0 && value <= most && value === Math.floor(value);
    if (!isRight && (absent === undefined || absent[absentPlace(i, n, cells)] !== 1))
      throw wrongNumber(port, i, value, n);
  }
}

/**
 * @param {number} i
 * @param {number} n
 * @param {number} cells
 */
function absentPlace(i, n, cells) {
  return Math.floor(i / (n * cells)) * cells + (i % cells);
}

/**
 * @param {Port} port
 * @param {number} i
 * @param {number} value
 * @param {number} n
 */
function wrongNumber({ name, variable, places: { cells } }, i, value, n) {
  const { symbols, truth } = variable;
  const expected =
    symbols !== undefined
      ? `a symbol: an integer from 0 to ${symbols - 1}`
      : truth === true
        ? "a truth: 0 or 1"
        : "a number";
  const position = Math.floor(i / cells);
  const place = `stream ${Math.floor(position / n)}, position ${position % n} of the block`;
  return refusal(`inputs.${name}[${i}], of ${place}`, expected, String(value));
}

/**
 * How many positions there are.
 *
 * @param {unknown} n
 */
export function checkCount(n) {
  if (typeof n === "number" && Number.isInteger(n) && n >= 0 && n < 2147483648) return n;
  throw refusal(
    "n",
    "how many positions: an integer that is not negative",
    n === undefined ? "nothing" : describeValue(n),
  );
}

/**
 * No stream goes past the last position of its axis.
 *
 * @param {Float64Array} positions
 * @param {number} n
 * @param {number} most
 * @param {string} axis
 */
export function checkReached(positions, n, most, axis) {
  if (most === Number.POSITIVE_INFINITY) return;
  for (let b = 0; b < positions.length; b += 1) {
    const position = /** @type {number} */ (positions[b]);
    if (position + n > most)
      throw rangeRefusal(
        `stream ${b}: axis ${axis} has ${most} positions, of which ${position} were read; found ${n} more (reset begins anew)`,
      );
  }
}

/**
 * Nothing follows the symbol that ends a stream.
 *
 * @param {Port} port
 * @param {Values} values
 * @param {Uint8Array} ended
 * @param {number} n
 * @param {string} axis
 */
export function checkEnded({ name, until }, values, ended, n, axis) {
  for (let b = 0; b < ended.length; b += 1) {
    let goesOn = ended[b] === 0;
    for (let t = 0; t < n; t += 1) {
      if (!goesOn)
        throw refusal(
          `inputs.${name}[${b * n + t}], of stream ${b}`,
          `nothing after the symbol ${until} of ${name}, which ended axis ${axis} (reset begins anew)`,
          "a further position",
        );
      goesOn = /** @type {number} */ (values[b * n + t]) !== until;
    }
  }
}
