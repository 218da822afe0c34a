import { lengthPlace } from "./frame.js";
import { runTimeAxes } from "./observe.js";
import { describeValue, refusal } from "./refusal.js";
import { ownValue } from "./values.js";

/** @import { ModelInfo } from "../interface.ts" */
/** @import { Frame } from "./frame.js" */

/**
 * A batch need not come from `pack`; its sizes become addresses, so they are checked at every call.
 *
 * @param {ModelInfo} model
 * @param {Frame} frame
 */
export function checkFrame(model, frame) {
  if (!(Number.isInteger(frame.size) && frame.size > 0))
    throw refusal("batch.size", "an integer above 0", describeValue(frame.size));
  for (const axis of runTimeAxes(model.axes)) {
    const name = String(axis.length);
    const longest = ownValue(frame.longest, name);
    const table = ownValue(frame.lengths, name);
    if (longest === undefined || !(Number.isInteger(longest) && longest >= 0))
      throw refusal(`batch.longest.${name}`, "an integer that is not negative", describeValue(longest));
    const size = lengthPlace(
      frame.longest,
      axis,
      model.axes,
    )(
      frame.size,
      axis.over.map(() => 0),
    );
    if (!(table instanceof Int32Array) || table.length !== size)
      throw refusal(`batch.lengths.${name}`, `an Int32Array of ${size}`, describeValue(table));
    const wrong = table.find((length) => length < 0 || length > longest);
    if (wrong !== undefined) throw refusal(`batch.lengths.${name}`, `lengths from 0 to ${longest}`, String(wrong));
  }
}
