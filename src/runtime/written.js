import { extentIn } from "./frame.js";
import { entryAt, productOf } from "./values.js";

/** @import { ModelInfo, Values } from "./interface.ts" */
/** @import { Slot } from "./program.ts" */
/** @import { Frame } from "./frame.js" */

/**
 * Inside, time axes stand in the order in which they are declared; outside, those of an output as its indices are written.
 *
 * @typedef {{
 *   readonly axes: ReadonlyArray<string>,
 *   readonly shape: (frame: Frame) => ReadonlyArray<number>,
 *   readonly values: (inside: Values, frame: Frame) => Values,
 * }} Written
 */

/**
 * An output in the order in which it is written: its axes, and its values row-major over them.
 *
 * @param {ModelInfo} model
 * @param {Slot} slot
 * @returns {Written}
 */
export function newWritten(model, slot) {
  const indices = [...model.outputs, ...(model.expected ?? [])].find(({ name }) => name === slot.name)?.indices ?? [];
  const rank = (/** @type {number} */ place) => {
    const found = indices.indexOf(entryAt(slot.axes, place));
    return found < 0 ? indices.length : found;
  };
  const places = slot.axes.map((_, place) => place).sort((a, b) => rank(a) - rank(b) || a - b);
  const isInside = places.every((place, i) => place === i);
  const shapeInside = (/** @type {Frame} */ frame) => slot.extents.map((extent) => extentIn(frame, extent));
  return {
    axes: places.map((place) => entryAt(slot.axes, place)),
    shape: (frame) => {
      const shape = shapeInside(frame);
      return places.map((place) => entryAt(shape, place));
    },
    values: (inside, frame) => (isInside ? inside : reordered(inside, shapeInside(frame), places)),
  };
}

/**
 * The same values with the axes of a row-major block in another order: those that stood at these places.
 *
 * @param {Values} values
 * @param {ReadonlyArray<number>} shape
 * @param {ReadonlyArray<number>} places
 * @returns {Values}
 */
function reordered(values, shape, places) {
  const strides = shape.map((_, place) => productOf(shape.slice(place + 1)));
  const found = values.slice();
  let cell = 0;
  /** @type {(depth: number, from: number) => void} */
  const walk = (depth, from) => {
    if (depth === places.length) {
      found[cell] = entryAt(values, from);
      cell += 1;
      return;
    }
    const place = entryAt(places, depth);
    for (let i = 0; i < entryAt(shape, place); i += 1) walk(depth + 1, from + i * entryAt(strides, place));
  };
  walk(0, 0);
  return found;
}
