import { checkedRecord } from "./border.js";
import { choices } from "./choose.js";
import { checkSeed, newGenerator } from "./generator.js";
import { givenSteps } from "./given-steps.js";
import { describeValue, refusal, refuseUnknownNames } from "./refusal.js";
import { entryAt, ownValue, productOf, putValue } from "./values.js";

/** @import { Generated, GenerateOptions, ModelInfo, Params, RandomInfo, Values, VariableInfo } from "./interface.ts" */
/** @import { Generation } from "./program.ts" */
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
  const state = stream.start(params, given.contexts, "options.inputs");
  const frame = stream.frameOf(state);
  stream.load(params, state);
  const { values, fill } = given.room(frame);
  /** @type {Draw} */
  const draw = { generators, taste, known: given.known, values, distributions: {} };
  // The arena stays where it is until the next load.
  for (const { slot, size } of stream.step.results) {
    const offset = stream.step.offset(slot);
    if (slot.role === "distribution")
      putValue(draw.distributions, slot.name, stream.step.arena().subarray(offset, offset + size));
  }
  const drawn = randoms.map((random) => drawnVariable(model, random, draw));
  const copies = Object.fromEntries(generation.copies.map(({ state, target }) => [state, entryOf(values, target)]));
  const { turn, keep } = stream.turns(values, copies);
  const rounds = generation.rounds.map((round) => drawn.filter(({ target }) => round.includes(target)));
  let running = sequences.length;
  for (let t = 0; t < options.length && running > 0; t += 1) {
    fill(t);
    turn();
    const isOpen = isDrawn(drawn, t, sequences.length);
    if (isOpen) {
      for (const round of rounds) {
        if (round !== rounds[0]) turn();
        for (const variable of round) drawTarget(t, variable, draw);
      }
      if (generation.again) turn();
    }
    keep(state.position + t + 1, isOpen && !generation.again);
    running = record(drawn, sequences);
  }
  return {
    values: Object.fromEntries(
      randoms.map(({ target }, i) => [target, sequences.map(({ elements }) => entryAt(elements, i))]),
    ),
    lengths: sequences.map(({ elements }) => elements[0]?.length ?? 0),
  };
}

/**
 * Of each `~` its elements, step by step.
 *
 * @typedef {{ readonly elements: ReadonlyArray<Array<number | ReadonlyArray<number>>>, ended: boolean }} Sequence
 */

/**
 * @param {ReadonlyArray<RandomInfo>} randoms
 * @returns {Sequence}
 */
function newSequence(randoms) {
  return { elements: randoms.map(() => []), ended: false };
}

/**
 * What is known when drawing: `known` says of a target whether its value was given, at a step of a sequence; `values` gets
 * the drawn values, which the next step reads.
 *
 * @typedef {{
 *   readonly generators: ReadonlyArray<Generator>,
 *   readonly taste: Taste,
 *   readonly known: (target: string) => (t: number, sequence: number) => boolean,
 *   readonly values: Readonly<Record<string, Values>>,
 *   readonly distributions: Record<string, Values>,
 * }} Draw
 */

/**
 * A `~` with where its values of a step stand, and its distribution's; `block` is the number of components of one
 * sequence.
 *
 * @typedef {RandomInfo & {
 *   readonly info: VariableInfo, readonly values: Values, readonly block: number, readonly args: ReadonlyArray<Values>,
 *   readonly isKnown: (t: number, sequence: number) => boolean,
 * }} Drawn
 */

/**
 * @param {ModelInfo} model
 * @param {RandomInfo} random
 * @param {Draw} draw
 * @returns {Drawn}
 */
function drawnVariable(model, random, draw) {
  const info = targetInfo(model, random.target);
  const args = random.arguments.map((name) => entryOf(draw.distributions, name));
  const isKnown = draw.known(random.target);
  return { ...random, info, args, isKnown, values: entryOf(draw.values, random.target), block: productOf(info.shape) };
}

/**
 * Whether a value of the step is to be drawn, of any sequence. Loops, here and below, where a function for each element
 * would take longer than what it does.
 *
 * @param {ReadonlyArray<Drawn>} drawn
 * @param {number} t
 * @param {number} size
 */
function isDrawn(drawn, t, size) {
  for (const { isKnown } of drawn) for (let b = 0; b < size; b += 1) if (!isKnown(t, b)) return true;
  return false;
}

/**
 * @param {number} t
 * @param {Drawn} variable
 * @param {Draw} draw
 */
function drawTarget(t, { family, isKnown, info, values, block, args }, draw) {
  for (let cell = 0; cell < values.length; cell += 1) {
    const sequence = Math.floor(cell / block) % draw.generators.length;
    if (isKnown(t, sequence)) continue;
    values[cell] = choices[family](args, cell, info.symbols ?? 1, entryAt(draw.generators, sequence), draw.taste);
  }
}

/**
 * Adds a step to every sequence that has not ended, and ends those whose symbol says so; how many go on.
 *
 * @param {ReadonlyArray<Drawn>} drawn
 * @param {ReadonlyArray<Sequence>} sequences
 */
function record(drawn, sequences) {
  let running = 0;
  for (let b = 0; b < sequences.length; b += 1) {
    const sequence = entryAt(sequences, b);
    if (sequence.ended) continue;
    for (let i = 0; i < drawn.length; i += 1) {
      const variable = entryAt(drawn, i);
      const element = elementOf(variable, b, sequences.length);
      entryAt(sequence.elements, i).push(element);
      if (element === variable.until) sequence.ended = true;
    }
    if (!sequence.ended) running += 1;
  }
  return running;
}

/**
 * One sequence's part of a step: a number, or the numbers of all its components.
 *
 * @param {Drawn} variable
 * @param {number} sequence
 * @param {number} size
 */
function elementOf({ info, values, block }, sequence, size) {
  if (info.shape.length === 0 && info.indices.length === 1) return entryAt(values, sequence);
  return Array.from(values.filter((_, i) => Math.floor(i / block) % size === sequence));
}

/** @type {ReadonlyArray<keyof GenerateOptions>} */
const optionNames = ["length", "seed", "size", "choose", "temperature", "prefix", "inputs"];

/**
 * @param {GenerateOptions} options
 * @returns {Taste}
 */
function checkedTaste(options) {
  checkedRecord(options, "options", "an object with the greatest length, as { length: 10 }");
  refuseUnknownNames("options", Object.keys(options), optionNames);
  const { seed = 0, choose = "draw", temperature = 1, length } = options;
  checkSeed(seed, "options.seed");
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
