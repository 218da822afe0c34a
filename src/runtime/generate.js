import { choices } from "./choose.js";
import { checkCountable, checkedTaste } from "./draw-options.js";
import { elementOf, isDrawn, newDrawing } from "./drawn.js";
import { newGenerator } from "./generator.js";
import { entryAt } from "./values.js";

/** @import { Generated, GenerateOptions, ModelInfo, Params } from "./interface.ts" */
/** @import { Generation } from "./program.ts" */
/** @import { Taste } from "./choose.js" */
/** @import { Drawn } from "./drawn.js" */
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
  const drawing = newDrawing(model, generation, stream, params, options, 1, (state) => state);
  const { size, state, drawn, rounds, fill, turn, keep } = drawing;
  checkCountable(options, drawn);
  const generators = Array.from({ length: size }, (_, b) => newGenerator(options.seed ?? 0, `sequence ${b}`));
  const sequences = generators.map(() => newSequence(drawn));
  let running = size;
  for (let t = 0; t < options.length && running > 0; t += 1) {
    fill(t);
    turn();
    const isOpen = generators.some((_, b) => isDrawn(drawn, t, b));
    if (isOpen) {
      for (const round of rounds) {
        if (round !== rounds[0]) turn();
        for (const variable of round) drawTarget(t, variable, generators, taste);
      }
      if (generation.again) turn();
    }
    keep(state.position + t + 1, isOpen && !generation.again);
    running = record(drawn, sequences);
  }
  return {
    values: Object.fromEntries(
      drawn.map(({ target }, i) => [target, sequences.map(({ elements }) => entryAt(elements, i))]),
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
 * @param {ReadonlyArray<Drawn>} drawn
 * @returns {Sequence}
 */
function newSequence(drawn) {
  return { elements: drawn.map(() => []), ended: false };
}

/**
 * The drawn values stand where the next step reads them.
 *
 * @param {number} t
 * @param {Drawn} variable
 * @param {ReadonlyArray<Generator>} generators
 * @param {Taste} taste
 */
function drawTarget(t, { family, isKnown, info, values, cells, args }, generators, taste) {
  for (let b = 0; b < generators.length; b += 1) {
    if (isKnown(t, b)) continue;
    for (const cell of entryAt(cells, b))
      values[cell] = choices[family](args, cell, info.symbols ?? 1, entryAt(generators, b), taste);
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
      const element = elementOf(variable, b);
      entryAt(sequence.elements, i).push(element);
      if (element === variable.until) sequence.ended = true;
    }
    if (!sequence.ended) running += 1;
  }
  return running;
}
