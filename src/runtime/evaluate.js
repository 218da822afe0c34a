import { newEnds } from "./ended.js";
import { newCallCheck } from "./frame-check.js";
import { newGapNotes } from "./gaps.js";
import { checkParams, loadParams, newLoader } from "./leaves.js";
import { newRunner } from "./runner.js";
import { ownValue } from "./values.js";

/** @import { Batch, ModelInfo, Params, State } from "./interface.ts" */
/** @import { Program } from "./program.ts" */
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
  const axis = model.axes.find(({ name }) => name === model.streamable);
  const length = axis?.length ?? 0;
  const ends = newEnds(model, axis === undefined ? [null] : [axis, null]);
  const noteGaps = newGapNotes(model);
  return (runner, batch, state) => {
    const position =
      (state?.position ?? 0) + (typeof length === "number" ? length : Number(ownValue(batch.longest, length)));
    const { size, lengths } = batch;
    const after = { size, position, values: runner.state(), context: {}, lengths };
    return noteGaps(ends.after(after, state, batch, batch.values), state, batch, batch.values);
  };
}
