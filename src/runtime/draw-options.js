import { checkedRecord } from "./border.js";
import { checkSeed } from "./generator.js";
import { describeValue, refusal, refuseUnknownNames } from "./refusal.js";

/** @import { GenerateOptions } from "./interface.ts" */
/** @import { Drawn } from "./drawn.js" */
/** @import { Taste } from "./choose.js" */

/** @type {ReadonlyArray<keyof GenerateOptions>} */
const optionNames = [
  "length",
  "seed",
  "size",
  "choose",
  "temperature",
  "topK",
  "topP",
  "beam",
  "lengthPenalty",
  "keep",
  "prefix",
  "inputs",
];

/** What a search along a beam has no use for, and what nothing else has a use for. */
const ofDraws = /** @type {const} */ (["choose", "temperature", "topK", "topP"]);
const ofBeams = /** @type {const} */ (["lengthPenalty", "keep"]);

/**
 * @param {GenerateOptions} options
 * @returns {Taste}
 */
export function checkedTaste(options) {
  checkedRecord(options, "options", "an object with the greatest length, as { length: 10 }");
  refuseUnknownNames("options", Object.keys(options), optionNames);
  const { seed = 0, choose = "draw", temperature = 1, length, topK = Number.POSITIVE_INFINITY, topP = 1 } = options;
  checkSeed(seed, "options.seed");
  if (choose !== "draw" && choose !== "mode")
    throw refusal("options.choose", '"draw" or "mode"', describeValue(choose));
  if (!(typeof temperature === "number" && temperature > 0 && temperature < Number.POSITIVE_INFINITY))
    throw refusal("options.temperature", "a number above 0", describeValue(temperature));
  if (options.topK !== undefined && !(Number.isInteger(topK) && topK > 0))
    throw refusal("options.topK", "an integer above 0", describeValue(topK));
  if (!(typeof topP === "number" && topP > 0 && topP <= 1))
    throw refusal("options.topP", "a number above 0 and at most 1", describeValue(topP));
  if (!(Number.isInteger(length) && length >= 0))
    throw refusal("options.length", "an integer that is not negative", describeValue(length));
  const isBeam = options.beam !== undefined;
  for (const name of isBeam ? ofDraws : ofBeams)
    if (options[name] !== undefined)
      throw refusal(`options.${name}`, isBeam ? "none beside options.beam" : "options.beam beside it", "one");
  return { mode: choose === "mode", temperature, topK, topP };
}

/**
 * The most probable values are told of what can be counted.
 *
 * @param {GenerateOptions} options
 * @param {ReadonlyArray<Drawn>} drawn
 */
export function checkCountable(options, drawn) {
  for (const name of /** @type {const} */ (["topK", "topP"]))
    if (options[name] !== undefined && drawn.every(({ family }) => family === "normal"))
      throw refusal(`options.${name}`, "a model with a ~ of symbols or truths", "numbers alone");
}
