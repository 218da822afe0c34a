import { checkedRecords } from "./border.js";
import { checkEndings } from "./endings.js";
import { packedValues } from "./fill.js";
import { givenName, hasMissing, refuseReadBack, withFlags } from "./missing.js";
import { asNested } from "./nested.js";
import { fillNoise } from "./noise.js";
import { observedFrame } from "./observe.js";
import { describeValue, refusal, refuseUnknownNames } from "./refusal.js";
import { checkRequired } from "./required.js";
import { isOwnName, ownValue } from "./values.js";

/** @import { Batch, Example, ModelInfo, VariableInfo } from "./interface.ts" */
/** @import { AxisInfo } from "./frame.js" */

/**
 * Examples laid side by side: [time axes as declared][batch][components], padded with zeros.
 *
 * @param {ModelInfo} model
 * @param {ReadonlyArray<Example>} examples
 * @param {number} [seed]
 * @returns {Batch}
 */
export function packedBatch(model, examples, seed) {
  if (!Array.isArray(examples)) throw refusal("examples", "an array of examples", describeValue(examples));
  const given = checkedExamples(examples, exampleText);
  if (given.length === 0) throw refusal("examples", "at least one example", "none");
  const batch = packVariables(model, model.axes, givenVariables(model, given), given, exampleText, model.targets);
  checkRequired(model, batch, exampleText);
  checkEndings(model, given, exampleText);
  return { ...batch, values: { ...fillNoise(model, batch, seed), ...batch.values } };
}

/** @param {number} b */
function exampleText(b) {
  return `examples[${b}]`;
}

/**
 * Each an object, and none left out.
 *
 * @param {ReadonlyArray<unknown>} examples
 * @param {(example: number) => string} nameExample
 */
export function checkedExamples(examples, nameExample) {
  return /** @type {ReadonlyArray<Example>} */ (
    checkedRecords(examples, nameExample, "an object with each input under its name")
  );
}

/**
 * The values of some variables, which every example must give; nothing else may stand in the examples. Of those that
 * `mayMiss` values may be missing.
 *
 * @param {ModelInfo} model
 * @param {ReadonlyArray<AxisInfo>} axes those whose lengths are wanted
 * @param {ReadonlyArray<VariableInfo>} variables
 * @param {ReadonlyArray<Example>} examples
 * @param {(example: number) => string} nameExample
 * @param {ReadonlyArray<VariableInfo>} [mayMiss]
 * @returns {Batch}
 */
export function packVariables(model, axes, variables, examples, nameExample, mayMiss = []) {
  const names = variables.map(({ name }) => name);
  const lengthNames = axes.flatMap(({ length }) => (typeof length === "string" && !isOwnName(length) ? [length] : []));
  examples.forEach((example, b) => {
    refuseUnknownNames(nameExample(b), Object.keys(example), [...names, ...lengthNames]);
    const missing = names.find((name) => ownValue(example, name) === undefined);
    if (missing !== undefined) throw refusal(`${nameExample(b)}.${missing}`, "a value", "nothing");
  });
  const gone = mayMiss.map(({ name }) => name);
  const frame = observedFrame(axes, variables, examples.map(withoutGone(gone)), nameExample);
  const values = variables.flatMap((variable) => {
    const given = examples.map((example) => ownValue(example, variable.name));
    const nameValue = (/** @type {number} */ b) => `${nameExample(b)}.${variable.name}`;
    if (!gone.includes(variable.name) || !given.some((value) => hasMissing(variable, value)))
      return [[variable.name, packedValues(model, variable, frame, given, nameValue)]];
    const all = given.map((value, b) =>
      withFlags(
        model.axes,
        variable,
        asNested(value, () => nameValue(b)),
      ),
    );
    const pack = (/** @type {VariableInfo} */ packed, /** @type {ReadonlyArray<unknown>} */ from) =>
      packedValues(model, packed, frame, from, nameValue);
    const found = pack(
      variable,
      all.map(({ value }) => value),
    );
    const flags = pack(
      { name: givenName(variable.name), indices: variable.indices, shape: [] },
      all.map((each) => each.flags),
    );
    refuseReadBack(model, variable, frame, flags, nameValue);
    return [
      [variable.name, found],
      [givenName(variable.name), flags],
    ];
  });
  return { ...frame, values: Object.fromEntries(values) };
}

/**
 * An example without the variables that are missing as a whole: they show no lengths.
 *
 * @param {ReadonlyArray<string>} names
 */
function withoutGone(names) {
  return (/** @type {Example} */ example) =>
    names.some((name) => ownValue(example, name) === null)
      ? Object.fromEntries(Object.entries(example).filter(([name, value]) => value !== null || !names.includes(name)))
      : example;
}

/**
 * Every input; targets, their weights and noises if an example has them (without targets, there is no loss).
 *
 * @param {ModelInfo} model
 * @param {ReadonlyArray<Example>} examples
 */
function givenVariables(model, examples) {
  const isThere = (/** @type {VariableInfo} */ { name }) => examples.some((example) => Object.hasOwn(example, name));
  const inputs = model.inputs.filter((input) => input.weighs !== true || isThere(input));
  return [...inputs, ...[...model.targets, ...model.noises].filter(isThere)];
}
