import { searched } from "./beam.js";
import { newEnds } from "./ended.js";
import { evaluationOf, newStateAfter } from "./evaluate.js";
import { newGapCheck } from "./gaps.js";
import { generated } from "./generate.js";
import { initialParams } from "./initialise.js";
import { packedBatch } from "./pack.js";
import { refusal } from "./refusal.js";
import { completeGradient, lossOf, newStepOutputs, outputsOf, resultsOf } from "./results.js";
import { newStepReader } from "./stream-input.js";

/** @import { CompiledModel, ModelInfo } from "./interface.ts" */
/** @import { Generation, Program } from "./program.ts" */
/** @import { Initialisers } from "./initialise.js" */
/** @import { Stream } from "./stream.js" */

/*
 * The functions of a compiled model, each made of no more than it needs: what a module does not export, it need not
 * carry. `stream` is the model one step at a time, which all that use it share.
 */

/** @type {(model: ModelInfo, rules: Partial<Initialisers>) => CompiledModel["init"]} */
export function newInit(model, rules) {
  return (seed) => initialParams(model, rules, seed);
}

/** @type {(model: ModelInfo) => CompiledModel["pack"]} */
export function newPack(model) {
  return (examples, seed) => packedBatch(model, examples, seed);
}

/** @type {(model: ModelInfo, program: Program) => CompiledModel["forward"]} */
export function newForward(model, program) {
  const evaluate = evaluationOf(model, program);
  const stateAfter = newStateAfter(model);
  return (params, batch, state) => {
    if (state !== undefined && model.streamable === null)
      throw refusal("state", "none, as the model does not only look back", "one");
    const runner = evaluate(params, batch, state);
    const outputs = outputsOf(runner, model, batch);
    // Beside the outputs, not among them.
    return model.streamable === null
      ? outputs
      : Object.defineProperty(outputs, "$state", { value: stateAfter(runner, batch, state) });
  };
}

/** @type {(model: ModelInfo, program: Program) => CompiledModel["loss"]} */
export function newLoss(model, program) {
  const evaluate = evaluationOf(model, program);
  return (params, batch) => lossOf(evaluate(params, batch));
}

/**
 * Whoever asks for a gradient may be about to change parameters in place.
 *
 * @type {(model: ModelInfo, program: Program, stream: Stream | undefined) => CompiledModel["gradient"]}
 */
export function newGradient(model, program, stream) {
  const evaluate = evaluationOf(model, program);
  const stateAfter = newStateAfter(model);
  return (params, batch, state) => {
    stream?.forget();
    const runner = evaluate(params, batch, state);
    return {
      loss: lossOf(runner),
      gradient: completeGradient(model, resultsOf(runner, "gradient")),
      state: stateAfter(runner, batch, state),
    };
  };
}

/** @type {(model: ModelInfo, stream: Stream) => CompiledModel["step"]} */
export function newStep(model, { wanted, frameOf, load, turn, stateAfter, step }) {
  const read = newStepReader(model, wanted);
  const ends = newEnds(model, [null]);
  const checkGaps = newGapCheck(model);
  const outputs = newStepOutputs(step, model);
  return (params, state, input) => {
    const frame = frameOf(state);
    const nameInput = (/** @type {number} */ b, /** @type {string} */ target) =>
      `input.${target}${state.size === 1 ? "" : `[${b}]`}`;
    ends.refuse(state, () => 1, nameInput);
    checkGaps(state, () => 1, nameInput);
    const values = read(input, frame);
    load(params, state);
    turn(values);
    return { state: ends.after(stateAfter(state), state, frame, values), output: outputs(frame) };
  };
}

/** @type {(model: ModelInfo, generation: Generation, stream: Stream, search: CompiledModel["search"]) => CompiledModel["generate"]} */
export function newGenerate(model, generation, stream, search) {
  return (params, options) => {
    const beam = options?.beam;
    return beam === undefined
      ? generated(model, generation, stream, params, options)
      : search(params, { ...options, beam });
  };
}

/** @type {(model: ModelInfo, generation: Generation, stream: Stream) => CompiledModel["search"]} */
export function newSearch(model, generation, stream) {
  return (params, options) => searched(model, generation, stream, params, options);
}

/**
 * In the place of a function that the model cannot have, or was compiled without.
 *
 * @param {ModelInfo} model
 * @param {string} expected
 * @param {string} found
 * @returns {() => never}
 */
export function newRefusal(model, expected, found) {
  return () => {
    throw refusal(model.name, expected, found);
  };
}
