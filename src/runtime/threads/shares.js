import { slotSize } from "../frame.js";

/** @import { Frame } from "../frame.js" */
/** @import { Slot } from "../program.ts" */

/**
 * The examples of a batch in shares as even as whole examples allow: from, and up to but without. None is empty.
 *
 * @param {number} size
 * @param {number} count
 * @returns {ReadonlyArray<readonly [from: number, to: number]>}
 */
export function sharesOf(size, count) {
  const shares = Math.max(1, Math.min(size, count));
  return Array.from({ length: shares }, (_, i) => [
    Math.floor((i * size) / shares),
    Math.floor(((i + 1) * size) / shares),
  ]);
}

/**
 * Where the rows of a share stand in a block of the whole batch and in one of the share: the batch may stand anywhere
 * among the axes of a block. A block without it is one row, the same in both.
 *
 * @param {Slot} slot
 * @param {Frame} frame of the whole batch
 * @param {readonly [from: number, to: number]} share
 * @param {(whole: number, part: number, length: number) => void} visit
 */
export function eachRow(slot, frame, [from, to], visit) {
  const batch = slot.extents.indexOf("@batch");
  if (batch < 0) {
    visit(0, 0, slotSize(slot, frame));
    return;
  }
  const outer = slotSize({ ...slot, extents: slot.extents.slice(0, batch) }, frame);
  const inner = slotSize({ ...slot, extents: slot.extents.slice(batch + 1) }, frame);
  const length = (to - from) * inner;
  for (let i = 0; i < outer; i += 1) visit((i * frame.size + from) * inner, i * length, length);
}
