import { checkedRecord } from "./border.js";
import { endingsOf } from "./ended.js";
import { isCounted, packedValues } from "./fill.js";
import { extentIn } from "./frame.js";
import { asNested } from "./nested.js";
import { packVariables } from "./pack.js";
import { describeValue, refusal, refuseUnknownNames } from "./refusal.js";
import { entryAt, isList, newValues, ownValue, productOf, putValue } from "./values.js";

/** @import { Example, ModelInfo, NoiseInfo, Values, VariableInfo } from "./interface.ts" */
/** @import { Frame } from "./frame.js" */

/**
 * The variables that stand over an axis, without it: what one step along it reads.
 *
 * @param {ModelInfo} model
 * @param {string} axis
 * @returns {ReadonlyArray<VariableInfo & { readonly noise?: NoiseInfo["noise"] }>}
 */
export function stepVariables(model, axis) {
  return [...model.inputs, ...model.targets, ...model.noises]
    .filter(({ indices }) => indices.includes(axis))
    .map((variable) => ({ ...variable, indices: variable.indices.filter((index) => index !== axis) }));
}

/**
 * Reads what the caller gives to one step, in the inside order. A variable that is not wanted may be missing, and is read
 * only if it may end the sequence; noise that is not given is its mean.
 *
 * @param {ModelInfo} model
 * @param {ReadonlyArray<string>} wanted
 * @returns {(input: Example, frame: Frame) => Record<string, ArrayLike<number>>}
 */
export function newStepReader(model, wanted) {
  const variables = stepVariables(model, `${model.streamable}`);
  const names = variables.map(({ name }) => name);
  const ending = endingsOf(model).map(({ target }) => target);
  const read = variables.filter(({ name }) => wanted.includes(name) || ending.includes(name));
  return (input, frame) => {
    checkedRecord(input, "input", "an object with each input of the step under its name");
    refuseUnknownNames("input", Object.keys(input), names);
    /** @type {Record<string, ArrayLike<number>>} */
    const values = {};
    for (const variable of read) {
      const given = ownValue(input, variable.name);
      if (given === undefined && !wanted.includes(variable.name)) continue;
      if (given === undefined && variable.noise === undefined)
        throw refusal(`input.${variable.name}`, "a value for this step", "nothing");
      const value =
        given === undefined
          ? meanNoise(model, variable, frame, variable.noise?.mean ?? 0)
          : isPlain(variable, frame, given)
            ? given
            : oneStep(model, variable, frame, given);
      putValue(values, variable.name, value);
    }
    return values;
  };
}

/**
 * Whether what is given can be copied as it stands: the numbers of a vector, for a single stream.
 *
 * @param {VariableInfo} variable
 * @param {Frame} frame
 * @param {unknown} given
 * @returns {given is ArrayLike<number>}
 */
function isPlain(variable, frame, given) {
  const { indices, shape } = variable;
  if (frame.size !== 1 || indices.length > 0 || shape.length !== 1 || isCounted(variable)) return false;
  if (!isList(given) || given.length !== shape[0]) return false;
  for (let i = 0; i < given.length; i += 1) if (typeof given[i] !== "number" || Number.isNaN(given[i])) return false;
  return true;
}

/**
 * @param {ModelInfo} model
 * @param {VariableInfo} variable
 * @param {Frame} frame
 * @param {unknown} given
 */
function oneStep(model, variable, frame, given) {
  const root = `input.${variable.name}`;
  const streams = perStream(
    asNested(given, () => root),
    variable.indices.length + variable.shape.length,
    frame.size,
  );
  if (!isList(streams) || streams.length !== frame.size)
    throw refusal(root, `an element for each of ${frame.size} streams`, describeValue(streams));
  const elements = Array.from(streams);
  if (variable.indices.length > 0) return overOtherAxes(model, variable, frame, elements);
  return packedValues(model, variable, frame, elements, (b) => `${root}[${b}]`);
}

/**
 * Elements that stand over further axes must be as long along them as the stream was started with.
 *
 * @param {ModelInfo} model
 * @param {VariableInfo} variable
 * @param {Frame} frame
 * @param {ReadonlyArray<unknown>} elements
 */
function overOtherAxes(model, variable, frame, elements) {
  const axes = model.axes.filter(({ name }) => variable.indices.includes(name));
  const examples = elements.map((element) => /** @type {Example} */ (Object.fromEntries([[variable.name, element]])));
  const batch = packVariables(model, axes, [variable], examples, (b) => `input[${b}]`);
  for (const [name, lengths] of Object.entries(batch.lengths)) {
    const expected = ownValue(frame.lengths, name) ?? new Int32Array(0);
    if (lengths.length !== expected.length || lengths.some((length, i) => length !== expected[i]))
      throw refusal(`input.${variable.name}`, `lengths ${name} = ${expected.join(", ")}`, lengths.join(", "));
  }
  return /** @type {Values} */ (batch.values[variable.name]);
}

/**
 * With a single stream, the level of the streams may be left out.
 *
 * @param {unknown} value
 * @param {number} depth of one element
 * @param {number} size
 */
function perStream(value, depth, size) {
  return size === 1 && depthOf(value) === depth ? [value] : value;
}

/**
 * @param {unknown} value
 * @returns {number}
 */
function depthOf(value) {
  return isList(value) ? 1 + (value.length === 0 ? 0 : depthOf(entryAt(value, 0))) : 0;
}

/**
 * @param {ModelInfo} model
 * @param {VariableInfo} variable
 * @param {Frame} frame
 * @param {number} mean
 */
function meanNoise(model, variable, frame, mean) {
  const axes = model.axes.filter(({ name }) => variable.indices.includes(name));
  const extents = axes.map(({ length }) => extentIn(frame, length));
  return newValues(model.precision, productOf([...extents, frame.size, ...variable.shape])).fill(mean);
}
