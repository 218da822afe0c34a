import { checkedNumber } from "./fill.js";
import { extentIn } from "./frame.js";
import { zeroPadding } from "./padding.js";
import { describeValue, refusal } from "./refusal.js";
import { isList, ownValue, productOf } from "./values.js";

/** @import { Batch, ModelInfo, Params, Program, Slot, Values, VariableInfo } from "../interface.ts" */
/** @import { Frame } from "./frame.js" */
/** @import { Runner } from "./runner.js" */

/**
 * The number of elements of a block.
 *
 * @param {Slot} slot
 * @param {Frame} frame
 */
export function slotSize(slot, frame) {
  return productOf(slot.extents.map((extent) => extentIn(frame, extent)));
}

/**
 * Copies every parameter of a program into its arena.
 *
 * @param {Runner} runner
 * @param {Params} params
 * @param {Frame} frame
 */
export function loadParams(runner, params, frame) {
  for (const leaf of runner.program.leaves) {
    if (leaf.kind !== "parameter") continue;
    runner.arena().set(checkedParam(params, leaf, slotSize(leaf, frame)), runner.offset(leaf.buffer));
  }
}

/**
 * @param {Params} params
 * @param {Slot} leaf
 * @param {number} size
 */
export function checkedParam(params, leaf, size) {
  const where = `params[${JSON.stringify(leaf.name)}]`;
  const values = ownValue(params, leaf.name);
  if (values === undefined) throw refusal(where, `${size} numbers`, "nothing");
  if (!isList(values) || values.length !== size) throw refusal(where, `${size} numbers`, describeValue(values));
  return values;
}

/**
 * Copies the batch's values into the arena; what the batch holds as padding becomes zero, whatever it was. Carried
 * values stand under names of the compiler's own.
 *
 * @param {Runner} runner
 * @param {ModelInfo} model
 * @param {Batch} batch
 * @param {Readonly<Record<string, ArrayLike<number>>>} carried
 * @param {Program["leaves"]} [leaves] by default all
 */
export function loadInputs(runner, model, batch, carried, leaves = runner.program.leaves) {
  for (const leaf of leaves) {
    if (leaf.kind !== "input") continue;
    const size = slotSize(leaf, batch);
    const values = ownValue(carried, leaf.name) ?? ownValue(batch.values, leaf.name);
    const where = `the batch's ${leaf.name}`;
    if (values === undefined) throw refusal(where, `${size} numbers`, "nothing");
    if (!isList(values) || values.length !== size) throw refusal(where, `${size} numbers`, describeValue(values));
    const offset = runner.offset(leaf.buffer);
    runner.arena().set(values, offset);
    zeroPadding(runner.arena(), offset, leaf, model, batch);
    const variable = variableNamed(model, leaf.name);
    if (variable?.symbols !== undefined) checkSymbols(runner.arena(), offset, size, variable);
  }
}

/**
 * Symbols become addresses, so each must be one; padding is 0 by now, which always is.
 *
 * @param {Values} arena
 * @param {number} offset
 * @param {number} size
 * @param {VariableInfo} variable
 */
function checkSymbols(arena, offset, size, variable) {
  const where = () => `the batch's ${variable.name}`;
  for (let i = offset; i < offset + size; i += 1) checkedNumber(arena[i], variable, where);
}

/**
 * @param {ModelInfo} model
 * @param {string} name
 * @returns {VariableInfo | undefined}
 */
export function variableNamed(model, name) {
  return variablesOf(model).find((variable) => variable.name === name);
}

/**
 * @param {ModelInfo} model
 * @returns {ReadonlyArray<VariableInfo>}
 */
export function variablesOf(model) {
  return [...model.inputs, ...model.targets, ...model.noises];
}
