import { stepsLength, streaming } from "./block.js";
import { checkedRecord } from "./border.js";
import { endingsOf } from "./ended.js";
import { loadParams, variableNamed } from "./leaves.js";
import { greatestStep } from "./limits.js";
import { placesOf } from "./places.js";
import { describeValue, refusal, refuseUnknownNames } from "./refusal.js";
import { newRunner } from "./runner.js";
import { stepVariables } from "./stream-input.js";
import { startedState } from "./stream-start.js";
import { entryAt, isOwnName, ownValue, productOf } from "./values.js";

/** @import { CompiledModel, Example, ModelInfo, OneOrMany, State } from "./interface.ts" */
/** @import { Bound } from "./block.js" */
/** @import { Program } from "./program.ts" */
/** @import { Frame } from "./frame.js" */
/** @import { Runner } from "./runner.js" */
/** @import { Port } from "./block-check.js" */

/**
 * Streams of a model: each is bound to parameters, in an arena of its own, and makes nothing more from then on.
 *
 * @param {ModelInfo} model
 * @param {{ readonly start: Program, readonly process: () => Program }} programs
 * @returns {CompiledModel["stream"]}
 */
export function newStreams(model, programs) {
  return (params, options = {}) => {
    const examples = examplesOf(options);
    const program = programs.process();
    const start = newRunner(programs.start, model.precision);
    const state = startedState(
      model,
      start,
      { start: programs.start, step: program },
      params,
      examples,
      "options.context",
    );
    const runner = newRunner(program, model.precision);
    const frame = streamFrame(state, atOnce(state.size));
    runner.prepare(frame);
    loadParams(runner, params);
    runner.hold();
    loadContext(runner, state);
    return streaming(boundOf(model, runner, frame, state));
  };
}

/** So many positions are taken at once: more would only ask for more memory. */
const atOnce = (/** @type {number} */ streams) => Math.max(8, Math.min(128, Math.ceil(1024 / streams)));

/**
 * The context of each stream.
 *
 * @param {unknown} options
 * @returns {OneOrMany<Example>}
 */
function examplesOf(options) {
  const given = checkedRecord(options, "options", "an object with streams or context");
  refuseUnknownNames("options", Object.keys(given), ["streams", "context"]);
  const { context = /** @type {unknown} */ ({}), streams = Array.isArray(context) ? context.length : 1 } = given;
  if (!(typeof streams === "number" && Number.isInteger(streams) && streams > 0 && streams < 1048576))
    throw refusal("options.streams", "how many streams: an integer from 1 to 1048575", describeValue(streams));
  if (!Array.isArray(context))
    return streams === 1
      ? /** @type {Example} */ (context)
      : Array.from({ length: streams }, () => /** @type {Example} */ (context));
  if (context.length !== streams)
    throw refusal("options.context", `an example for each of ${streams} streams`, describeValue(context));
  return /** @type {ReadonlyArray<Example>} */ (context);
}

/**
 * @param {State} state
 * @param {number} longest
 * @returns {Frame}
 */
function streamFrame({ size, lengths }, longest) {
  const greatest = Object.entries(lengths).map(([name, table]) => [name, table.reduce((a, b) => Math.max(a, b), 0)]);
  return {
    size,
    lengths: { ...lengths, [stepsLength]: new Int32Array(size) },
    longest: { ...Object.fromEntries(greatest), [stepsLength]: longest },
  };
}

/**
 * @param {Runner} runner
 * @param {State} state
 */
function loadContext(runner, { context }) {
  for (const { slot } of runner.leaves) {
    const values = ownValue(context, slot.name);
    if (values !== undefined) runner.arena().set(values, runner.offset(slot));
  }
}

/**
 * What each state is before the first step, where it is read, and where a run leaves the next one. `inner` numbers of each
 * stream stand together, `outer` times.
 *
 * @param {Runner} runner
 * @param {State} state
 */
function startsOf(runner, { values, size: streams }) {
  return runner.leaves
    .filter(({ slot }) => slot.name.startsWith("$state."))
    .map(({ slot, size }) => {
      const batch = slot.axes.indexOf("@batch");
      const inner = productOf(slot.extents.slice(batch + 1).map(Number));
      const given = values[slot.name] ?? [];
      const initial = new Float64Array(size);
      // What is the same for all streams stands there once.
      const isEach = given.length === size;
      for (let i = 0; i < size; i += 1)
        initial[i] = entryAt(given, isEach ? i : Math.floor(i / (streams * inner)) * inner + (i % inner));
      const result = runner.results.find((other) => other.slot.role === "state" && other.slot.name === slot.name);
      const to = runner.offset(slot);
      const from = result === undefined ? to : runner.offset(result.slot);
      return { initial, inner, outer: size / (streams * inner), to, from, end: from + size };
    });
}

/**
 * @param {ModelInfo} model
 * @param {Runner} runner
 * @param {Frame} frame
 * @param {State} state
 * @returns {Bound}
 */
function boundOf(model, runner, frame, state) {
  const inputs = inputPorts(model, runner, frame);
  const outputs = outputPorts(model, runner, frame);
  const axis = String(model.streamable);
  return {
    ...{ runner, axis, inputs, outputs },
    streams: frame.size,
    arena: runner.arena(),
    longest: Number(frame.longest[stepsLength]),
    lengths: /** @type {Int32Array} */ (frame.lengths[stepsLength]),
    inputNames: stepVariables(model, axis).map(({ name }) => name),
    outputNames: outputs.map(({ name }) => name),
    ending: inputs.filter(({ until }) => until !== undefined),
    most: greatestStep(model),
    states: startsOf(runner, state),
    counters: runner.leaves.filter(({ slot }) => slot.name === "$position").map(({ slot }) => runner.offset(slot)),
    positions: new Float64Array(frame.size),
    ended: new Uint8Array(frame.size),
  };
}

/**
 * The inputs along the axis that a run reads.
 *
 * @param {ModelInfo} model
 * @param {Runner} runner
 * @param {Frame} frame
 * @returns {ReadonlyArray<Port>}
 */
function inputPorts(model, runner, frame) {
  const endings = endingsOf(model);
  return runner.leaves.flatMap(({ slot }) => {
    const variable = slot.kind === "input" && !isOwnName(slot.name) ? variableNamed(model, slot.name) : undefined;
    if (variable === undefined) return [];
    const { noise } = model.noises.find(({ name }) => name === slot.name) ?? {};
    const ending = endings.find(({ target }) => target === slot.name);
    return [
      {
        ...{ name: slot.name, variable, places: placesOf(model, variable, slot, frame), base: runner.offset(slot) },
        ...{ mean: noise?.mean, until: ending?.until },
      },
    ];
  });
}

/**
 * @param {ModelInfo} model
 * @param {Runner} runner
 * @param {Frame} frame
 * @returns {ReadonlyArray<Port>}
 */
function outputPorts(model, runner, frame) {
  return runner.results.flatMap(({ slot }) => {
    const variable = model.outputs.find(({ name }) => name === slot.name);
    return slot.role !== "output" || variable === undefined
      ? []
      : [
          {
            ...{ name: slot.name, variable, places: placesOf(model, variable, slot, frame), base: runner.offset(slot) },
            ...{ mean: undefined, until: undefined },
          },
        ];
  });
}
