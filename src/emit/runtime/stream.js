import { checkedList } from "./leaves.js";
import { greatestStep } from "./limits.js";
import { rangeRefusal } from "./refusal.js";
import { newRunner } from "./runner.js";
import { startedState } from "./stream-start.js";
import { copyInto, ownValue } from "./values.js";

/** @import { Example, ModelInfo, OneOrMany, Params, Program, State, Values } from "../interface.ts" */
/** @import { Frame } from "./frame.js" */
/** @import { Runner } from "./runner.js" */

/**
 * A model one step at a time. `load` brings parameters and a state into the arena; `turn` runs a step on values in the
 * inside order and leaves its results there; from them `stateAfter` makes a new state. `turns` is for many steps without
 * another `load`: they read the same arrays, whatever stands in them then. `forget` must be called when parameters may
 * have been changed in place.
 *
 * @typedef {{
 *   readonly start: (params: Params, context?: OneOrMany<Example>) => State,
 *   readonly load: (params: Params, state: State) => void,
 *   readonly turn: (values: Readonly<Record<string, ArrayLike<number>>>) => void,
 *   readonly stateAfter: (state: State) => State,
 *   readonly turns: (values: Readonly<Record<string, Values>>, states: Readonly<Record<string, Values>>) => Turns,
 *   readonly frameOf: (state: State) => Frame,
 *   readonly forget: () => void,
 *   readonly step: Runner,
 *   readonly wanted: ReadonlyArray<string>,
 * }} Stream
 */

/**
 * `turn` runs a step, `keep` puts the state it leaves where the next one reads it; where `isGiven`, states that were given
 * by name are those.
 *
 * @typedef {{ readonly turn: () => void, readonly keep: (position: number, isGiven: boolean) => void }} Turns
 */

/**
 * @param {ModelInfo} model
 * @param {{ readonly start: Program, readonly step: Program }} programs
 * @returns {Stream}
 */
export function newStream(model, programs) {
  const start = newRunner(programs.start, model.precision);
  const step = newRunner(programs.step, model.precision);
  const begins = (/** @type {string} */ beginning) => step.leaves.filter(({ slot }) => slot.name.startsWith(beginning));
  const positions = begins("$position");
  const states = begins("$state.");
  const lasting = step.leaves.filter(({ slot }) => slot.kind === "parameter" || slot.name.startsWith("$context."));
  const inputs = step.leaves.filter((leaf) => ![...positions, ...states, ...lasting].includes(leaf));
  const kept = states.map((leaf) => ({
    leaf,
    result: step.results.find(({ slot }) => slot.role === "state" && slot.name === leaf.slot.name),
  }));
  /** What each leaf that rarely changes was loaded from. @type {Array<unknown>} */
  const loaded = [];
  const forget = () => {
    loaded.fill(undefined);
  };
  const most = greatestStep(model);
  const place = (/** @type {number} */ position) => {
    for (const { slot } of positions) step.arena()[step.offset(slot)] = position;
  };
  /** @type {(values: Readonly<Record<string, ArrayLike<number>>>, input: typeof inputs[number]) => ArrayLike<number>} */
  const given = (values, { slot, size }) =>
    checkedList(ownValue(values, slot.name), size, () => `the step's ${slot.name}`);
  return {
    step,
    forget,
    wanted: inputs.map(({ slot }) => slot.name),
    start: (params, context) => {
      forget();
      return startedState(model, start, programs, params, context);
    },
    frameOf,
    load: (params, state) => {
      if (state.position >= most)
        throw rangeRefusal(
          `the step: axis ${model.streamable} counts components, of which there are ${most}, found position ${state.position + 1}`,
        );
      if (step.prepare(frameOf(state))) forget();
      lasting.forEach(({ slot, size }, i) => {
        const isParameter = slot.kind === "parameter";
        const values = ownValue(isParameter ? params : state.context, slot.name);
        if (values !== undefined && values === loaded[i]) return;
        const where = () => (isParameter ? `params[${JSON.stringify(slot.name)}]` : `the state's ${slot.name}`);
        step.arena().set(checkedList(values, size, where), step.offset(slot));
        loaded[i] = values;
      });
      for (const { slot, size } of states) {
        const values = checkedList(ownValue(state.values, slot.name), size, () => `the state's ${slot.name}`);
        step.arena().set(values, step.offset(slot));
      }
      place(state.position);
    },
    turn: (values) => {
      for (const input of inputs) step.arena().set(given(values, input), step.offset(input.slot));
      step.run();
    },
    stateAfter: (state) => ({ ...state, position: state.position + 1, values: step.state() }),
    turns: (values, copies) => {
      const arena = step.arena();
      const reads = inputs.map((input) => ({ from: given(values, input), to: step.offset(input.slot) }));
      const states = kept.map(({ leaf, result }) => {
        const from = result === undefined ? 0 : step.offset(result.slot);
        return {
          own: ownValue(copies, leaf.slot.name),
          from,
          end: from + (result?.size ?? 0),
          to: step.offset(leaf.slot),
        };
      });
      return {
        turn: () => {
          for (const { from, to } of reads) copyInto(arena, from, to);
          step.run();
        },
        keep: (position, isGiven) => {
          for (const { own, from, end, to } of states) {
            if (own !== undefined && isGiven) copyInto(arena, own, to);
            else arena.copyWithin(to, from, end);
          }
          place(position);
        },
      };
    },
  };
}

/** The lengths of a state never change, so neither does its frame. @type {WeakMap<State["lengths"], Frame>} */
const frames = new WeakMap();

/**
 * @param {State} state
 * @returns {Frame}
 */
function frameOf(state) {
  const known = frames.get(state.lengths);
  if (known !== undefined) return known;
  const longest = Object.entries(state.lengths).map(([name, lengths]) => [
    name,
    lengths.reduce((greatest, length) => Math.max(greatest, length), 0),
  ]);
  const frame = { size: state.size, lengths: state.lengths, longest: Object.fromEntries(longest) };
  frames.set(state.lengths, frame);
  return frame;
}
