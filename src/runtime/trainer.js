import { newDescent, newNorms } from "./descend.js";
import { newStateAfter } from "./evaluate.js";
import { newCallCheck } from "./frame-check.js";
import { checkedParam, checkParams, newLoader } from "./leaves.js";
import { refusal } from "./refusal.js";
import { lossOf } from "./results.js";
import { newRunner } from "./runner.js";
import { checkedConstants, checkedResumption, checkedStep, decayOfVectors } from "./trainer-options.js";
import { newValues, productOf, putValue } from "./values.js";

/** @import { CompiledModel, ModelInfo, Values } from "./interface.ts" */
/** @import { Program, Slot } from "./program.ts" */
/** @import { Norms } from "./descend.js" */

/** What the names of numbers begin with that a step is given. */
const numberPrefix = "$train.";

const ofEachStep = ["step", "rate", "scale", "clip", "clipValue"];

/**
 * Trainings of a model. One at a time has its parameters and memories in the arena of the program; the others keep
 * copies until it is their turn again.
 *
 * @param {ModelInfo} model
 * @param {Program} program
 * @param {Program | undefined} descent a step along a gradient that is given
 * @returns {CompiledModel["trainer"]}
 */
export function newTraining(model, program, descent) {
  const { name: optimiser = "", constants: usual = {} } = model.optimiser ?? {};
  const runner = newRunner(program, model.precision);
  const updated = program.results.filter(({ role }) => role === "update");
  const resident = program.leaves.filter(({ name }) => updated.some((result) => result.name === name));
  // What is fixed is read, and nothing takes its place.
  const lasting = program.leaves.filter((leaf) => leaf.kind === "parameter" && !resident.includes(leaf));
  const numbers = program.leaves
    .filter(({ name }) => name.startsWith(numberPrefix))
    .map((slot) => ({ slot, name: slot.name.slice(numberPrefix.length) }));
  /** @type {Readonly<Record<string, Slot | undefined>>} */
  const slots = Object.fromEntries(numbers.map(({ slot, name }) => [name, slot]));
  const lastingNumbers = numbers.filter(({ name }) => !ofEachStep.includes(name));
  const isNumber = (/** @type {string} */ name) => name.startsWith(numberPrefix);
  const load = newLoader(runner, model, (leaf) => !resident.includes(leaf) && !isNumber(leaf.name));
  const check = newCallCheck(model);
  const stateAfter = newStateAfter(model);
  const norms = newNorms(program, runner);
  const isParam = (/** @type {string} */ name) => model.params.some(({ path }) => path === name);
  const memories = resident
    .filter(({ name }) => !isParam(name))
    .map(({ name, extents }) => ({ name, size: productOf(extents.map(Number)) }));
  const descend = descent === undefined ? undefined : newDescent(model, descent);
  /** @type {{ readonly save: () => void } | undefined} */
  let owner;
  /** Who stepped last, and what tells the norms of that. @type {{ readonly by: object, readonly norms: Norms } | undefined} */
  let last;
  return (params, given = {}, options = {}) => {
    const chosen = { ...usual, ...checkedConstants(given, usual) };
    const constants = { ...chosen, ...decayOfVectors(options, chosen) };
    checkParams(model, params);
    const begun = checkedResumption(options, optimiser, memories);
    /** What stands in the arena while this training owns it. @type {Record<string, Values>} */
    const kept = {};
    const keep = (/** @type {string} */ name, /** @type {number} */ size, /** @type {ArrayLike<number>} */ from) => {
      const values = newValues(model.precision, size);
      values.set(from);
      putValue(kept, name, values);
    };
    for (const { path, shape } of model.params) {
      const size = productOf(shape);
      keep(path, size, checkedParam(params, path, size));
    }
    for (const { name, size } of memories) keep(name, size, begun.memories[name] ?? []);
    let steps = begun.step;
    const self = {
      save: () => {
        for (const slot of resident) {
          const offset = runner.offset(slot);
          const values = /** @type {Values} */ (kept[slot.name]);
          values.set(runner.arena().subarray(offset, offset + values.length));
        }
      },
    };
    const bringIn = () => {
      for (const slot of [...resident, ...lasting])
        runner.arena().set(/** @type {Values} */ (kept[slot.name]), runner.offset(slot));
    };
    const copied = (/** @type {(name: string) => boolean} */ wanted) => {
      if (owner === self) self.save();
      return Object.fromEntries(
        Object.entries(kept).flatMap(([name, values]) => (wanted(name) ? [[name, values.slice()]] : [])),
      );
    };
    const put = (/** @type {Slot | undefined} */ slot, /** @type {unknown} */ value) => {
      if (slot !== undefined) runner.arena()[runner.offset(slot)] = Number(value);
    };
    /** What stands under the name of a number, of a step with a gradient from elsewhere. */
    const numberOf = (/** @type {string} */ name, /** @type {Readonly<Record<string, unknown>>} */ own) =>
      Number(name === "step" ? steps + 1 : (own[name] ?? constants[name]));
    const stepped = { by: self, norms };
    return {
      step: (batch, asked) => {
        const own = checkedStep(asked);
        const { state } = own;
        check(batch, state);
        if (owner !== self) owner?.save();
        else if (!runner.fits(batch)) self.save();
        if (runner.prepare(batch) || owner !== self) bringIn();
        owner = self;
        put(slots.step, steps + 1);
        put(slots.rate, own.rate);
        put(slots.scale, own.scale);
        put(slots.clip, own.clip);
        put(slots.clipValue, own.clipValue);
        for (const { slot, name } of lastingNumbers) put(slot, constants[name]);
        load(batch, state);
        runner.run();
        // A step that was refused is none.
        steps += 1;
        last = stepped;
        return {
          loss: lossOf(runner),
          norm: norms.whole(),
          state: stateAfter(runner, batch, state),
        };
      },
      descend: (gradient, asked) => {
        const own = checkedStep(asked);
        const { state } = own;
        if (state !== undefined) throw refusal("options.state", "none, as there is no batch", "one");
        if (descend === undefined)
          throw refusal(model.name, "a model compiled with the export gradient", "one without");
        // What stands in the arena is brought in anew before the next step with a batch.
        if (owner === self) {
          self.save();
          owner = undefined;
        }
        last = {
          by: self,
          norms: descend(gradient, kept, (name) => numberOf(name.slice(numberPrefix.length), own)),
        };
        steps += 1;
        return { norm: last.norms.whole() };
      },
      norms: () => (last?.by === self ? last.norms.each() : {}),
      params: () => copied(isParam),
      state: () => ({ optimiser, step: steps, memories: copied((name) => !isParam(name)) }),
    };
  };
}
