import { eachCell } from "./frame.js";
import { rangeRefusal } from "./refusal.js";
import { ownValue } from "./values.js";

/** @import { LengthLimit, ModelInfo, State } from "./interface.ts" */
/** @import { AxisInfo, Frame } from "./frame.js" */

/**
 * An axis that counts components (`P[t]`) is no longer than there are components, in any example; after a state its
 * positions go on from that.
 *
 * @param {ModelInfo} model
 * @param {Frame} frame
 * @param {(example: number) => string} nameExample
 * @param {State} [state]
 */
export function checkLimits(model, frame, nameExample, state) {
  for (const limit of model.limits) {
    const axis = model.axes.find(({ name }) => name === limit.axis);
    const before = limit.axis === model.streamable ? (state?.position ?? 0) : 0;
    if (axis !== undefined) checkLimit(axis, limit, before, model.axes, frame, nameExample);
  }
}

/**
 * @param {AxisInfo} axis
 * @param {LengthLimit} limit
 * @param {number} before
 * @param {ReadonlyArray<AxisInfo>} axes
 * @param {Frame} frame
 * @param {(example: number) => string} nameExample
 */
function checkLimit(axis, { most }, before, axes, frame, nameExample) {
  const table = ownValue(frame.lengths, String(axis.length));
  eachCell([null, ...axes.filter(({ name }) => axis.over.includes(name))], frame, (cell, example, valid) => {
    const length = before + Number(table?.[cell]);
    if (valid && length > most)
      throw rangeRefusal(
        `${nameExample(example)}: axis ${axis.name} counts components and needs ${axis.length} <= ${most}, found ${length}`,
      );
  });
}

/**
 * The greatest number of steps along the axis that a model streams along: as many as it has positions, or as there are
 * components that it counts.
 *
 * @param {ModelInfo} model
 */
export function greatestStep(model) {
  const length = model.axes.find(({ name }) => name === model.streamable)?.length;
  return model.limits.reduce(
    (most, limit) => (limit.axis === model.streamable ? Math.min(most, limit.most) : most),
    typeof length === "number" ? length : Number.POSITIVE_INFINITY,
  );
}
