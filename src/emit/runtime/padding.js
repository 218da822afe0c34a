import { axesNamed, eachCell, mayBePadded } from "./frame.js";
import { productOf } from "./values.js";

/** @import { ModelInfo, Slot, Values } from "../interface.ts" */
/** @import { Frame } from "./frame.js" */

/**
 * Makes the padding of a block zero, whatever it was.
 *
 * @param {Values} values
 * @param {number} offset
 * @param {Slot} slot
 * @param {ModelInfo} model
 * @param {Frame} frame
 */
export function zeroPadding(values, offset, slot, model, frame) {
  const axes = axesNamed(model.axes, slot.axes);
  if (!mayBePadded(axes, frame)) return;
  const block = productOf(slot.extents.slice(axes.length).map(Number));
  eachCell(axes, frame, (cell, _, valid) => {
    if (!valid) values.fill(0, offset + cell * block, offset + (cell + 1) * block);
  });
}
