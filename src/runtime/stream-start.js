import { checkEndings } from "./endings.js";
import { checkParams, loadParams, newLoader } from "./leaves.js";
import { fillNoise } from "./noise.js";
import { checkedExamples, packVariables } from "./pack.js";
import { refusal } from "./refusal.js";
import { checkRequired } from "./required.js";

/** @import { Example, ModelInfo, OneOrMany, Params, State, Values } from "./interface.ts" */
/** @import { Program } from "./program.ts" */
/** @import { Runner } from "./runner.js" */

/**
 * The state before the first step: the boundaries of the delays, and the context, which is all that the steps use but
 * that does not change along the axis (what an encoder made of its sentence).
 *
 * @param {ModelInfo} model
 * @param {Runner} runner of the `start` program
 * @param {{ readonly start: Program, readonly step: Program }} programs
 * @param {Params} params
 * @param {OneOrMany<Example>} [context]
 * @param {string} [where] what the context is called
 * @returns {State}
 */
export function startedState(model, runner, programs, params, context = {}, where = "context") {
  const nameExample = Array.isArray(context) ? (/** @type {number} */ b) => `${where}[${b}]` : () => where;
  const examples = checkedExamples(Array.isArray(context) ? context : [context], nameExample);
  if (examples.length === 0) throw refusal(where, "an example for each stream, at least one", "none");
  checkParams(model, params);
  const still = contextPart(model);
  const isThere = isGiven(examples);
  const inputs = still.inputs.filter((input) => input.weighs !== true || isThere(input));
  const variables = [...inputs, ...[...still.targets, ...still.noises].filter(isThere)];
  const needed = [...programs.start.lengths, ...programs.step.lengths];
  const axes = still.axes.filter(
    ({ name, length }) =>
      needed.includes(String(length)) ||
      variables.some(({ indices }) => indices.includes(name)) ||
      examples.some((example) => Object.hasOwn(example, length)),
  );
  const batch = packVariables(still, axes, variables, examples, nameExample);
  checkRequired({ ...still, axes }, batch, nameExample);
  checkEndings(still, examples, nameExample);
  const full = { ...batch, values: { ...fillNoise({ ...still, axes }, batch, undefined), ...batch.values } };
  runner.prepare(full);
  loadParams(runner, params);
  newLoader(runner, still)(full, undefined);
  runner.run();
  const results = Object.entries(runner.state());
  return {
    size: batch.size,
    position: 0,
    values: Object.fromEntries(results.filter(([name]) => !name.startsWith("$context."))),
    context: Object.fromEntries(results.filter(([name]) => name.startsWith("$context."))),
    lengths: batch.lengths,
  };
}

/**
 * The part of a model that does not stand over the axis it streams along.
 *
 * @param {ModelInfo} model
 * @returns {ModelInfo}
 */
export function contextPart(model) {
  /** @param {{ readonly indices: ReadonlyArray<string> }} variable */
  const isStill = ({ indices }) => !indices.includes(String(model.streamable));
  return {
    ...model,
    axes: model.axes.filter(({ name }) => name !== model.streamable),
    inputs: model.inputs.filter(isStill),
    targets: model.targets.filter(isStill),
    noises: model.noises.filter(isStill),
  };
}

/** @param {ReadonlyArray<Example>} examples */
function isGiven(examples) {
  return (/** @type {{ readonly name: string }} */ { name }) =>
    examples.some((example) => Object.hasOwn(example, name));
}
