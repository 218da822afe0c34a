import { newCallCheck } from "./frame-check.js";
import { checkParams, loadParams, newLoader } from "./leaves.js";
import { newRunner } from "./runner.js";
import { ownValue } from "./values.js";

/** @import { Batch, ModelInfo, Params, Program, State } from "./interface.ts" */
/** @import { Runner } from "./runner.js" */

/**
 * Runs a program, in an arena of its own, on parameters and a batch; its results stand in the runner.
 *
 * @param {ModelInfo} model
 * @param {Program} program
 * @returns {(params: Params, batch: Batch, state?: State) => Runner}
 */
export function evaluationOf(model, program) {
  const check = newCallCheck(model);
  const runner = newRunner(program, model.precision);
  const load = newLoader(runner, model);
  return (params, batch, state) => {
    checkParams(model, params);
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
    values: runner.state(),
    context: {},
    lengths: batch.lengths,
  });
}
