import { checkedFinite, checkedList, checkedRecord } from "./border.js";
import { describeValue, quoted, refusal, refuseUnknownNames } from "./refusal.js";
import { ownValue } from "./values.js";

/** @import { StepOptions, TrainerOptions } from "./interface.ts" */

/**
 * What a training's constants may be: a decay is a share of what is kept.
 *
 * @param {unknown} given
 * @param {Readonly<Record<string, number>>} usual
 * @returns {Readonly<Record<string, number>>}
 */
export function checkedConstants(given, usual) {
  const constants = checkedRecord(given, "constants", "an object with numbers by name");
  refuseUnknownNames("constants", Object.keys(constants), Object.keys(usual));
  return Object.fromEntries(
    Object.entries(constants)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => {
        const where = `constants.${name}`;
        return [
          name,
          /^beta|^decay/.test(name)
            ? checkedFinite(value, where, "a number from 0 to below 1", (share) => share >= 0 && share < 1)
            : checkedFinite(value, where, "a number that is not negative", (number) => number >= 0),
        ];
      }),
  );
}

/**
 * What a training goes on from: what the one before had remembered after so many steps, or nothing after none.
 *
 * @param {TrainerOptions} options
 * @param {string} optimiser
 * @param {ReadonlyArray<{ readonly name: string, readonly size: number }>} wanted
 * @returns {{ readonly step: number, readonly memories: Readonly<Record<string, ArrayLike<number>>> }}
 */
export function checkedResumption(options, optimiser, wanted) {
  checkedRecord(options, "options", "an object, as { state: training.state() }");
  refuseUnknownNames("options", Object.keys(options), ["state", "weightDecayOf"]);
  const { state } = options;
  if (state === undefined) return { step: 0, memories: {} };
  checkedRecord(state, "options.state", "what state() of a training gave");
  refuseUnknownNames("options.state", Object.keys(state), ["optimiser", "step", "memories"]);
  if (state.optimiser !== optimiser)
    throw refusal("options.state.optimiser", quoted(optimiser), describeValue(state.optimiser));
  if (!(Number.isSafeInteger(state.step) && state.step >= 0))
    throw refusal("options.state.step", "an integer that is not negative", describeValue(state.step));
  const where = "options.state.memories";
  const memories = checkedRecord(state.memories, where, "an object with numbers by name");
  refuseUnknownNames(
    where,
    Object.keys(memories),
    wanted.map(({ name }) => name),
  );
  return {
    step: state.step,
    memories: Object.fromEntries(
      wanted.map(({ name, size }) => [
        name,
        checkedList(ownValue(memories, name), size, () => `${where}[${quoted(name)}]`),
      ]),
    ),
  };
}

/**
 * The weight decay of what is no matrix: that of all, or none.
 *
 * @param {TrainerOptions} options
 * @param {Readonly<Record<string, number>>} constants
 * @returns {Readonly<Record<string, number>>}
 */
export function decayOfVectors(options, constants) {
  const { weightDecayOf } = checkedRecord(options, "options", "an object, as { state: training.state() }");
  const { weightDecay } = constants;
  if (weightDecayOf !== undefined && weightDecayOf !== "all" && weightDecayOf !== "matrices")
    throw refusal("options.weightDecayOf", '"all" or "matrices"', describeValue(weightDecayOf));
  if (weightDecay !== undefined) return { vectorDecay: weightDecayOf === "matrices" ? 0 : weightDecay };
  if (weightDecayOf !== undefined)
    throw refusal("options.weightDecayOf", "an optimiser with a weight decay", describeValue(weightDecayOf));
  return {};
}

/** @type {ReadonlyArray<keyof StepOptions>} */
const stepOptionNames = ["rate", "scale", "clip", "clipValue", "state"];

/**
 * What a step is asked for, with what is usual in place of what is not given: no scale and no limits.
 *
 * @param {StepOptions} options
 */
export function checkedStep(options) {
  checkedRecord(options, "options", "an object with the rate, as { rate: 0.1 }");
  for (const name in options)
    if (!stepOptionNames.includes(/** @type {keyof StepOptions} */ (name)))
      refuseUnknownNames("options", [name], stepOptionNames);
  const { rate, scale = 1, clip = Number.POSITIVE_INFINITY, clipValue = Number.POSITIVE_INFINITY, state } = options;
  checkedFinite(rate, "options.rate", "a number");
  checkedFinite(scale, "options.scale", "a number above 0", (factor) => factor > 0);
  checkClip(clip, "options.clip");
  checkClip(clipValue, "options.clipValue");
  return { rate, scale, clip, clipValue, state };
}

/**
 * @param {unknown} limit
 * @param {string} where
 */
function checkClip(limit, where) {
  if (!(typeof limit === "number" && limit > 0)) throw refusal(where, "a number above 0", describeValue(limit));
}
