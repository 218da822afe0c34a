import { eachCell } from "./frame.js";
import { checkLimits } from "./limits.js";
import { rangeRefusal } from "./refusal.js";
import { ownValue } from "./values.js";

/** @import { Batch, ModelInfo, RequiredPosition } from "../interface.ts" */
/** @import { AxisInfo } from "./frame.js" */

/**
 * Positions that the model names, as `h[T]`, must exist in every example, and so must the components that axes count.
 *
 * @param {ModelInfo} model
 * @param {Batch} batch
 * @param {(example: number) => string} nameExample
 */
export function checkRequired(model, batch, nameExample) {
  for (const position of model.required) {
    const axis = model.axes.find(({ name }) => name === position.axis);
    if (axis !== undefined) checkPosition(axis, position, model.axes, batch, nameExample);
  }
  checkLimits(model, batch, nameExample);
}

/**
 * @param {AxisInfo} axis
 * @param {RequiredPosition} position
 * @param {ReadonlyArray<AxisInfo>} axes
 * @param {Batch} batch
 * @param {(example: number) => string} nameExample
 */
function checkPosition(axis, position, axes, batch, nameExample) {
  const needed = position.least;
  const outer = [null, ...axes.filter(({ name }) => axis.over.includes(name))];
  const table = typeof axis.length === "string" ? ownValue(batch.lengths, axis.length) : undefined;
  eachCell(outer, batch, (cell, example, valid) => {
    const length = table?.[cell] ?? Number(axis.length);
    if (valid && length < needed)
      throw rangeRefusal(
        `${nameExample(example)}: ${positionText(axis, position)} needs ${axis.length} >= ${needed}, found ${length}`,
      );
  });
}

/**
 * @param {AxisInfo} axis
 * @param {RequiredPosition} position
 */
function positionText(axis, { from, offset }) {
  if (from === "start") return `position ${offset} of axis ${axis.name}`;
  const back = offset === 0 ? "" : offset < 0 ? ` - ${-offset}` : ` + ${offset}`;
  return `position ${axis.length}${back} of axis ${axis.name}`;
}
