import { axesNamed, eachCell } from "./frame.js";
import { rangeRefusal } from "./refusal.js";
import { ownValue } from "./values.js";

/** @import { Batch, ComputedPositionInfo, ModelInfo } from "./interface.ts" */
/** @import { AxisInfo, Frame } from "./frame.js" */

/**
 * Computed positions, as `x[2*i]`, exist in every example: there is no boundary that they could be.
 *
 * @param {ModelInfo} model
 * @param {Frame} frame
 * @param {(example: number) => string} nameExample
 */
export function checkPositions(model, frame, nameExample) {
  for (const position of model.positions ?? []) {
    if (position.tag === "given") continue;
    for (let example = 0; example < frame.size; example += 1) {
      const { least, most, length } = rangeOf(model, position, (axis) => lengthIn(axis, frame, example));
      if (least < 1 || most > length) throw outside(position, nameExample(example), least < 1 ? least : most, length);
    }
  }
}

/**
 * The least and the greatest position that a linear form names, and how many there are; where an axis of it has no
 * positions it names none.
 *
 * @param {ModelInfo} model
 * @param {Extract<ComputedPositionInfo, { tag: "linear" }>} position
 * @param {(axis: AxisInfo) => number} lengthOf
 */
export function rangeOf(model, position, lengthOf) {
  /** @param {string} wanted */
  const lengthAt = (wanted) => {
    const axis = model.axes.find(({ name }) => name === wanted);
    return axis === undefined ? 0 : lengthOf(axis);
  };
  const length = lengthAt(position.axis);
  let least = position.constant;
  let most = position.constant;
  for (const { of, axis, times } of position.terms) {
    const last = lengthAt(axis);
    const first = of === "length" ? last : 1;
    if (first > last) return { least: 1, most: 0, length };
    least += Math.min(times * first, times * last);
    most += Math.max(times * first, times * last);
  }
  return { least, most, length };
}

/**
 * Positions that stand in the data: whole numbers from 1 to the length of their axis, in every example, and what is added
 * to them leads nowhere else.
 *
 * @param {ModelInfo} model
 * @param {Batch} batch
 * @param {(example: number) => string} nameExample
 */
export function checkGivenPositions(model, batch, nameExample) {
  for (const input of model.inputs) {
    const { name, indices, positions } = input;
    if (positions === undefined) continue;
    const reads = (model.positions ?? []).flatMap((each) =>
      each.tag === "given" && each.input === name ? [each] : [],
    );
    const values = ownValue(batch.values, name);
    const axes = axesNamed(model.axes, [
      ...model.axes.flatMap((axis) => (indices.includes(axis.name) ? [axis.name] : [])),
      "@batch",
    ]);
    eachCell(axes, batch, (cell, example, valid) => {
      if (!valid) return;
      const value = Number(values?.[cell]);
      const length = typeof positions === "number" ? positions : Number(ownValue(batch.lengths, positions)?.[example]);
      if (!(Number.isInteger(value) && value >= 1 && value <= length))
        throw rangeRefusal(
          `${nameExample(example)}: ${name} is ${value}, where a position from 1 to ${length} is needed`,
        );
      for (const read of reads)
        if (value + read.by < 1 || value + read.by > length)
          throw outside(read, nameExample(example), value + read.by, length);
    });
  }
}

/**
 * @param {ComputedPositionInfo} position
 * @param {string} example
 * @param {number} found
 * @param {number} length
 */
function outside({ name, axis }, example, found, length) {
  return rangeRefusal(
    `${example}: ${name} is read at position ${found} of axis ${axis}, which has ${length === 0 ? "none" : `1 to ${length}`}`,
  );
}

/**
 * @param {AxisInfo} axis
 * @param {Frame} frame
 * @param {number} example
 */
function lengthIn({ length }, frame, example) {
  return typeof length === "number" ? length : Number(ownValue(frame.lengths, length)?.[example]);
}
