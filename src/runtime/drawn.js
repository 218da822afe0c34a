import { axesNamed, eachCell } from "./frame.js";
import { givenSteps } from "./given-steps.js";
import { entryAt, ownValue, productOf, putValue } from "./values.js";

/** @import { GenerateOptions, ModelInfo, Params, RandomInfo, State, Values, VariableInfo } from "./interface.ts" */
/** @import { Generation } from "./program.ts" */
/** @import { Frame } from "./frame.js" */
/** @import { Stream, Turns } from "./stream.js" */

/**
 * A `~` with where its values of a step stand, and its distribution's; `cells` are the places of each sequence's values
 * among them, without what is padding beside a longer one.
 *
 * @typedef {RandomInfo & {
 *   readonly info: VariableInfo, readonly values: Values, readonly args: ReadonlyArray<Values>,
 *   readonly cells: ReadonlyArray<ReadonlyArray<number>>,
 *   readonly isKnown: (t: number, sequence: number) => boolean,
 * }} Drawn
 */

/**
 * What generates: the variables that are drawn, in rounds; `fill` puts what is given for a step among the `values` that
 * `turn` reads. `rows` of the state are of each sequence, side by side, and `size` is the number of sequences.
 *
 * @typedef {Turns & {
 *   readonly size: number, readonly state: State,
 *   readonly drawn: ReadonlyArray<Drawn>, readonly rounds: ReadonlyArray<ReadonlyArray<Drawn>>,
 *   readonly fill: (t: number) => void,
 * }} Drawing
 */

/**
 * @param {ModelInfo} model
 * @param {Generation} generation
 * @param {Stream} stream
 * @param {Params} params
 * @param {GenerateOptions} options
 * @param {number} rows
 * @param {(state: State) => State} spread the state of each sequence over its rows
 * @returns {Drawing}
 */
export function newDrawing(model, generation, stream, params, options, rows, spread) {
  const given = givenSteps(model, stream.wanted, options);
  const state = spread(stream.start(params, given.contexts, "options.inputs"));
  const frame = stream.frameOf(state);
  stream.load(params, state);
  const { values, fill } = given.room(frame, rows);
  const distributions = distributionsOf(stream);
  const drawn = model.randoms.flatMap((random) => {
    const info = model.targets.find(({ name }) => name === random.target);
    if (info === undefined || !info.indices.includes(`${model.streamable}`)) return [];
    const args = random.arguments.map((name) => entryOf(distributions, name));
    const isKnown = given.known(random.target);
    return [
      { ...random, info, args, isKnown, values: entryOf(values, random.target), cells: cellsOf(model, info, frame) },
    ];
  });
  const copies = Object.fromEntries(generation.copies.map(({ state, target }) => [state, entryOf(values, target)]));
  const rounds = generation.rounds.map((round) => drawn.filter(({ target }) => round.includes(target)));
  return { ...stream.turns(values, copies), size: given.contexts.length, state, drawn, rounds, fill };
}

/**
 * The arena stays where it is until the next load.
 *
 * @param {Stream} stream
 */
function distributionsOf({ step }) {
  /** @type {Record<string, Values>} */
  const distributions = {};
  for (const { slot, size } of step.results) {
    const offset = step.offset(slot);
    if (slot.role === "distribution") putValue(distributions, slot.name, step.arena().subarray(offset, offset + size));
  }
  return distributions;
}

/**
 * @param {ModelInfo} model
 * @param {VariableInfo} info
 * @param {Frame} frame
 */
function cellsOf(model, { indices, shape }, frame) {
  const block = productOf(shape);
  const inside = model.axes.filter(({ name }) => name !== model.streamable && indices.includes(name));
  /** @type {ReadonlyArray<Array<number>>} */
  const cells = Array.from({ length: frame.size }, () => []);
  eachCell(axesNamed(inside, [...inside.map(({ name }) => name), "@batch"]), frame, (cell, row, isValid) => {
    if (isValid) for (let i = 0; i < block; i += 1) entryAt(cells, row).push(cell * block + i);
  });
  return cells;
}

/**
 * Whether a value of the step is to be drawn, of a sequence.
 *
 * @param {ReadonlyArray<Drawn>} drawn
 * @param {number} t
 * @param {number} sequence
 */
export function isDrawn(drawn, t, sequence) {
  // A loop, where a function for each element would take longer than what it does.
  for (const { isKnown } of drawn) if (!isKnown(t, sequence)) return true;
  return false;
}

/**
 * One row's part of a step: a number, or the numbers of all its components.
 *
 * @param {Drawn} variable
 * @param {number} row
 */
export function elementOf({ info, values, cells }, row) {
  if (info.shape.length === 0 && info.indices.length === 1) return entryAt(values, row);
  return entryAt(cells, row).map((cell) => entryAt(values, cell));
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
