import { newEvaluation } from "./evaluate.js";
import { generated } from "./generate.js";
import { initialParams } from "./initialise.js";
import { packedBatch } from "./pack.js";
import { refusal } from "./refusal.js";
import { resultsOf } from "./results.js";
import { newStream } from "./stream.js";
import { newStepReader } from "./stream-input.js";
import { newTraining } from "./trainer.js";

/** @import { CompiledModel, Generation, ModelInfo, Programs } from "../interface.ts" */

/**
 * The functions of a compiled model, made of its description and its programs.
 *
 * @param {ModelInfo} model
 * @param {Generation | null} generation
 * @param {Programs} programs
 * @returns {CompiledModel}
 */
export function newCompiledModel(model, generation, programs) {
  const evaluation = newEvaluation(model, programs);
  const { start, step } = programs;
  const stream = start && step && newStream(model, { start, step });
  const read = stream && newStepReader(model, stream.wanted);
  const streaming = () => {
    if (stream === undefined) throw refusal(model.name, "a model that only looks back", "one that cannot be stepped");
    return stream;
  };
  return {
    ...evaluation,
    model,
    init: (seed) => initialParams(model, seed),
    pack: (examples, seed) => packedBatch(model, examples, seed),
    gradient: (params, batch, state) => {
      stream?.forget();
      return evaluation.gradient(params, batch, state);
    },
    start: (params, context) => streaming().start(params, context),
    step: (params, state, input) => {
      const { load, turn, stateAfter, frameOf, step } = streaming();
      const values = read?.(input, frameOf(state)) ?? {};
      load(params, state);
      turn(values);
      return { state: stateAfter(state), output: resultsOf(step, "output") };
    },
    trainer: newTraining(model, programs.train),
    generate: (params, options) => {
      if (generation === null) throw refusal(model.name, "a model with a ~ along the axis it streams along", "none");
      return generated(model, generation, streaming(), params, options);
    },
  };
}
