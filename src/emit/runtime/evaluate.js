import { checkFrame } from "./frame-check.js";
import { loadInputs, loadParams, slotSize } from "./leaves.js";
import { refusal } from "./refusal.js";
import { completeGradient, lossOf, outputsOf, resultsOf } from "./results.js";
import { newRunner } from "./runner.js";
import { newValues, ownValue } from "./values.js";

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
  const forward = newRunner(programs.forward, model.precision);
  const loss = programs.loss && newRunner(programs.loss, model.precision);
  const gradient = programs.gradient && newRunner(programs.gradient, model.precision);
  return {
    forward: (params, batch) => {
      evaluate(forward, model, params, batch);
      return outputsOf(forward, model, batch);
    },
    loss: (params, batch) => {
      const runner = loss ?? withoutLoss(model);
      evaluate(runner, model, params, batch);
      return lossOf(runner);
    },
    gradient: (params, batch, state) => {
      const runner = gradient ?? withoutLoss(model);
      evaluate(runner, model, params, batch, state);
      return {
        loss: lossOf(runner),
        gradient: completeGradient(model, resultsOf(runner, "gradient", batch)),
        state: stateAfterBatch(runner, model, batch, state),
      };
    },
  };
}

/**
 * @param {Runner} runner
 * @param {ModelInfo} model
 * @param {Params} params
 * @param {Batch} batch
 * @param {State} [state]
 */
function evaluate(runner, model, params, batch, state) {
  checkCall(model, batch, state);
  runner.prepare(batch);
  loadParams(runner, params, batch);
  loadInputs(runner, model, batch, carriedValues(runner, model, batch, state));
  runner.run();
}

/**
 * @param {ModelInfo} model
 * @param {Batch} batch
 * @param {State} [state]
 */
export function checkCall(model, batch, state) {
  checkFrame(model, batch);
  if (state !== undefined && state.size !== batch.size)
    throw refusal("state.size", `${batch.size}, as many as the batch has`, String(state.size));
}

/**
 * What the next chunk goes on from.
 *
 * @param {Runner} runner
 * @param {ModelInfo} model
 * @param {Batch} batch
 * @param {State} [state]
 * @returns {State}
 */
export function stateAfterBatch(runner, model, batch, state) {
  return {
    size: batch.size,
    position: (state?.position ?? 0) + positionsRead(model, batch),
    values: resultsOf(runner, "state", batch),
    context: {},
    lengths: batch.lengths,
  };
}

/**
 * What a chunk takes over from the one before: `resume` tells whether there is one.
 *
 * @param {Runner} runner
 * @param {ModelInfo} model
 * @param {Batch} batch
 * @param {State} [state]
 */
export function carriedValues(runner, model, batch, state) {
  /** @type {Record<string, ArrayLike<number>>} */
  const carried = {};
  // No name of a user's has a dot.
  for (const leaf of runner.program.leaves) {
    const { name } = leaf;
    if (leaf.kind !== "input" || !name.startsWith("state.")) continue;
    if (name === "state.resume") carried[name] = [state === undefined ? 0 : 1];
    else if (name === "state.position") carried[name] = [state?.position ?? 0];
    else {
      const values = state === undefined ? undefined : ownValue(state.values, name);
      if (state !== undefined && values === undefined) throw refusal(`state.values.${name}`, "values", "nothing");
      carried[name] = values ?? newValues(model.precision, slotSize(leaf, batch));
    }
  }
  return carried;
}

/**
 * How far a batch reaches along the axis that a model streams along.
 *
 * @param {ModelInfo} model
 * @param {Batch} batch
 */
function positionsRead(model, batch) {
  const length = model.axes.find(({ name }) => name === model.streamable)?.length ?? 0;
  return typeof length === "number" ? length : Number(ownValue(batch.longest, length));
}

/**
 * @param {ModelInfo} model
 * @returns {never}
 */
function withoutLoss(model) {
  throw refusal(model.name, "a model with a loss (a ~ or minimize)", "none");
}
