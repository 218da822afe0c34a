import { rangeRefusal } from "./refusal.js";

/** @import { Precision, Values } from "./interface.ts" */

/**
 * @param {Precision} precision
 * @param {number} size
 * @returns {Values}
 */
export function newValues(precision, size) {
  try {
    return precision === "f32" ? new Float32Array(size) : new Float64Array(size);
  } catch (error) {
    if (error instanceof RangeError) throw rangeRefusal(`there is no room for ${size} numbers at once`);
    throw error;
  }
}

/** @param {ReadonlyArray<number>} sizes */
export function productOf(sizes) {
  return sizes.reduce((total, size) => total * size, 1);
}

/**
 * Whether a name is one of the compiler's: a `$` stands in no name of a source.
 *
 * @param {string} name
 */
export function isOwnName(name) {
  return name.startsWith("$");
}

/**
 * The own property of a record whose keys are names of the user's, `constructor` and `__proto__` among them.
 *
 * @template A
 * @param {Readonly<Record<string, A>>} record
 * @param {string} name
 * @returns {A | undefined}
 */
export function ownValue(record, name) {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

/**
 * Adds to such a record; an assignment would lose what is called `__proto__`.
 *
 * @template A
 * @param {Record<string, A>} record
 * @param {string} name
 * @param {A} value
 */
export function putValue(record, name, value) {
  if (name === "__proto__")
    Object.defineProperty(record, name, { value, enumerable: true, configurable: true, writable: true });
  else record[name] = value;
}

/**
 * An entry that the caller knows to be there.
 *
 * @template A
 * @param {ArrayLike<A>} list
 * @param {number} index
 * @returns {A}
 */
export function entryAt(list, index) {
  return /** @type {A} */ (list[index]);
}

/**
 * Copies numbers into an arena. Of a few, one by one: to call `set` takes longer.
 *
 * @param {Values} arena
 * @param {ArrayLike<number>} from
 * @param {number} to
 */
export function copyInto(arena, from, to) {
  if (from.length > 16) arena.set(from, to);
  else for (let i = 0; i < from.length; i += 1) arena[to + i] = entryAt(from, i);
}

/**
 * Each block of numbers so many times, one after the other.
 *
 * @param {{ set: (from: ArrayLike<number>, to: number) => void }} values
 * @param {Values | Int32Array} given
 * @param {number} block
 * @param {number} times
 */
export function putRepeated(values, given, block, times) {
  if (times === 1) values.set(given, 0);
  else
    for (let to = 0; to < given.length * times; to += block) {
      const from = Math.floor(to / (block * times)) * block;
      values.set(given.subarray(from, from + block), to);
    }
}

/**
 * An array or a typed array of numbers; big integers are none.
 *
 * @param {unknown} value
 * @returns {value is ArrayLike<unknown>}
 */
export function isList(value) {
  return Array.isArray(value) || isTyped(value);
}

/**
 * @param {unknown} value
 * @returns {value is Values}
 */
export function isTyped(value) {
  if (!ArrayBuffer.isView(value) || value instanceof DataView) return false;
  if (value instanceof BigInt64Array || value instanceof BigUint64Array) return false;
  return value.byteLength > 0 || !isTransferred(value.buffer);
}

/**
 * Whether a buffer without bytes has been transferred away: then it cannot be viewed.
 *
 * @param {ArrayBufferLike} buffer
 */
function isTransferred(buffer) {
  try {
    new Uint8Array(buffer);
    return false;
  } catch {
    return true;
  }
}
