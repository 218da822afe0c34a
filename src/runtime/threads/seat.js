/** @import { Precision, Values } from "../interface.ts" */
/** @import { Program, Slot } from "../program.ts" */

/**
 * A program where it runs, here or in a worker, with an arena of its own. It speaks of nothing outside itself, so that its
 * text can be sent to a worker.
 *
 * @param {Program} program
 * @param {Precision} precision
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
  const extentOf = (/** @type {number | string} */ extent) =>
    typeof extent === "number" ? extent : Number(known[extent === "@batch" ? 0 : 1 + program.lengths.indexOf(extent)]);
  const sizeOf = (/** @type {Slot} */ slot) =>
    slot.extents.reduce((/** @type {number} */ size, extent) => size * extentOf(extent), 1);
  const offsetOf = (/** @type {Slot} */ { buffer, start = 0 }) => Number(offsets[buffer]) + start;
  const seat = {
    arena: () => arena,
    offsetOf,
    /** Before leaves are put in. */
    prepare: (/** @type {ReadonlyArray<number>} */ dims) => {
      if (dims.length === known.length && dims.every((dim, i) => dim === known[i])) return;
      const plan = program.plan(dims);
      if (plan.size > arena.length) arena = program.arena?.(plan.size) ?? values(plan.size);
      known = [...dims];
      offsets = plan.offsets;
    },
    run: (/** @type {ReadonlyArray<Int32Array>} */ tables) => program.run(arena, tables, known, offsets),
    /**
     * Runs on what two transfers hold: leaves that all shares read, one after the other; and those of this share, behind
     * which its results are put.
     */
    serve: (
      /** @type {ReadonlyArray<number>} */ dims,
      /** @type {ReadonlyArray<Int32Array>} */ tables,
      /** @type {Values} */ whole,
      /** @type {Values} */ own,
    ) => {
      seat.prepare(dims);
      let [inWhole, inOwn] = [0, 0];
      for (const leaf of program.leaves) {
        const size = sizeOf(leaf);
        const isOwn = leaf.extents.includes("@batch");
        const from = isOwn ? inOwn : inWhole;
        arena.set((isOwn ? own : whole).subarray(from, from + size), offsetOf(leaf));
        if (isOwn) inOwn += size;
        else inWhole += size;
      }
      seat.run(tables);
      for (const result of program.results) {
        const [size, offset] = [sizeOf(result), offsetOf(result)];
        own.set(arena.subarray(offset, offset + size), inOwn);
        inOwn += size;
      }
    },
  };
  return seat;
}
