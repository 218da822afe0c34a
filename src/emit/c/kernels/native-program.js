/** @import { Program } from "../../../runtime/program.ts" */
/** @import { Values } from "../../../runtime/interface.ts" */

/**
 * A program whose code was compiled from C. What it is told of sizes is one list of words: the dims, the offsets of
 * buffers, and where the table of each length begins in the list of all tables.
 *
 * @param {(name: string) => (arena: Values, words: BigInt64Array, tables: Int32Array) => void} functionOf
 * @param {string} name
 * @param {Omit<Program, "run">} parts
 * @returns {Program}
 */
export function newNativeProgram(functionOf, name, parts) {
  const first = 1 + parts.lengths.length;
  /** @type {((arena: Values, words: BigInt64Array, tables: Int32Array) => void) | undefined} */
  let run;
  /** @type {ReadonlyArray<number> | undefined} */
  let known;
  let words = new BigInt64Array(0);
  let tables = new Int32Array(1);
  return {
    ...parts,
    run: (arena, lengths, dims, offsets) => {
      run ??= functionOf(name);
      if (offsets !== known) {
        words = new BigInt64Array(first + offsets.length + lengths.length);
        dims.forEach((dim, i) => {
          words[i] = BigInt(dim);
        });
        offsets.forEach((offset, i) => {
          words[first + i] = BigInt(offset);
        });
        known = offsets;
      }
      let end = 0;
      for (let i = 0; i < lengths.length; i += 1) {
        const table = /** @type {Int32Array} */ (lengths[i]);
        if (tables.length < end + table.length) {
          const more = new Int32Array(2 * (end + table.length));
          more.set(tables);
          tables = more;
        }
        tables.set(table, end);
        words[first + offsets.length + i] = BigInt(end);
        end += table.length;
      }
      run(arena, words, tables);
    },
  };
}
