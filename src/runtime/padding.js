import { axesNamed, eachCell, mayBePadded } from "./frame.js";
import { productOf } from "./values.js";

/** @import { ModelInfo, Values } from "./interface.ts" */
/** @import { Slot } from "./program.ts" */
/** @import { Frame } from "./frame.js" */

/**
 * Makes the padding of a block zero, whatever it was.
 *
 * @param {ModelInfo} model
 * @param {Slot} slot
 * @returns {(values: Values, offset: number, frame: Frame) => void}
 */
export function newPaddingEraser(model, slot) {
  const axes = axesNamed(model.axes, slot.axes);
  const block = productOf(slot.extents.slice(axes.length).map(Number));
  return (values, offset, frame) => {
    if (!mayBePadded(axes, frame)) return;
    eachCell(axes, frame, (cell, _, valid) => {
      if (!valid) values.fill(0, offset + cell * block, offset + (cell + 1) * block);
    });
  };
}
