import { checkEndings } from "./endings.js";
import { eachCell, extentIn } from "./frame.js";
import { greatestStep } from "./limits.js";
import { checkedExamples, packVariables } from "./pack.js";
import { describeValue, rangeRefusal, refusal, refuseUnknownNames } from "./refusal.js";
import { stepVariables } from "./stream-input.js";
import { contextPart } from "./stream-start.js";
import { newValues, ownValue, productOf, putRepeated } from "./values.js";

/** @import { Batch, Example, GenerateOptions, ModelInfo, OneOrMany, Values, VariableInfo } from "./interface.ts" */
/** @import { Frame } from "./frame.js" */

/**
 * What the steps read: `room` makes room for a step in the inside order, and what fills that with the values of one, where
 * so many rows of the frame are of each sequence; `known` says of a target whether the caller gave its value, at a step of a sequence.
 *
 * @typedef {{
 *   readonly contexts: ReadonlyArray<Example>,
 *   readonly room: (frame: Frame, rows: number) => {
 *     readonly values: Readonly<Record<string, Values>>, readonly fill: (t: number) => void,
 *   },
 *   readonly known: (target: string) => (t: number, sequence: number) => boolean,
 * }} GivenSteps
 */

/**
 * What the caller of `generate` gives: each sequence's context, and its inputs and prefix step by step. What is not
 * given is 0, noise its mean.
 *
 * @param {ModelInfo} model
 * @param {ReadonlyArray<string>} wanted the names that a step reads
 * @param {GenerateOptions} options
 * @returns {GivenSteps}
 */
export function givenSteps(model, wanted, options) {
  const { size = Math.max(countOf(options.inputs), countOf(options.prefix)) } = options;
  if (!(Number.isInteger(size) && size > 0 && size < 2147483648))
    throw refusal("options.size", "an integer above 0", describeValue(size));
  const inputs = eachOf(options.inputs, size, "options.inputs");
  const prefixes = eachOf(options.prefix, size, "options.prefix");
  const targets = model.targets.filter(({ name }) => prefixes.some((prefix) => Object.hasOwn(prefix, name)));
  const targetNames = model.targets.map(({ name }) => name);
  for (const prefix of prefixes) refuseUnknownNames("options.prefix", Object.keys(prefix), targetNames);
  const moving = model.inputs.filter(
    ({ name, indices }) => indices.includes(`${model.streamable}`) && wanted.includes(name),
  );
  const names = stillNames(model);
  const read = packMoving(model, moving, inputs.map(onlyNames((name) => !names.includes(name))), "options.inputs");
  const prefix = packMoving(model, targets, prefixes, "options.prefix");
  checkReach(model, read, prefix, options.length);
  const begun = stepsOfEach(model, prefix);
  checkEndings(model, prefixes, (b) => `options.prefix[${b}]`);
  const variables = stepVariables(model, `${model.streamable}`);
  return {
    contexts: inputs.map(onlyNames((name) => names.includes(name))),
    room: (frame, rows) => {
      const places = variables.map((variable) => ({
        name: variable.name,
        values: newValues(
          model.precision,
          productOf([...extentsOf(model, variable, frame), frame.size, ...variable.shape]),
        ),
        block: productOf(variable.shape),
        input: stepsOf(model, variable.name, read),
        begun: stepsOf(model, variable.name, prefix),
        mean: variable.noise?.mean ?? 0,
      }));
      return {
        values: Object.fromEntries(places.map(({ name, values }) => [name, values])),
        fill: (t) => {
          for (const { values, block, input, begun, mean } of places) {
            const given = input(t) ?? begun(t);
            if (given === undefined) values.fill(mean);
            else putRepeated(values, given, block, rows);
          }
        },
      };
    },
    known: (target) => {
      const isGiven = Object.hasOwn(prefix.values, target);
      return (t, sequence) => isGiven && t < Number(begun[sequence]);
    },
  };
}

/** The length of what is given along the axis that is generated; a `$` stands in no name of a source. */
const stepCount = "$steps";

/**
 * @param {ModelInfo} model
 * @param {ReadonlyArray<VariableInfo>} variables
 * @param {ReadonlyArray<Example>} examples
 * @param {string} where
 * @returns {Batch}
 */
function packMoving(model, variables, examples, where) {
  const open = {
    ...model,
    axes: model.axes.map((axis) => (axis.name === model.streamable ? { ...axis, length: stepCount } : axis)),
  };
  const axes = open.axes.filter(({ name }) => variables.some(({ indices }) => indices.includes(name)));
  return packVariables(open, axes, variables, examples, (b) => `${where}[${b}]`);
}

/**
 * The values of a variable, packed over all steps, at one of them; none beyond the longest.
 *
 * @param {ModelInfo} model
 * @param {string} name
 * @param {Batch} batch
 * @returns {(t: number) => Values | undefined}
 */
