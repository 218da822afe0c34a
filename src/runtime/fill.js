import { extentIn } from "./frame.js";
import { asNested, listAt, pathText } from "./nested.js";
import { describeValue, refusal } from "./refusal.js";
import { entryAt, newValues, productOf } from "./values.js";

/** @import { ModelInfo, Values, VariableInfo } from "./interface.ts" */
/** @import { AxisInfo, Frame } from "./frame.js" */

/**
 * The values that the examples give to a variable, in the inside order, padded with zeros. Run-time lengths were
 * checked when they were observed.
 *
 * @param {ModelInfo} model
 * @param {VariableInfo} variable
 * @param {Frame} frame
 * @param {ReadonlyArray<unknown>} given for each example
 * @param {(example: number) => string} nameExample
 */
export function packedValues(model, variable, frame, given, nameExample) {
  const inside = model.axes.filter(({ name }) => variable.indices.includes(name));
  const block = productOf(variable.shape);
  const extents = inside.map(({ length }) => extentIn(frame, length));
  const values = newValues(model.precision, productOf(extents) * frame.size * block);
  const levels = variable.indices.map((index) => {
    const place = inside.findIndex(({ name }) => name === index);
    const axis = entryAt(inside, place);
    return axisLevel(axis, productOf(extents.slice(place + 1)) * frame.size * block);
  });
  const components = variable.shape.map((size, i) => ({
    size,
    stride: productOf(variable.shape.slice(i + 1)),
    meaning: `${size} components`,
  }));
  given.forEach((value, b) => {
    const root = () => nameExample(b);
    const nested = asNested(value, root);
    fillLevel({ variable, levels: [...levels, ...components], values, root, path: [] }, nested, b * block);
  });
  return values;
}

/**
 * A level of nested arrays: how many entries it must have (undefined at a run-time length) and how far apart they lie.
 *
 * @typedef {{ readonly size: number | undefined, readonly stride: number, readonly meaning: string }} Level
 */

/**
 * @param {AxisInfo} axis
 * @param {number} stride
 * @returns {Level}
 */
function axisLevel({ name, length }, stride) {
  return typeof length === "number"
    ? { size: length, stride, meaning: `${length} along ${name}` }
    : { size: undefined, stride, meaning: `an array along ${name}` };
}

/**
 * What a walk down the nested arrays needs; `path` is where it is.
 *
 * @typedef {{
 *   readonly variable: VariableInfo,
 *   readonly levels: ReadonlyArray<Level>,
 *   readonly values: Values,
 *   readonly root: () => string,
 *   readonly path: Array<number>,
 * }} Walk
 */

/**
 * Copies what stands below one level.
 *
 * @param {Walk} walk
 * @param {unknown} value
 * @param {number} place
 */
function fillLevel(walk, value, place) {
  const { variable, levels, values, path } = walk;
  const where = () => pathText(walk.root(), path);
  const level = levels[path.length];
  if (level === undefined) {
    values[place] = checkedNumber(value, variable, where);
    return;
  }
  const { size, stride, meaning } = level;
  const list = listAt(value, where, meaning);
  if (size !== undefined && list.length !== size) throw refusal(where(), meaning, String(list.length));
  if (path.length === levels.length - 1 && !isCounted(variable)) {
    fillNumbers(walk, list, place, stride);
    return;
  }
  for (let i = 0; i < list.length; i += 1) {
    path.push(i);
    fillLevel(walk, list[i], place + i * stride);
    path.pop();
  }
}

/**
 * The innermost level, where nearly all the time goes.
 *
 * @param {Walk} walk
 * @param {ArrayLike<unknown>} list
 * @param {number} place
 * @param {number} stride
 */
function fillNumbers({ variable, values, root, path }, list, place, stride) {
  for (let i = 0; i < list.length; i += 1) {
    const value = list[i];
    values[place + i * stride] =
      typeof value === "number" && !Number.isNaN(value)
        ? value
        : checkedNumber(value, variable, () => pathText(root(), [...path, i]));
  }
}

/**
 * Whether only some numbers are values of a variable: those of symbols, of a truth 0 and 1.
 *
 * @param {VariableInfo} variable
 */
export function isCounted({ symbols, truth }) {
  return symbols !== undefined || truth === true;
}

/**
 * @param {unknown} value
 * @param {VariableInfo} variable
 * @param {() => string} where
 */
export function checkedNumber(value, variable, where) {
  if (typeof value !== "number" || Number.isNaN(value)) throw refusal(where(), "a number", describeValue(value));
  const { symbols, truth } = variable;
  if (symbols !== undefined && !(Number.isInteger(value) && value >= 0 && value < symbols))
    throw refusal(where(), `a symbol: an integer from 0 to ${symbols - 1}`, String(value));
  if (truth === true && value !== 0 && value !== 1) throw refusal(where(), "a truth: 0 or 1", String(value));
  return value;
}
