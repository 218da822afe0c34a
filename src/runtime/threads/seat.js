/** @import { Precision, Values } from "../interface.ts" */
/** @import { Program, Slot } from "../program.ts" */

/**
 * A program where it runs, here or in a worker: takes its leaves out of a transfer, one after the other, and puts its
 * results behind them. It speaks of nothing outside itself, so that its text can be sent to a worker.
 *
 * @param {Program} program
 * @param {Precision} precision
 * @returns {(dims: ReadonlyArray<number>, tables: ReadonlyArray<Int32Array>, transfer: Values) => void}
 */
export function newSeat(program, precision) {
  const values = (/** @type {number} */ size) =>
    precision === "f32" ? new Float32Array(size) : new Float64Array(size);
  /** @type {Values} */
  let arena = values(0);
  /** @type {ReadonlyArray<number>} */
  let known = [];
  /** @type {ReadonlyArray<number>} */
  let offsets = [];
  const prepare = (/** @type {ReadonlyArray<number>} */ dims) => {
    if (dims.length === known.length && dims.every((dim, i) => dim === known[i])) return;
    const plan = program.plan(dims);
    if (plan.size > arena.length) arena = program.arena?.(plan.size) ?? values(plan.size);
    known = [...dims];
    offsets = plan.offsets;
  };
  return (dims, tables, transfer) => {
    prepare(dims);
    const extentOf = (/** @type {number | string} */ extent) =>
      typeof extent === "number" ? extent : Number(dims[extent === "@batch" ? 0 : 1 + program.lengths.indexOf(extent)]);
    const sizeOf = (/** @type {Slot} */ slot) =>
      slot.extents.reduce((/** @type {number} */ size, extent) => size * extentOf(extent), 1);
    const offsetOf = (/** @type {Slot} */ { buffer, start = 0 }) => Number(offsets[buffer]) + start;
    let at = 0;
    for (const leaf of program.leaves) {
      const size = sizeOf(leaf);
      arena.set(transfer.subarray(at, at + size), offsetOf(leaf));
      at += size;
    }
    program.run(arena, tables, dims, offsets);
    for (const result of program.results) {
      const [size, offset] = [sizeOf(result), offsetOf(result)];
      transfer.set(arena.subarray(offset, offset + size), at);
      at += size;
    }
  };
}
