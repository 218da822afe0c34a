import { newPaddingEraser } from "./padding.js";
import { newValues, productOf, putValue } from "./values.js";
import { newWritten } from "./written.js";

/** @import { Batch, ModelInfo, Output, Outputs, Gradient, Values } from "./interface.ts" */
/** @import { Program } from "./program.ts" */
/** @import { Frame } from "./frame.js" */
/** @import { Runner } from "./runner.js" */

/**
 * The results of one role, copied out of the arena, by name.
 *
 * @param {Runner} runner
 * @param {Program["results"][number]["role"]} role
 * @returns {Record<string, Values>}
 */
export function resultsOf(runner, role) {
  /** @type {Record<string, Values>} */
  const found = {};
  for (const { slot, size } of runner.results) {
    if (slot.role !== role) continue;
    const offset = runner.offset(slot);
    putValue(found, slot.name, runner.arena().slice(offset, offset + size));
  }
  return found;
}

/**
 * The outputs, and what is expected of targets, padded with zeros, with their shapes and the lengths of their run-time axes.
 *
 * @param {Runner} runner
 * @param {ModelInfo} model
 * @param {Batch} batch
 * @returns {Outputs}
 */
export function outputsOf(runner, model, batch) {
  const values = { ...resultsOf(runner, "output"), ...resultsOf(runner, "expected") };
  return Object.fromEntries(
    runner.program.results
      .filter(({ role }) => role === "output" || role === "expected")
      .map((slot) => {
        const lengths = slot.extents.flatMap((extent) =>
          typeof extent === "string" && extent !== "@batch" ? [[extent, batch.lengths[extent]]] : [],
        );
        const data = /** @type {Values} */ (values[slot.name]);
        newPaddingEraser(model, slot)(data, 0, batch);
        const written = newWritten(model, slot);
        /** @type {Output} */
        const output = {
          shape: written.shape(batch),
          axes: written.axes.map((axis) => (axis === "@batch" ? "batch" : axis)),
          data: written.values(data, batch),
          lengths: Object.fromEntries(lengths),
        };
        return [slot.name, output];
      }),
  );
}

/**
 * What a step puts out, by name.
 *
 * @param {Runner} runner
 * @param {ModelInfo} model
 * @returns {(frame: Frame) => Record<string, Values>}
 */
export function newStepOutputs(runner, model) {
  const outputs = runner.program.results.filter(({ role }) => role === "output");
  const written = outputs.map((slot) => ({ name: slot.name, ...newWritten(model, slot) }));
  return (frame) => {
    const found = resultsOf(runner, "output");
    for (const { name, values } of written) putValue(found, name, values(/** @type {Values} */ (found[name]), frame));
    return found;
  };
}

/**
 * The loss, a single number.
 *
 * @param {Runner} runner
 */
export function lossOf(runner) {
  for (const { slot } of runner.results) if (slot.role === "loss") return Number(runner.arena()[runner.offset(slot)]);
  return Number.NaN;
}

/**
 * A gradient for every parameter that is learned; zero for those that the loss does not depend on.
 *
 * @param {ModelInfo} model
 * @param {Readonly<Record<string, Values>>} found
 * @returns {Gradient}
 */
export function completeGradient(model, found) {
  const zeros = model.params
    .filter(({ path, fixed }) => fixed !== true && !Object.hasOwn(found, path))
    .map(({ path, shape }) => [path, newValues(model.precision, productOf(shape))]);
  return { ...found, ...Object.fromEntries(zeros) };
}
