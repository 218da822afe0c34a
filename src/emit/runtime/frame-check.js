import { lengthPlace } from "./frame.js";
import { checkLimits } from "./limits.js";
import { runTimeAxes } from "./observe.js";
import { describeValue, refusal } from "./refusal.js";
import { ownValue } from "./values.js";

/** @import { ModelInfo, State } from "../interface.ts" */
/** @import { AxisInfo, Frame } from "./frame.js" */

/**
 * A batch need not come from `pack`; its sizes become addresses, so they are checked at every call.
 *
 * @param {ModelInfo} model
 * @returns {(frame: Frame, state: State | undefined) => void}
 */
export function newCallCheck(model) {
  const axes = runTimeAxes(model.axes);
  return (frame, state) => {
    if (!(Number.isInteger(frame.size) && frame.size > 0))
      throw refusal("batch.size", "an integer above 0", describeValue(frame.size));
    for (const axis of axes) checkLengths(model, axis, frame);
    checkLimits(model, frame, (b) => `example ${b} of the batch`, state);
    if (state !== undefined && state.size !== frame.size)
      throw refusal("state.size", `${frame.size}, as many as the batch has`, String(state.size));
  };
}

/**
 * @param {ModelInfo} model
 * @param {AxisInfo} axis
 * @param {Frame} frame
 */
function checkLengths(model, axis, frame) {
  const name = String(axis.length);
  const longest = ownValue(frame.longest, name);
  const table = ownValue(frame.lengths, name);
  if (longest === undefined || !(Number.isInteger(longest) && longest >= 0))
    throw refusal(`batch.longest.${name}`, "an integer that is not negative", describeValue(longest));
  const origin = axis.over.map(() => 0);
  const size = origin.length === 0 ? frame.size : lengthPlace(frame.longest, axis, model.axes)(frame.size, origin);
  if (!(table instanceof Int32Array) || table.length !== size)
    throw refusal(`batch.lengths.${name}`, `an Int32Array of ${size}`, describeValue(table));
  for (const length of table)
    if (length < 0 || length > longest)
      throw refusal(`batch.lengths.${name}`, `lengths from 0 to ${longest}`, String(length));
}
