import { newStateAfter } from "./evaluate.js";
import { newCallCheck } from "./frame-check.js";
import { checkedParam, checkParams, newLoader } from "./leaves.js";
import { lossOf } from "./results.js";
import { newRunner } from "./runner.js";
import { checkedConstants, checkedStep } from "./trainer-options.js";
import { newValues, productOf } from "./values.js";

/** @import { Batch, CompiledModel, ModelInfo, Params, Program, State, Trainer, Values } from "./interface.ts" */

/**
 * Trainings of a model. One at a time has its parameters and memories in the arena of the program; the others keep
 * copies until it is their turn again.
 *
 * @param {ModelInfo} model
 * @param {Program} program
 * @returns {CompiledModel["trainer"]}
 */
export function newTraining(model, program) {
  const usual = model.optimiser?.constants ?? {};
  const runner = newRunner(program, model.precision);
  const updated = program.results.filter(({ role }) => role === "update");
  const resident = program.leaves.filter(({ name }) => updated.some((result) => result.name === name));
  const numbers = program.leaves.filter(({ name }) => name.startsWith("$train."));
  const load = newLoader(runner, model, (leaf) => !resident.includes(leaf) && !numbers.includes(leaf));
  const check = newCallCheck(model);
  const stateAfter = newStateAfter(model);
  const norm = program.results.find(({ role }) => role === "norm");
  /** @type {{ readonly save: () => void } | undefined} */
  let owner;
  return (params, given = {}) => {
    const constants = { ...usual, ...checkedConstants(given, usual) };
    checkParams(model, params);
    /** What stands in the arena while this training owns it. @type {Record<string, Values>} */
    const kept = Object.fromEntries(
      model.params.map(({ path, shape }) => {
        const size = productOf(shape);
        const values = newValues(model.precision, size);
        values.set(checkedParam(params, path, size));
        return [path, values];
      }),
    );
    for (const { name, extents } of resident) kept[name] ??= newValues(model.precision, productOf(extents.map(Number)));
    let steps = 0;
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
      for (const slot of resident) runner.arena().set(/** @type {Values} */ (kept[slot.name]), runner.offset(slot));
    };
    const copied = (/** @type {(name: string) => boolean} */ wanted) => {
      if (owner === self) self.save();
      return Object.fromEntries(
        Object.entries(kept).flatMap(([name, values]) => (wanted(name) ? [[name, values.slice()]] : [])),
      );
    };
    const isParam = (/** @type {string} */ name) => model.params.some(({ path }) => path === name);
    return {
      step: (batch, options) => {
        const { rate, clip = Number.POSITIVE_INFINITY, state } = checkedStep(options);
        check(batch, state);
        if (owner !== self) owner?.save();
        else if (!runner.fits(batch)) self.save();
        if (runner.prepare(batch) || owner !== self) bringIn();
        owner = self;
        const arena = runner.arena();
        for (const slot of numbers) {
          const { name } = slot;
          const own =
            name === "$train.rate"
              ? rate
              : name === "$train.clip"
                ? clip
                : name === "$train.step"
                  ? steps + 1
                  : undefined;
          arena[runner.offset(slot)] = own ?? Number(constants[name.slice("$train.".length)]);
        }
        load(batch, state);
        runner.run();
        // A step that was refused is none.
        steps += 1;
        return {
          loss: lossOf(runner),
          norm: norm === undefined ? Number.NaN : Number(runner.arena()[runner.offset(norm)]),
          state: stateAfter(runner, batch, state),
        };
      },
      params: () => copied(isParam),
      memories: () => copied((name) => !isParam(name)),
    };
  };
}
