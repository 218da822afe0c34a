/** @import { Values, Precision } from "../../../runtime/interface.ts" */

/**
 * What compiles and loads C on this machine puts itself in this place, since a module can import nothing.
 *
 * @param {string} text
 * @param {Precision} precision
 * @returns {(name: string) => (arena: Values, words: BigInt64Array, tables: Int32Array) => void}
 */
export function nativeLibrary(text, precision) {
  const loader = /** @type {any} */ (globalThis)[Symbol.for("rnnc.native")];
  if (loader === undefined)
    throw new Error(
      "this model was compiled to native code: import rnnc/native before it, or compile it with another target",
    );
  /** @type {any} */
  let library;
  return (name) => {
    library ??= loader(text, precision);
    return library(name);
  };
}
