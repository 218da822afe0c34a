import { eachCell } from "./frame.js";
import { checkLimits } from "./limits.js";
import { checkPositions } from "./positions.js";
import { rangeRefusal } from "./refusal.js";
import { ownValue } from "./values.js";

/** @import { ModelInfo, RequiredPosition } from "./interface.ts" */
/** @import { AxisInfo, Frame } from "./frame.js" */

/**
 * Positions that the model names, as `h[T]`, must exist in every example, or be a boundary that is given, and so must the
 * components that axes count.
 *
 * @param {ModelInfo} model
 * @param {Frame} frame
 * @param {(example: number) => string} nameExample
 */
export function checkRequired(model, frame, nameExample) {
  for (const position of model.required) checkPosition(model, position, position.least, frame, nameExample);
  checkLimits(model, frame, nameExample);
  checkPositions(model, frame, nameExample);
}

/**
 * In a chunk that goes on from another the boundaries are those of the whole sequence, so the positions that the model
 * names must be in it themselves.
 *
 * @param {ModelInfo} model
 * @param {Frame} frame
 * @param {(example: number) => string} nameExample
 */
export function checkGoingOn(model, frame, nameExample) {
  for (const position of model.required) {
    const own = position.from === "start" ? position.offset : 1 - position.offset;
    if (position.axis === model.streamable) checkPosition(model, position, own, frame, nameExample);
  }
}

/**
 * @param {ModelInfo} model
 * @param {RequiredPosition} position
 * @param {number} needed
 * @param {Frame} frame
 * @param {(example: number) => string} nameExample
 */
function checkPosition({ axes }, position, needed, frame, nameExample) {
  const axis = axes.find(({ name }) => name === position.axis);
  if (axis === undefined || needed <= 0) return;
  const outer = [null, ...axes.filter(({ name }) => axis.over.includes(name))];
  const table = typeof axis.length === "string" ? ownValue(frame.lengths, axis.length) : undefined;
  eachCell(outer, frame, (cell, example, valid) => {
    const length = table?.[cell] ?? Number(axis.length);
    if (valid && length < needed)
      throw rangeRefusal(
        `${nameExample(example)}: ${positionText(axis, position)} needs ${axis.length} >= ${needed}, found ${length}`,
      );
  });
}

/**
 * @param {AxisInfo} axis
 * @param {Pick<RequiredPosition, "from" | "offset">} position
 */
export function positionText(axis, { from, offset }) {
  if (from === "start") return `position ${offset} of axis ${axis.name}`;
  const back = offset === 0 ? "" : offset < 0 ? ` - ${-offset}` : ` + ${offset}`;
  return `position ${axis.length}${back} of axis ${axis.name}`;
}
