import { describeValue, quoted, refusal } from "./refusal.js";
import { isList } from "./values.js";

/*
 * What callers give, before anything is read of it: each says where it stands, what was expected and what was found.
 */

/**
 * An object with entries by name: neither a list nor a function.
 *
 * @param {unknown} value
 * @param {string} where
 * @param {string} expected
 * @returns {Readonly<Record<string, unknown>>}
 */
export function checkedRecord(value, where, expected) {
  if (!isRecord(value)) throw refusal(where, expected, describeValue(value));
  return value;
}

/**
 * A map, a list or a date has no entries of its own by name.
 *
 * @param {unknown} value
 * @returns {value is Readonly<Record<string, unknown>>}
 */
function isRecord(value) {
  if (typeof value !== "object" || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  if (prototype === Object.prototype || prototype === null) return true;
  return /^\[object (Object|Module)\]$/.test(Object.prototype.toString.call(value));
}

/**
 * So many numbers, in an array or a typed array.
 *
 * @param {unknown} values
 * @param {number} size
 * @param {() => string} where
 * @returns {ArrayLike<number>}
 */
export function checkedList(values, size, where) {
  if (!isList(values) || values.length !== size)
    throw refusal(where(), `${size} numbers`, values === undefined ? "nothing" : describeValue(values));
  // A typed array holds nothing else.
  if (Array.isArray(values))
    for (let i = 0; i < size; i += 1)
      if (typeof values[i] !== "number") throw refusal(`${where()}[${i}]`, "a number", describeValue(values[i]));
  return /** @type {ArrayLike<number>} */ (values);
}

/**
 * A number that is neither infinite nor NaN, and of which a condition holds.
 *
 * @param {unknown} value
 * @param {string} where
 * @param {string} expected
 * @param {(value: number) => boolean} [holds]
 * @returns {number}
 */
export function checkedFinite(value, where, expected, holds = () => true) {
  if (typeof value !== "number" || !Number.isFinite(value) || !holds(value))
    throw refusal(where, expected, describeValue(value));
  return value;
}

/**
 * A list without holes, as an array.
 *
 * @param {ReadonlyArray<unknown>} list
 * @param {(index: number) => string} nameEntry
 * @param {string} expected
 */
export function checkedRecords(list, nameEntry, expected) {
  return Array.from(list, (entry, i) => checkedRecord(entry, nameEntry(i), expected));
}

/**
 * Numbers that are taken over from an earlier call; where they are symbols, each becomes an address.
 *
 * @param {unknown} values
 * @param {number} size
 * @param {number | undefined} symbols
 * @param {() => string} where
 */
export function checkedCarried(values, size, symbols, where) {
  const list = checkedList(values, size, where);
  if (symbols !== undefined)
    for (let i = 0; i < size; i += 1) {
      const symbol = Number(list[i]);
      if (!(Number.isInteger(symbol) && symbol >= 0 && symbol < symbols))
        throw refusal(`${where()}[${i}]`, `a symbol: an integer from 0 to ${symbols - 1}`, String(symbol));
    }
  return list;
}

/** @param {string} name */
export function paramText(name) {
  return `params[${quoted(name)}]`;
}
