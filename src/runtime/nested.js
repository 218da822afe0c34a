import { describeValue, refusal } from "./refusal.js";
import { isList, isTyped, productOf } from "./values.js";

/** @import { Shaped } from "./interface.ts" */

/**
 * A typed array with its shape as nested arrays; anything else as it is.
 *
 * @param {unknown} value
 * @param {() => string} where
 */
export function asNested(value, where) {
  if (typeof value !== "object" || value === null || !("shape" in value) || !("data" in value)) return value;
  const { shape, data } = value;
  if (!isShape(shape)) throw refusal(`${where()}.shape`, "an array of sizes", describeValue(shape));
  if (!isTyped(data)) throw refusal(`${where()}.data`, "a typed array of numbers", describeValue(data));
  if (data.length !== productOf(shape))
    throw refusal(where(), `${productOf(shape)} numbers for the shape [${shape}]`, describeValue(data));
  return nestedView(shape, data);
}

/**
 * The list at a level of nested arrays.
 *
 * @param {unknown} value
 * @param {() => string} where
 * @param {string} meaning
 * @returns {ArrayLike<unknown>}
 */
export function listAt(value, where, meaning) {
  if (!isList(value)) throw refusal(where(), meaning, describeValue(value));
  return value;
}

/**
 * A path into the caller's data as one would write it: `examples[3].x[0][1]`.
 *
 * @param {string} root
 * @param {ReadonlyArray<number>} path
 */
export function pathText(root, path) {
  return `${root}${path.map((i) => `[${i}]`).join("")}`;
}

/**
 * @param {ReadonlyArray<number>} shape
 * @param {Shaped["data"]} data
 * @returns {unknown}
 */
function nestedView(shape, data) {
  const [outer, ...inner] = shape;
  if (outer === undefined) return data[0];
  if (inner.length === 0) return data;
  const size = productOf(inner);
  return Array.from({ length: outer }, (_, i) => nestedView(inner, data.subarray(i * size, (i + 1) * size)));
}

/**
 * @param {unknown} shape
 * @returns {shape is ReadonlyArray<number>}
 */
function isShape(shape) {
  // A hole is no size.
  return Array.isArray(shape) && Array.from(shape).every((size) => Number.isInteger(size) && size >= 0);
}
