import { checkedCarried, checkedFinite, checkedList, paramText } from "./border.js";
import { checkState, tableSize } from "./frame-check.js";
import { checkParams } from "./leaves.js";
import { greatestStep } from "./limits.js";
import { runTimeAxes } from "./observe.js";
import { describeValue, rangeRefusal, refusal } from "./refusal.js";
import { newRunner } from "./runner.js";
import { startedState } from "./stream-start.js";
import { copyInto, isList, ownValue } from "./values.js";

/** @import { Example, ModelInfo, OneOrMany, Params, State, Values } from "./interface.ts" */
/** @import { Program } from "./program.ts" */
/** @import { Frame } from "./frame.js" */
/** @import { Runner } from "./runner.js" */

/**
 * A model one step at a time. `load` brings parameters and a state into the arena; `turn` runs a step on values in the
 * inside order and leaves its results there; from them `stateAfter` makes a new state. `turns` is for many steps without
 * another `load`: they read the same arrays, whatever stands in them then. `forget` must be called when parameters may
 * have been changed in place.
 *
 * @typedef {{
 *   readonly start: (params: Params, context?: OneOrMany<Example>, where?: string) => State,
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
  /** The parameters that were found to be right. @type {Params | undefined} */
  let checked;
  const frameOf = newFrames(model, programs.step.lengths);
  const forget = () => {
    loaded.fill(undefined);
    checked = undefined;
  };
  const most = greatestStep(model);
  const isFixed = typeof model.axes.find(({ name }) => name === model.streamable)?.length === "number";
  const symbolsOf = (/** @type {{ readonly name: string }} */ { name }) => ownValue(programs.step.symbols ?? {}, name);
  const place = (/** @type {number} */ position) => {
    for (const { slot } of positions) step.arena()[step.offset(slot)] = position;
  };
  /** @type {(values: Readonly<Record<string, ArrayLike<number>>>, input: typeof inputs[number]) => ArrayLike<number>} */
  const given = (values, { slot, size }) => checkedList(ownValue(values, slot.name), size, () => `input.${slot.name}`);
  return {
    step,
    forget,
    wanted: inputs.map(({ slot }) => slot.name),
    start: (params, context, where) => {
      forget();
      return startedState(model, start, programs, params, context, where);
    },
    frameOf,
    load: (params, state) => {
      if (checked === undefined || params !== checked) checkParams(model, params);
      checked = params;
      const frame = frameOf(state);
      if (state.position >= most)
        throw rangeRefusal(
          `the step: axis ${model.streamable} ${isFixed ? `has ${most} positions` : `counts components, of which there are ${most}`}, found position ${state.position + 1}`,
        );
      if (step.prepare(frame)) forget();
      let isOther = false;
      lasting.forEach(({ slot, size }, i) => {
        const isParameter = slot.kind === "parameter";
        const values = ownValue(isParameter ? params : state.context, slot.name);
        if (values !== undefined && values === loaded[i]) return;
        const where = () => (isParameter ? paramText(slot.name) : `state.context.${slot.name}`);
        step.arena().set(checkedCarried(values, size, symbolsOf(slot), where), step.offset(slot));
        loaded[i] = values;
        isOther ||= isParameter;
      });
      if (isOther) step.hold();
      for (const { slot, size } of states) {
        const where = () => `state.values.${slot.name}`;
        const values = checkedCarried(ownValue(state.values, slot.name), size, symbolsOf(slot), where);
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

/**
 * The sizes of a state. Its lengths never change, so neither does its frame, nor what was found of them.
 *
 * @param {ModelInfo} model
 * @param {ReadonlyArray<string>} needed the lengths that a step reads
 * @returns {(state: State) => Frame}
 */
function newFrames(model, needed) {
  /** @type {WeakMap<State["lengths"], Frame>} */
  const frames = new WeakMap();
  return (state) => {
    checkState(state);
    const known = frames.get(state.lengths);
    if (known !== undefined && known.size === state.size) return known;
    const given = Object.entries(state.lengths);
    for (const [name, table] of given) checkTable(table, `state.lengths.${name}`);
    const longest = Object.fromEntries(given.map(([name, table]) => [name, table.reduce(greater, 0)]));
    const frame = { size: state.size, lengths: state.lengths, longest };
    for (const axis of runTimeAxes(model.axes)) {
      const name = String(axis.length);
      const table = ownValue(state.lengths, name);
      if (table === undefined && !needed.includes(name)) continue;
      const size = tableSize(model, axis, frame);
      if (table?.length !== size) throw refusal(`state.lengths.${name}`, `${size} lengths`, describeValue(table));
    }
    frames.set(state.lengths, frame);
    return frame;
  };
}

/**
 * @param {number} a
 * @param {number} b
 */
function greater(a, b) {
  return Math.max(a, b);
}

/**
 * @param {unknown} table
 * @param {string} where
 */
function checkTable(table, where) {
  if (!isList(table)) throw refusal(where, "an array of lengths", describeValue(table));
  for (let i = 0; i < table.length; i += 1)
    checkedFinite(table[i], `${where}[${i}]`, "an integer that is not negative", (n) => Number.isInteger(n) && n >= 0);
}
