import { checkedParam, slotSize } from "./leaves.js";
import { describeValue, refusal } from "./refusal.js";
import { resultsOf } from "./results.js";
import { newRunner } from "./runner.js";
import { startedState } from "./stream-start.js";
import { entryAt, isList, ownValue } from "./values.js";

/** @import { Example, ModelInfo, OneOrMany, Params, Program, Slot, State, Values } from "../interface.ts" */
/** @import { Frame } from "./frame.js" */
/** @import { Runner } from "./runner.js" */

/**
 * A model one step at a time. `advance` runs a step on values in the inside order and leaves its results in the
 * runner; `forget` must be called when parameters may have been changed in place.
 *
 * @typedef {{
 *   readonly start: (params: Params, context?: OneOrMany<Example>) => State,
 *   readonly advance: (params: Params, state: State, values: Readonly<Record<string, Values>>) => Frame,
 *   readonly stateAfter: (state: State, frame: Frame) => State,
 *   readonly frameOf: (state: State) => Frame,
 *   readonly forget: () => void,
 *   readonly step: Runner,
 *   readonly wanted: ReadonlyArray<string>,
 * }} Stream
 */

/**
 * @param {ModelInfo} model
 * @param {{ readonly start: Program, readonly step: Program }} programs
 * @returns {Stream}
 */
export function newStream(model, programs) {
  const start = newRunner(programs.start, model.precision);
  const step = newRunner(programs.step, model.precision);
  const { leaves } = programs.step;
  /** What each leaf that rarely changes was loaded from. @type {Array<unknown>} */
  const loaded = leaves.map(() => undefined);
  const sizes = leaves.map(() => 0);
  const forget = () => {
    loaded.fill(undefined);
  };
  return {
    step,
    forget,
    wanted: leaves.filter(({ kind }) => kind === "input").map(({ name }) => name),
    start: (params, context) => {
      forget();
      return startedState(model, start, programs, params, context);
    },
    frameOf,
    advance: (params, state, values) => {
      const frame = frameOf(state);
      if (step.prepare(frame)) {
        forget();
        leaves.forEach((leaf, i) => {
          sizes[i] = slotSize(leaf, frame);
        });
      }
      const arena = step.arena();
      for (let i = 0; i < leaves.length; i += 1) {
        const leaf = /** @type {Program["leaves"][number]} */ (leaves[i]);
        const offset = step.offset(leaf.buffer);
        if (leaf.name === "state.position" && leaf.kind === "input") {
          arena[offset] = state.position;
          continue;
        }
        const lasting = leaf.kind === "parameter" ? ownValue(params, leaf.name) : ownValue(state.context, leaf.name);
        if (lasting !== undefined && lasting === loaded[i]) continue;
        const source =
          leaf.kind === "parameter"
            ? checkedParam(params, leaf, entryAt(sizes, i))
            : checkedValues(
                lasting ?? ownValue(values, leaf.name) ?? ownValue(state.values, leaf.name),
                leaf,
                sizes[i],
              );
        arena.set(source, offset);
        if (lasting !== undefined) loaded[i] = lasting;
      }
      step.run();
      return frame;
    },
    stateAfter: (state, frame) => ({
      ...state,
      position: state.position + 1,
      values: resultsOf(step, "state", frame),
    }),
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

/**
 * @param {Values | undefined} values
 * @param {Slot} leaf
 * @param {number | undefined} size
 */
function checkedValues(values, leaf, size) {
  if (!isList(values) || values.length !== size)
    throw refusal(`the state's ${leaf.name}`, `${size} numbers`, describeValue(values));
  return values;
}
