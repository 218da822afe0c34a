import { newCallCheck } from "./frame-check.js";
import { loadParams, newLoader } from "./leaves.js";
import { refusal } from "./refusal.js";
import { completeGradient, lossOf, outputsOf, resultsOf } from "./results.js";
import { newRunner } from "./runner.js";
import { ownValue } from "./values.js";

/** @import { Batch, CompiledModel, ModelInfo, Params, Program, State } from "../interface.ts" */
/** @import { Runner } from "./runner.js" */

/**
 * `forward`, `loss` and `gradient` of a model, each with an arena of its own.
 *
 * @param {ModelInfo} model
 * @param {{ readonly forward: Program, readonly loss?: Program, readonly gradient?: Program }} programs
 * @returns {Pick<CompiledModel, "forward" | "loss" | "gradient">}
 */
export function newEvaluation(model, programs) {
  const check = newCallCheck(model);
  const evaluation = (/** @type {Program | undefined} */ program) =>
    program === undefined ? withoutLoss(model) : newCall(model, check, program);
  const forward = newCall(model, check, programs.forward);
  const loss = evaluation(programs.loss);
  const gradient = evaluation(programs.gradient);
  const stateAfter = newStateAfter(model);
  return {
    forward: (params, batch) => outputsOf(forward(params, batch), model, batch),
    loss: (params, batch) => lossOf(loss(params, batch)),
    gradient: (params, batch, state) => {
      const runner = gradient(params, batch, state);
      return {
        loss: lossOf(runner),
        gradient: completeGradient(model, resultsOf(runner, "gradient")),
        state: stateAfter(runner, batch, state),
      };
    },
  };
}

/**
 * Runs a program on parameters and a batch; its results stand in the runner.
 *
 * @param {ModelInfo} model
 * @param {ReturnType<typeof newCallCheck>} check
 * @param {Program} program
 * @returns {(params: Params, batch: Batch, state?: State) => Runner}
 */
function newCall(model, check, program) {
  const runner = newRunner(program, model.precision);
  const load = newLoader(runner, model);
  return (params, batch, state) => {
    check(batch, state);
    runner.prepare(batch);
    loadParams(runner, params);
    load(batch, state);
    runner.run();
    return runner;
  };
}

/**
 * What the next chunk goes on from.
 *
 * @param {ModelInfo} model
 * @returns {(runner: Runner, batch: Batch, state: State | undefined) => State}
 */
export function newStateAfter(model) {
  const length = model.axes.find(({ name }) => name === model.streamable)?.length ?? 0;
  return (runner, batch, state) => ({
    size: batch.size,
    position: (state?.position ?? 0) + (typeof length === "number" ? length : Number(ownValue(batch.longest, length))),
    values: resultsOf(runner, "state"),
    context: {},
    lengths: batch.lengths,
  });
}

/**
 * @param {ModelInfo} model
 * @returns {() => never}
 */
function withoutLoss(model) {
  return () => {
    throw refusal(model.name, "a model with a loss (a ~ or minimize)", "none");
  };
}
