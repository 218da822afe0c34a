/** @import { Program } from "../../../runtime/program.ts" */
/** @import { Values } from "../../../runtime/interface.ts" */
/** @typedef {(arena: Values, words: BigInt64Array, tables: Int32Array) => void} NativeFunction */

/** Whether the lower half of a word comes first. */
const isLittle = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/**
 * A program whose code was compiled from C. What it is told of sizes is one list of words: the dims, the offsets of
 * buffers, and where the table of each length begins in the list of all tables.
 *
 * @param {(name: string) => NativeFunction} functionOf
 * @param {string} name
 * @param {string | undefined} holdName of the function that packs parameters, if there is one
 * @param {Omit<Program, "run">} parts
 * @returns {Program}
 */
export function newNativeProgram(functionOf, name, holdName, parts) {
  const first = 1 + parts.lengths.length;
  /** @type {NativeFunction | undefined} */
  let run;
  /** @type {ReadonlyArray<number> | undefined} */
  let known;
  let words = new BigInt64Array(0);
  /** The same words: a big integer would be made anew for each. */
  let halves = new Int32Array(0);
  const put = (/** @type {number} */ at, /** @type {number} */ word) => {
    halves[2 * at + (isLittle ? 0 : 1)] = word;
  };
  let tables = new Int32Array(1);
  const place = (/** @type {ReadonlyArray<number>} */ dims, /** @type {ReadonlyArray<number>} */ offsets) => {
    if (offsets !== known) {
      words = new BigInt64Array(first + offsets.length + parts.lengths.length);
      halves = new Int32Array(words.buffer);
      for (let i = 0; i < offsets.length; i += 1) put(first + i, /** @type {number} */ (offsets[i]));
      known = offsets;
    }
    for (let i = 0; i < dims.length; i += 1) put(i, /** @type {number} */ (dims[i]));
  };
  return {
    ...parts,
    run: (arena, lengths, dims, offsets) => {
      run ??= functionOf(name);
      place(dims, offsets);
      let end = 0;
      for (let i = 0; i < lengths.length; i += 1) {
        const table = /** @type {Int32Array} */ (lengths[i]);
        if (tables.length < end + table.length) {
          const more = new Int32Array(2 * (end + table.length));
          more.set(tables);
          tables = more;
        }
        tables.set(table, end);
        put(first + offsets.length + i, end);
        end += table.length;
      }
      run(arena, words, tables);
    },
    hold: (arena, dims, offsets) => {
      place(dims, offsets);
      if (holdName !== undefined) functionOf(holdName)(arena, words, tables);
    },
  };
}
