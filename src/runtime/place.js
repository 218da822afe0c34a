import { extentIn } from "./frame.js";
import { pathText } from "./nested.js";
import { entryAt } from "./values.js";

/** @import { ModelInfo, VariableInfo } from "./interface.ts" */
/** @import { Frame } from "./frame.js" */

/**
 * A place among the values of a packed variable as it stood in the examples that are packed: `examples[1].y[0][2]`.
 *
 * @param {ModelInfo} model
 * @param {VariableInfo} variable
 * @param {Frame} frame
 * @param {number} place
 */
export function placeText(model, { name, indices, shape }, frame, place) {
  const inside = model.axes.filter((axis) => indices.includes(axis.name));
  const extents = [...inside.map(({ length }) => extentIn(frame, length)), frame.size, ...shape];
  let rest = place;
  /** @type {Array<number>} */
  const position = [];
  // The last one varies fastest.
  for (const extent of extents.reverse()) {
    position.unshift(rest % extent);
    rest = Math.floor(rest / extent);
  }
  const outer = indices.map((index) =>
    entryAt(
      position,
      inside.findIndex((axis) => axis.name === index),
    ),
  );
  const components = position.slice(inside.length + 1);
  return pathText(`examples[${entryAt(position, inside.length)}].${name}`, [...outer, ...components]);
}