function stepsOf(model, name, batch) {
  const values = ownValue(batch.values, name);
  const steps = ownValue(batch.longest, stepCount) ?? 0;
  if (values === undefined) return () => undefined;
  const [variable] = [...model.inputs, ...model.targets].filter((other) => other.name === name);
  const axes = model.axes.filter((axis) => variable?.indices.includes(axis.name));
  const outside = axes.slice(
    0,
    axes.findIndex((axis) => axis.name === model.streamable),
  );
  const outer = productOf(outside.map(({ length }) => extentIn(batch, length)));
  const block = values.length / (outer * steps);
  const found = newValues(model.precision, outer * block);
  return (t) => {
    if (t >= steps) return undefined;
    for (let i = 0; i < outer; i += 1) {
      const from = (i * steps + t) * block;
      found.set(values.subarray(from, from + block), i * block);
    }
    return found;
  };
}

/**
 * Inputs must reach as far as is generated, and a prefix no farther.
 *
 * @param {ModelInfo} model
 * @param {Batch} read
 * @param {Batch} prefix
 * @param {number} length
 */
function checkReach(model, read, prefix, length) {
  const fixed = model.axes.find(({ name }) => name === model.streamable)?.length;
  if (typeof fixed === "number" && length > fixed)
    throw rangeRefusal(`options.length: axis ${model.streamable} has ${fixed} positions, found ${length}`);
  if (length > greatestStep(model))
    throw rangeRefusal(
      `options.length: axis ${model.streamable} counts components, of which there are ${greatestStep(model)}, found ${length}`,
    );
  eachSteps(model, read, (steps, b) => {
    if (steps < length) throw rangeRefusal(`options.inputs[${b}]: ${length} steps need as many inputs, found ${steps}`);
  });
  eachSteps(model, prefix, (steps, b) => {
    if (steps > length) throw rangeRefusal(`options.prefix[${b}]: ${steps} steps are more than the length, ${length}`);
  });
}

/**
 * Visits how many steps each example has, at every position of what the generated axis stands over.
 *
 * @param {ModelInfo} model
 * @param {Batch} batch
 * @param {(steps: number, example: number) => void} visit
 */
function eachSteps({ axes, streamable }, batch, visit) {
  const table = ownValue(batch.lengths, stepCount);
  const over = axes.find(({ name }) => name === streamable)?.over ?? [];
  if (table !== undefined)
    eachCell([null, ...axes.filter(({ name }) => over.includes(name))], batch, (cell, example, isValid) => {
      if (isValid) visit(Number(table[cell]), example);
    });
}

/**
 * How many steps of each sequence are given: as many at every position of what the generated axis stands over.
 *
 * @param {ModelInfo} model
 * @param {Batch} prefix
 * @returns {ReadonlyArray<number>}
 */
function stepsOfEach(model, prefix) {
  /** @type {Array<number>} */
  const found = [];
  eachSteps(model, prefix, (steps, b) => {
    const known = found[b];
    if (known !== undefined && known !== steps)
      throw rangeRefusal(
        `options.prefix[${b}]: axis ${model.streamable} is to begin with as many steps everywhere, found ${known} and ${steps}`,
      );
    found[b] = steps;
  });
  return found;
}

/**
 * @param {ModelInfo} model
 * @param {VariableInfo} variable
 * @param {Frame} frame
 */
function extentsOf(model, variable, frame) {
  const axes = model.axes.filter(({ name }) => variable.indices.includes(name));
  return axes.map(({ length }) => extentIn(frame, length));
}

/**
 * The names of a sequence's context: variables that do not stand over the generated axis, and lengths.
 *
 * @param {ModelInfo} model
 */
function stillNames(model) {
  const { inputs, targets, noises, axes } = contextPart(model);
  return [...[...inputs, ...targets, ...noises].map(({ name }) => name), ...axes.map(({ length }) => String(length))];
}

/** @param {(name: string) => boolean} isWanted */
function onlyNames(isWanted) {
  return (/** @type {Example} */ example) =>
    Object.fromEntries(Object.entries(example).filter(([name]) => isWanted(name)));
}

/** @param {OneOrMany<Example>} [given] */
function countOf(given) {
  return isMany(given) ? given.length : 1;
}

/**
 * @param {OneOrMany<Example> | undefined} given
 * @param {number} size
 * @param {string} where
 * @returns {ReadonlyArray<Example>}
 */
function eachOf(given, size, where) {
  if (given === undefined) return Array.from({ length: size }, () => ({}));
  if (!isMany(given)) {
    const [one] = checkedExamples([given], () => where);
    return Array.from({ length: size }, () => /** @type {Example} */ (one));
  }
  if (given.length !== size) throw refusal(where, `one, or one for each of ${size} sequences`, String(given.length));
  return checkedExamples(given, (b) => `${where}[${b}]`);
}

/**
 * @param {OneOrMany<Example> | undefined} given
 * @returns {given is ReadonlyArray<Example>}
 */
function isMany(given) {
  return Array.isArray(given);
}
