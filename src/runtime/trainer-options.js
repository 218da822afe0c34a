import { checkedFinite, checkedRecord } from "./border.js";
import { describeValue, refusal, refuseUnknownNames } from "./refusal.js";

/** @import { Trainer } from "./interface.ts" */

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

/** @typedef {Parameters<Trainer["step"]>[1]} StepOptions */

/** @type {ReadonlyArray<keyof StepOptions>} */
const stepOptionNames = ["rate", "clip", "state"];

/**
 * @param {StepOptions} options
 * @returns {StepOptions}
 */
export function checkedStep(options) {
  checkedRecord(options, "options", "an object with the rate, as { rate: 0.1 }");
  for (const name in options)
    if (!stepOptionNames.includes(/** @type {keyof StepOptions} */ (name)))
      refuseUnknownNames("options", [name], stepOptionNames);
  checkedFinite(options.rate, "options.rate", "a number");
  const { clip } = options;
  if (clip !== undefined && !(typeof clip === "number" && clip > 0))
    throw refusal("options.clip", "a number above 0", describeValue(clip));
  return options;
}
