import { checkedRecords } from "./border.js";
import { checkEndings } from "./endings.js";
import { packedValues } from "./fill.js";
import { packingWithFlags } from "./missing.js";
import { fillNoise } from "./noise.js";
import { observedFrame } from "./observe.js";
import { checkGivenPositions } from "./positions.js";
import { describeValue, refusal, refuseUnknownNames } from "./refusal.js";
import { checkRequired } from "./required.js";
import { isOwnName, ownValue } from "./values.js";

/** @import { Batch, Example, ModelInfo, Values, VariableInfo } from "./interface.ts" */
/** @import { AxisInfo, Frame } from "./frame.js" */

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
  const batch = packVariables(
    model,
    model.axes,
    givenVariables(model, given),
    given,
    exampleText,
    packingWithFlags(model),
  );
  checkRequired(model, batch, exampleText);
  checkGivenPositions(model, batch, exampleText);
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
 * The values of some variables, which every example must give; nothing else may stand in the examples.
 *
 * @param {ModelInfo} model
 * @param {ReadonlyArray<AxisInfo>} axes those whose lengths are wanted
 * @param {ReadonlyArray<VariableInfo>} variables
 * @param {ReadonlyArray<Example>} examples
 * @param {(example: number) => string} nameExample
 * @param {Packing} [packing] by default nothing may be missing
 * @returns {Batch}
 */
export function packVariables(model, axes, variables, examples, nameExample, packing = plainPacking(model)) {
  const names = variables.map(({ name }) => name);
  const lengthNames = axes.flatMap(({ length }) => (typeof length === "string" && !isOwnName(length) ? [length] : []));
  examples.forEach((example, b) => {
    refuseUnknownNames(nameExample(b), Object.keys(example), [...names, ...lengthNames]);
    const missing = names.find((name) => ownValue(example, name) === undefined);
    if (missing !== undefined) throw refusal(`${nameExample(b)}.${missing}`, "a value", "nothing");
  });
  const frame = observedFrame(axes, variables, examples.map(packing.shown), nameExample);
  const values = variables.flatMap((variable) => {
    const given = examples.map((example) => ownValue(example, variable.name));
    return packing.values(variable, frame, given, (b) => `${nameExample(b)}.${variable.name}`);
  });
  return { ...frame, values: Object.fromEntries(values) };
}

/**
 * How examples become values: `shown` is what of one shows its lengths, `values` has those of a variable, and beside them
 * what else is to be known.
 *
 * @typedef {{
 *   readonly shown: (example: Example) => Example,
 *   readonly values: (
 *     variable: VariableInfo,
 *     frame: Frame,
 *     given: ReadonlyArray<unknown>,
 *     nameExample: (example: number) => string,
 *   ) => ReadonlyArray<readonly [name: string, values: Values]>,
 * }} Packing
 */

/** @type {(model: ModelInfo) => Packing} */
function plainPacking(model) {
  return {
    shown: (example) => example,
    values: (variable, frame, given, nameExample) => [
      [variable.name, packedValues(model, variable, frame, given, nameExample)],
    ],
  };
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
