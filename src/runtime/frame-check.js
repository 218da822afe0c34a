import { checkedRecord } from "./border.js";
import { newEnds } from "./ended.js";
import { lengthPlace } from "./frame.js";
import { newGapCheck } from "./gaps.js";
import { checkLimits } from "./limits.js";
import { runTimeAxes } from "./observe.js";
import { checkGivenPositions } from "./positions.js";
import { describeValue, refusal } from "./refusal.js";
import { checkGoingOn, checkRequired } from "./required.js";
import { ownValue } from "./values.js";

/** @import { Batch, ModelInfo, State } from "./interface.ts" */
/** @import { AxisInfo, Frame } from "./frame.js" */

/**
 * A batch need not come from `pack`; its sizes become addresses, so they are checked at every call.
 *
 * @param {ModelInfo} model
 * @returns {(frame: Frame, state: State | undefined) => void}
 */
export function newCallCheck(model) {
  const axes = runTimeAxes(model.axes);
  const streamed = model.axes.find(({ name }) => name === model.streamable)?.length ?? 0;
  const ends = newEnds(model, []);
  const checkGaps = newGapCheck(model);
  return (frame, state) => {
    checkedRecord(frame, "batch", "what pack gives");
    if (!(Number.isInteger(frame.size) && frame.size > 0))
      throw refusal("batch.size", "an integer above 0", describeValue(frame.size));
    checkedRecord(frame.lengths, "batch.lengths", part);
    checkedRecord(frame.longest, "batch.longest", part);
    checkedRecord(/** @type {Batch} */ (frame).values, "batch.values", part);
    for (const axis of axes) checkLengths(model, axis, frame);
    checkRequired(model, frame, batchExampleText);
    checkGivenPositions(model, /** @type {Batch} */ (frame), batchExampleText);
    if (state === undefined) return;
    checkState(state);
    if (state.size !== frame.size)
      throw refusal("state.size", `${frame.size}, as many as the batch has`, describeValue(state.size));
    checkGoingOn(model, frame, batchExampleText);
    checkLimits(model, frame, batchExampleText, state);
    const lengths = typeof streamed === "number" ? undefined : ownValue(frame.lengths, streamed);
    const stepsOf = (/** @type {number} */ b) => Number(lengths?.[b] ?? streamed);
    ends.refuse(state, stepsOf, batchExampleText);
    checkGaps(state, stepsOf, batchExampleText);
  };
}

const part = "an object, as pack gives it";

/** @param {number} example */
function batchExampleText(example) {
  return `example ${example} of the batch`;
}

/**
 * A state is opaque, but it may have been saved and read again.
 *
 * @param {State} state
 */
export function checkState(state) {
  checkedRecord(state, "state", "what start, step or gradient gave");
  if (!(Number.isInteger(state.size) && state.size > 0))
    throw refusal("state.size", "an integer above 0", describeValue(state.size));
  if (!(Number.isSafeInteger(state.position) && state.position >= 0))
    throw refusal("state.position", "an integer that is not negative", describeValue(state.position));
  for (const part of /** @type {const} */ (["values", "context", "lengths"]))
    checkedRecord(state[part], `state.${part}`, "an object with numbers by name");
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
  if (longest === undefined || !(Number.isInteger(longest) && longest >= 0 && longest < 2147483648))
    throw refusal(`batch.longest.${name}`, "an integer from 0 to 2147483647", describeValue(longest));
  const size = tableSize(model, axis, frame);
  if (!(table instanceof Int32Array) || table.length !== size)
    throw refusal(`batch.lengths.${name}`, `an Int32Array of ${size}`, describeValue(table));
  for (const length of table)
    if (length < 0 || length > longest)
      throw refusal(`batch.lengths.${name}`, `lengths from 0 to ${longest}`, String(length));
}

/**
 * How many lengths an axis has: one for each example, and of a ragged one for each outer position.
 *
 * @param {ModelInfo} model
 * @param {AxisInfo} axis
 * @param {Frame} frame
 */
export function tableSize(model, axis, frame) {
  const origin = axis.over.map(() => 0);
  return origin.length === 0 ? frame.size : lengthPlace(frame.longest, axis, model.axes)(frame.size, origin);
}
