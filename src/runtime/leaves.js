import { checkedCarried, checkedList, checkedRecord, paramText } from "./border.js";
import { checkedNumber, isCounted } from "./fill.js";
import { isGivenName } from "./missing.js";
import { newPaddingEraser } from "./padding.js";
import { placeText } from "./place.js";
import { describeValue, refusal } from "./refusal.js";
import { isList, isOwnName, ownValue, productOf } from "./values.js";

/** @import { Batch, ModelInfo, Params, State, Values, VariableInfo } from "./interface.ts" */
/** @import { Program } from "./program.ts" */
/** @import { Runner, Sized } from "./runner.js" */

/**
 * Copies every parameter of a program into its arena, which `checkParams` has found to be right.
 *
 * @param {Runner} runner
 * @param {Params} params
 */
export function loadParams(runner, params) {
  for (const { slot, size } of runner.leaves)
    if (slot.kind === "parameter") runner.arena().set(checkedParam(params, slot.name, size), runner.offset(slot));
}

/**
 * @param {Params} params
 * @param {string} name
 * @param {number} size
 */
export function checkedParam(params, name, size) {
  return checkedList(ownValue(params, name), size, () => paramText(name));
}

/**
 * Every parameter of the model is there and has its size, whether a program reads it or not.
 *
 * @param {ModelInfo} model
 * @param {Params} params
 */
export function checkParams(model, params) {
  checkedRecord(params, "params", "an object with the numbers of each parameter under its path");
  for (const { path, shape } of model.params) checkedParam(params, path, productOf(shape));
}

/**
 * Copies a batch's values into the arena; what the batch holds as padding becomes zero, whatever it was, and of a target
 * all is given unless the batch says otherwise. What a chunk
 * takes over from the one before stands under names of the compiler's own; `$resume` tells whether there is one.
 *
 * @param {Runner} runner
 * @param {ModelInfo} model
 * @param {(leaf: Program["leaves"][number]) => boolean} [isWanted] by default all
 * @returns {(batch: Batch, state: State | undefined) => void}
 */
export function newLoader(runner, model, isWanted = () => true) {
  const inputs = runner.leaves
    .filter(({ slot }) => slot.kind === "input" && isWanted(slot))
    .map((leaf) => {
      const { name } = leaf.slot;
      const isCarried = isOwnName(name);
      return {
        leaf,
        isCarried,
        isGiven: isGivenName(name),
        variable: isCarried ? undefined : variableNamed(model, name),
        symbols: isCarried ? ownValue(runner.program.symbols ?? {}, name) : undefined,
        nameValues: () => `${isCarried ? "state" : "batch"}.values.${name}`,
        erasePadding: newPaddingEraser(model, leaf.slot),
      };
    });
  return (batch, state) => {
    const arena = runner.arena();
    for (const { leaf, variable, isCarried, isGiven, symbols, nameValues, erasePadding } of inputs) {
      if (isCarried && loadedAlone(runner, leaf, state)) continue;
      const { slot, size } = leaf;
      const offset = runner.offset(slot);
      if (isGiven && ownValue(batch.values, slot.name) === undefined) {
        arena.fill(1, offset, offset + size);
        erasePadding(arena, offset, batch);
        continue;
      }
      const values = isCarried && state !== undefined ? state.values : batch.values;
      if (variable !== undefined) checkGiven(model, variable, size, batch);
      arena.set(checkedCarried(ownValue(values, slot.name), size, symbols, nameValues), offset);
      erasePadding(arena, offset, batch);
      if (variable !== undefined && isCounted(variable)) checkCounted(model, variable, arena, offset, size, batch);
    }
  };
}

/**
 * That a batch has the numbers of a variable. Who packs examples without a target is told of the target, not of numbers.
 *
 * @param {ModelInfo} model
 * @param {VariableInfo} variable
 * @param {number} size
 * @param {Batch} batch
 */
function checkGiven(model, variable, size, batch) {
  const values = ownValue(batch.values, variable.name);
  if (isList(values) && values.length === size) return;
  const { name, indices } = variable;
  const kind = model.targets.includes(variable) ? "target" : model.inputs.includes(variable) ? "input" : "noise";
  const written = indices.length === 0 ? name : `${name}[${indices.join(",")}]`;
  const lengths = lengthsText(model, variable, batch);
  const of = batch.size === 1 ? "the example" : `each of the ${batch.size} examples`;
  if (values === undefined) throw refusal("batch", `the ${kind} ${written} of ${of}${lengths}`, "nothing");
  throw refusal(
    `batch.values.${name}`,
    `${size} numbers, the ${kind} ${written} of ${of}${lengths}`,
    describeValue(values),
  );
}

/**
 * `, with T = 2, 1`: how long each example is along the axes of a variable.
 *
 * @param {ModelInfo} model
 * @param {VariableInfo} variable
 * @param {Batch} batch
 */
function lengthsText(model, { indices }, batch) {
  const shown = model.axes.flatMap(({ name, length, over }) => {
    if (typeof length !== "string" || over.length > 0 || !indices.includes(name)) return [];
    const each = Array.from(ownValue(batch.lengths, length) ?? []);
    return [`${length} = ${each.slice(0, 8).join(", ")}${each.length > 8 ? ", …" : ""}`];
  });
  return shown.length === 0 ? "" : `, with ${shown.join(" and ")}`;
}

/**
 * Carried values that are no list of the state's: numbers of its own, and zeros where there is no state.
 *
 * @param {Runner} runner
 * @param {Sized<Program["leaves"][number]>} leaf
 * @param {State | undefined} state
 */
function loadedAlone(runner, { slot, size }, state) {
  const arena = runner.arena();
  const offset = runner.offset(slot);
  if (slot.name === "$resume") arena[offset] = state === undefined ? 0 : 1;
  else if (slot.name === "$position") arena[offset] = state?.position ?? 0;
  else if (state === undefined) arena.fill(0, offset, offset + size);
  else return false;
  return true;
}

/**
 * Symbols become addresses, so each must be one; of a truth the loss knows two values. Padding is 0 by now, which is right.
 *
 * @param {ModelInfo} model
 * @param {VariableInfo} variable
 * @param {Values} arena where the values are loaded
 * @param {number} offset
 * @param {number} size
 * @param {Batch} batch
 */
function checkCounted(model, variable, arena, offset, size, batch) {
  const count = variable.symbols ?? 2;
  for (let i = 0; i < size; i += 1) {
    const value = arena[offset + i];
    if (!(Number.isInteger(value) && Number(value) >= 0 && Number(value) < count))
      refuseCounted(model, variable, value, i, batch);
  }
}

/**
 * A function of its own: a place that is told would have memory of its own in every turn of the loop.
 *
 * @param {ModelInfo} model
 * @param {VariableInfo} variable
 * @param {number | undefined} value
 * @param {number} i
 * @param {Batch} batch
 */
function refuseCounted(model, variable, value, i, batch) {
  const where = () => `batch.values.${variable.name}[${i}], which is ${placeText(model, variable, batch, i)}`;
  checkedNumber(value, variable, where);
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
