import { packedValues } from "./fill.js";
import { eachCell, limitOf } from "./frame.js";
import { asNested, pathText } from "./nested.js";
import { refusal } from "./refusal.js";
import { entryAt, isList, ownValue } from "./values.js";

/** @import { ModelInfo, ReadBack, Values, VariableInfo } from "./interface.ts" */
/** @import { AxisInfo, Frame } from "./frame.js" */
/** @import { Packing } from "./pack.js" */

/*
 * In an example a target may be `null`, or each of its values: what is missing counts nothing in the loss. In a batch a
 * zero stands in its place, and beside the target its flags: 1 where a value is given, and 0 where one is missing. Where
 * nothing is missing there are none.
 */

/** @param {string} target */
export function givenName(target) {
  return `@given.${target}`;
}

/** @param {string} name */
export function isGivenName(name) {
  return name.startsWith("@given.");
}

/**
 * @param {unknown} value
 * @param {number} depth of its elements
 * @returns {boolean}
 */
function hasNull(value, depth) {
  if (depth === 0) return value === null;
  if (!Array.isArray(value)) return false;
  return depth === 1 ? value.includes(null) : value.some((part) => hasNull(part, depth - 1));
}

/**
 * What one example gives to a target, with zeros for what is missing, and its flags.
 *
 * @param {ReadonlyArray<AxisInfo>} axes
 * @param {VariableInfo} variable
 * @param {unknown} value
 */
function withFlags(axes, { indices, shape }, value) {
  // As many as an axis has by itself: the others are padded.
  const sizes = indices.map((index) => {
    const length = axes.find(({ name }) => name === index)?.length;
    return typeof length === "number" ? length : 0;
  });
  const missing = zeros(shape);
  return value === null
    ? { value: zeros([...sizes, ...shape]), flags: zeros(sizes) }
    : {
        value: mapped(value, indices.length, (element) => (element === null ? missing : element)),
        flags: mapped(value, indices.length, (element) => (element === null ? 0 : 1)),
      };
}

/**
 * @param {ReadonlyArray<number>} sizes
 * @returns {unknown}
 */
function zeros(sizes) {
  const [size, ...inner] = sizes;
  return size === undefined ? 0 : Array.from({ length: size }, () => zeros(inner));
}

/**
 * Nested arrays with other elements; what is no array where there should be one stays, and is refused in its turn.
 *
 * @param {unknown} value
 * @param {number} depth
 * @param {(element: unknown) => unknown} change
 * @returns {unknown}
 */
function mapped(value, depth, change) {
  if (depth === 0) return change(value);
  return isList(value) ? Array.from(value, (part) => mapped(part, depth - 1, change)) : value;
}

/**
 * What is missing may not be read by an equation, as `y[t-1]` reads it where the true value is fed back.
 *
 * @param {ModelInfo} model
 * @param {VariableInfo} target
 * @param {Frame} frame
 * @param {Values} flags
 * @param {(example: number) => string} nameExample
 */
function refuseReadBack(model, target, frame, flags, nameExample) {
  const reads = readsOf(model, target.name);
  if (reads.length === 0) return;
  eachMissing(model, target, frame, flags, (example, places) => {
    const read = reads.find((each) =>
      each.places.every((place, slot) => isRead(place, entryAt(places, slot).position, entryAt(places, slot).length)),
    );
    const path = places.map(({ position }) => position - 1);
    if (read !== undefined)
      throw refusal(pathText(nameExample(example), path), `a value, as ${read.written} reads it back`, "null");
  });
}

/**
 * @param {ModelInfo} model
 * @param {string} target
 * @returns {ReadonlyArray<ReadBack>}
 */
function readsOf({ randoms }, target) {
  return randoms.find((random) => random.target === target)?.reads ?? [];
}

/**
 * Whether a reading meets a position of an axis of some length.
 *
 * @param {ReadBack["places"][number]} place
 * @param {number} position
 * @param {number} length
 */
function isRead(place, position, length) {
  if ("by" in place) return position + place.by >= 1 && position + place.by <= length;
  return position === (place.from === "start" ? place.offset : length + place.offset);
}

/**
 * Visits what is missing, with its positions in the order of the indices and how long the axes are there.
 *
 * @param {ModelInfo} model
 * @param {VariableInfo} target
 * @param {Frame} frame
 * @param {ArrayLike<number>} flags
 * @param {(example: number, places: ReadonlyArray<{ readonly position: number, readonly length: number }>) => void} visit
 */
export function eachMissing(model, { indices }, frame, flags, visit) {
  const axes = [...model.axes.filter(({ name }) => indices.includes(name)), null];
  const slots = indices.map((index) => axes.findIndex((axis) => axis?.name === index));
  const limits = axes.map((axis) => limitOf(axis, axes, frame));
  eachCell(axes, frame, (cell, example, isValid, place) => {
    if (!isValid || flags[cell] !== 0) return;
    visit(
      example,
      slots.map((slot) => ({
        position: entryAt(place, slot) + 1,
        length: entryAt(limits, slot)(example, place),
      })),
    );
  });
}

/**
 * Packs examples in which values of targets may be missing: then their flags come along.
 *
 * @param {ModelInfo} model
 * @returns {Packing}
 */
export function packingWithFlags(model) {
  const targets = model.targets.map(({ name }) => name);
  return {
    // What is missing as a whole shows no length.
    shown: (example) =>
      targets.some((name) => ownValue(example, name) === null)
        ? Object.fromEntries(
            Object.entries(example).filter(([name, value]) => value !== null || !targets.includes(name)),
          )
        : example,
    values: (variable, frame, given, nameExample) => {
      const { name, indices } = variable;
      const pack = (/** @type {VariableInfo} */ packed, /** @type {ReadonlyArray<unknown>} */ from) =>
        packedValues(model, packed, frame, from, nameExample);
      if (!targets.includes(name) || !given.some((value) => value === null || hasNull(value, indices.length)))
        return [[name, pack(variable, given)]];
      const all = given.map((value, b) =>
        withFlags(
          model.axes,
          variable,
          asNested(value, () => nameExample(b)),
        ),
      );
      const values = pack(
        variable,
        all.map(({ value }) => value),
      );
      const flags = pack(
        { name: givenName(name), indices, shape: [] },
        all.map((each) => each.flags),
      );
      refuseReadBack(model, variable, frame, flags, nameExample);
      return [
        [name, values],
        [givenName(name), flags],
      ];
    },
  };
}
