import { choices } from "./choose.js";
import { checkSeed, newGenerator } from "./generator.js";
import { givenSteps } from "./given-steps.js";
import { describeValue, refusal } from "./refusal.js";
import { resultsOf } from "./results.js";
import { entryAt, ownValue, productOf } from "./values.js";

/** @import { Generated, GenerateOptions, Generation, ModelInfo, Params, RandomInfo, State, Values, VariableInfo } from "../interface.ts" */
/** @import { Taste } from "./choose.js" */
/** @import { Generator } from "./generator.js" */
/** @import { Stream } from "./stream.js" */

/**
 * Runs a model freely: at each step every `~` that is not given is drawn and read back by the steps after it. Each
 * sequence has random numbers of its own, so it does not depend on those generated beside it. What is returned begins
 * with the prefix and ends with the symbol that ends a sequence.
 *
 * @param {ModelInfo} model
 * @param {Generation} generation
 * @param {Stream} stream
 * @param {Params} params
 * @param {GenerateOptions} options
 * @returns {Generated}
 */
export function generated(model, generation, stream, params, options) {
  const taste = checkedTaste(options);
  const randoms = model.randoms.filter(({ target }) =>
    targetInfo(model, target).indices.includes(`${model.streamable}`),
  );
  const given = givenSteps(model, stream.wanted, options);
  const generators = given.contexts.map((_, b) => newGenerator(options.seed ?? 0, `sequence ${b}`));
  const sequences = given.contexts.map(() => newSequence(randoms));
  let state = stream.start(params, given.contexts);
  for (let t = 0; t < options.length && sequences.some(({ ended }) => !ended); t += 1) {
    const { values, known } = given.at(t, stream.frameOf(state));
    state = drawnStep(generation, stream, params, state, randoms, { model, generators, taste, known, values });
    record(model, randoms, values, sequences);
  }
  return {
    values: Object.fromEntries(
      randoms.map(({ target }) => [target, sequences.map(({ values }) => entryOf(values, target))]),
    ),
    lengths: sequences.map(({ values }) => Object.values(values)[0]?.length ?? 0),
  };
}

/**
 * @typedef {{
 *   readonly values: Readonly<Record<string, Array<number | ReadonlyArray<number>>>>,
 *   ended: boolean,
 * }} Sequence
 */

/**
 * @param {ReadonlyArray<RandomInfo>} randoms
 * @returns {Sequence}
 */
function newSequence(randoms) {
  return { values: Object.fromEntries(randoms.map(({ target }) => [target, []])), ended: false };
}

/**
 * What is known when drawing: `known` says of a target and a sequence whether its value was given.
 *
 * @typedef {{
 *   readonly model: ModelInfo,
 *   readonly generators: ReadonlyArray<Generator>,
 *   readonly taste: Taste,
 *   readonly known: (target: string, sequence: number) => boolean,
 *   readonly values: Readonly<Record<string, Values>>,
 * }} Draw
 */

/**
 * One step: `draw.values` gets the drawn values, which the new state then holds.
 *
 * @param {Generation} generation
 * @param {Stream} stream
 * @param {Params} params
 * @param {State} state
 * @param {ReadonlyArray<RandomInfo>} randoms
 * @param {Draw} draw
 */
function drawnStep(generation, stream, params, state, randoms, draw) {
  let frame = stream.advance(params, state, draw.values);
  const isOpen = (/** @type {string} */ target) => draw.generators.some((_, b) => !draw.known(target, b));
  if (!randoms.some(({ target }) => isOpen(target))) return stream.stateAfter(state, frame);
  generation.rounds.forEach((round, i) => {
    if (i > 0) frame = stream.advance(params, state, draw.values);
    const distributions = resultsOf(stream.step, "distribution", frame);
    for (const random of randoms) if (round.includes(random.target)) drawTarget(random, distributions, draw);
  });
  if (generation.again) return stream.stateAfter(state, stream.advance(params, state, draw.values));
  const after = stream.stateAfter(state, frame);
  const copies = generation.copies.map((copy) => [copy.state, entryOf(draw.values, copy.target).slice()]);
  return { ...after, values: { ...after.values, ...Object.fromEntries(copies) } };
}

/**
 * @param {RandomInfo} random
 * @param {Readonly<Record<string, Values>>} distributions
 * @param {Draw} draw
 */
function drawTarget(random, distributions, { model, generators, taste, known, values }) {
  const args = random.arguments.map((name) => entryOf(distributions, name));
  const target = entryOf(values, random.target);
  const info = targetInfo(model, random.target);
  const block = productOf(info.shape);
  for (let cell = 0; cell < target.length; cell += 1) {
    const sequence = Math.floor(cell / block) % generators.length;
    if (known(random.target, sequence)) continue;
    const generator = entryAt(generators, sequence);
    target[cell] = choices[random.family](args, cell, info.symbols ?? 1, generator, taste);
  }
}

/**
 * Adds a step to every sequence that has not ended, and ends those whose symbol says so.
 *
 * @param {ModelInfo} model
 * @param {ReadonlyArray<RandomInfo>} randoms
 * @param {Readonly<Record<string, Values>>} drawn
 * @param {ReadonlyArray<Sequence>} sequences
 */
function record(model, randoms, drawn, sequences) {
  sequences.forEach((sequence, b) => {
    if (sequence.ended) return;
    for (const { target, until } of randoms) {
      const info = targetInfo(model, target);
      const element = elementOf(info, entryOf(drawn, target), b, sequences.length);
      entryOf(sequence.values, target).push(element);
      if (until !== undefined && element === until) sequence.ended = true;
    }
  });
}

/**
 * One sequence's part of a step: a number, or the numbers of all its components.
 *
 * @param {VariableInfo} info
 * @param {Values} values
 * @param {number} sequence
 * @param {number} size
 */
function elementOf(info, values, sequence, size) {
  if (info.shape.length === 0 && info.indices.length === 1) return entryAt(values, sequence);
  const block = productOf(info.shape);
  return Array.from(values.filter((_, i) => Math.floor(i / block) % size === sequence));
}

/**
 * @param {GenerateOptions} options
 * @returns {Taste}
 */
function checkedTaste({ seed = 0, choose = "draw", temperature = 1, length }) {
  checkSeed(seed);
  if (choose !== "draw" && choose !== "mode")
    throw refusal("options.choose", '"draw" or "mode"', describeValue(choose));
  if (!(typeof temperature === "number" && temperature > 0 && temperature < Number.POSITIVE_INFINITY))
    throw refusal("options.temperature", "a number above 0", describeValue(temperature));
  if (!(Number.isInteger(length) && length >= 0))
    throw refusal("options.length", "an integer that is not negative", describeValue(length));
  return { mode: choose === "mode", temperature };
}

/**
 * @param {ModelInfo} model
 * @param {string} target
 * @returns {VariableInfo}
 */
function targetInfo(model, target) {
  return entryAt(
    model.targets.filter(({ name }) => name === target),
    0,
  );
}

/**
 * An entry that the caller knows to be there.
 *
 * @template A
 * @param {Readonly<Record<string, A>>} record
 * @param {string} name
 * @returns {A}
 */
function entryOf(record, name) {
  return /** @type {A} */ (ownValue(record, name));
}
