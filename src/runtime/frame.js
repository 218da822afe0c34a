import { entryAt, ownValue, productOf } from "./values.js";

/** @import { Batch, ModelInfo } from "./interface.ts" */
/** @import { Program, Slot } from "./program.ts" */

/**
 * How large everything is at a call: the number of examples, and of each run-time length one for each example and the
 * greatest. A batch is a frame with values.
 *
 * @typedef {Pick<Batch, "size" | "lengths" | "longest">} Frame
 */
/** @typedef {ModelInfo["axes"][number]} AxisInfo */

/**
 * @param {number | string} extent a fixed size, "@batch", or the name of a run-time length
 * @param {Frame} frame
 */
export function extentIn(frame, extent) {
  if (typeof extent === "number") return extent;
  return extent === "@batch" ? frame.size : Number(ownValue(frame.longest, extent));
}

/**
 * The greatest of one of a program's lengths.
 *
 * @param {Pick<Program, "counted">} program
 * @param {Frame} frame
 * @param {string} name
 */
export function longestIn({ counted }, frame, name) {
  const found = counted?.find((each) => each.name === name);
  return found === undefined
    ? Number(ownValue(frame.longest, name))
    : Math.ceil(Number(ownValue(frame.longest, found.of)) / found.size);
}

/**
 * The number of elements of a block.
 *
 * @param {Slot} slot
 * @param {Frame} frame
 */
export function slotSize(slot, frame) {
  return productOf(slot.extents.map((extent) => extentIn(frame, extent)));
}

/**
 * The axes that a block of values stands over, outermost first: a time axis, or null for the batch.
 *
 * @param {ReadonlyArray<AxisInfo>} axes
 * @param {ReadonlyArray<string>} names
 * @returns {ReadonlyArray<AxisInfo | null>}
 */
export function axesNamed(axes, names) {
  return names.filter((name) => name !== "").map((name) => axes.find((axis) => axis.name === name) ?? null);
}

/**
 * Visits every cell of a block in order, saying whether it is within its example's lengths or padding.
 *
 * @param {ReadonlyArray<AxisInfo | null>} axes
 * @param {Frame} frame
 * @param {(cell: number, example: number, valid: boolean, position: ReadonlyArray<number>) => void} visit
 */
export function eachCell(axes, frame, visit) {
  const extents = axes.map((axis) => (axis === null ? frame.size : extentIn(frame, axis.length)));
  const position = axes.map(() => 0);
  const limits = axes.map((axis) => limitOf(axis, axes, frame));
  const batch = axes.indexOf(null);
  let cell = 0;
  /** @param {number} depth */
  const walk = (depth) => {
    if (depth === axes.length) {
      const example = batch < 0 ? 0 : entryAt(position, batch);
      visit(
        cell,
        example,
        limits.every((limit, i) => entryAt(position, i) < limit(example, position)),
        position,
      );
      cell += 1;
      return;
    }
    for (let i = 0; i < entryAt(extents, depth); i += 1) {
      position[depth] = i;
      walk(depth + 1);
    }
  };
  walk(0);
}

/**
 * Whether some cell of such a block may be padding.
 *
 * @param {ReadonlyArray<AxisInfo | null>} axes
 * @param {Frame} frame
 */
export function mayBePadded(axes, frame) {
  return axes.some((axis) => {
    if (axis === null || typeof axis.length === "number") return false;
    const longest = extentIn(frame, axis.length);
    return ownValue(frame.lengths, axis.length)?.some((length) => length < longest) ?? false;
  });
}

/**
 * Where the length of a ragged axis stands in its table: example-major, then the axes it stands over.
 *
 * @param {Frame["longest"]} longest
 * @param {AxisInfo} axis
 * @param {ReadonlyArray<AxisInfo>} axes
 * @returns {(example: number, outer: ReadonlyArray<number>) => number}
 */
export function lengthPlace(longest, axis, axes) {
  const sizes = axis.over.map((name) => {
    const length = axes.find((other) => other.name === name)?.length ?? 1;
    return typeof length === "number" ? length : Number(ownValue(longest, length));
  });
  return (example, outer) => sizes.reduce((place, size, i) => place * size + entryAt(outer, i), example);
}

/**
 * How far an axis reaches, given the example and the place of the cell.
 *
 * @param {AxisInfo | null} axis
 * @param {ReadonlyArray<AxisInfo | null>} axes
 * @param {Frame} frame
 * @returns {(example: number, position: ReadonlyArray<number>) => number}
 */
export function limitOf(axis, axes, frame) {
  if (axis === null) return () => frame.size;
  if (typeof axis.length === "number") {
    const { length } = axis;
    return () => length;
  }
  const table = ownValue(frame.lengths, axis.length) ?? new Int32Array(frame.size);
  if (axis.over.length === 0) return (example) => entryAt(table, example);
  const known = axes.flatMap((other) => (other === null ? [] : [other]));
  const place = lengthPlace(frame.longest, axis, known);
  const outer = axis.over.map((name) => axes.findIndex((other) => other?.name === name));
  return (example, position) =>
    entryAt(
      table,
      place(
        example,
        outer.map((i) => entryAt(position, i)),
      ),
    );
}
