import { checkedList, checkedRecord } from "./border.js";
import { quoted } from "./refusal.js";
import { newRunner } from "./runner.js";
import { ownValue } from "./values.js";

/** @import { Gradient, ModelInfo, Values } from "./interface.ts" */
/** @import { Program, Slot } from "./program.ts" */
/** @import { Runner } from "./runner.js" */

/** What the names of gradients begin with that come from elsewhere. */
export const gradientPrefix = "$gradient.";

/** What the names of the norms of gradients begin with, by one parameter each. */
const normPrefix = "$norm.";

/**
 * How long the gradient of a program's last run is: all of it, and by each parameter.
 *
 * @typedef {{ readonly whole: () => number, readonly each: () => Record<string, number> }} Norms
 */

/**
 * @param {Program} program
 * @param {Runner} runner
 * @returns {Norms}
 */
export function newNorms(program, runner) {
  const norms = program.results.filter(({ role }) => role === "norm");
  const whole = norms.find(({ name }) => !name.startsWith(normPrefix));
  const lengthAt = (/** @type {Slot | undefined} */ slot) =>
    slot === undefined ? Number.NaN : Number(runner.arena()[runner.offset(slot)]);
  return {
    whole: () => lengthAt(whole),
    each: () =>
      Object.fromEntries(
        norms.flatMap((slot) => (slot === whole ? [] : [[slot.name.slice(normPrefix.length), lengthAt(slot)]])),
      ),
  };
}

/** There are no examples in such a step, and no axes. */
const noBatch = { size: 1, lengths: {}, longest: {}, values: {} };

/**
 * Steps along a given gradient: `kept` has the parameters and memories, whose places those after the step take. They give
 * the norms of the scaled gradient.
 *
 * @param {ModelInfo} model
 * @param {Program} program
 * @returns {(gradient: Gradient, kept: Readonly<Record<string, Values>>, known: (name: string) => number) => Norms}
 */
export function newDescent(model, program) {
  const runner = newRunner(program, model.precision);
  const norms = newNorms(program, runner);
  return (gradient, kept, known) => {
    checkedRecord(gradient, "gradient", "an object with the numbers of each parameter under its path");
    runner.prepare(noBatch);
    for (const { slot, size } of runner.leaves) {
      const { name } = slot;
      const own = ownValue(kept, name);
      if (own !== undefined) runner.arena().set(own, runner.offset(slot));
      else if (name.startsWith(gradientPrefix)) {
        const path = name.slice(gradientPrefix.length);
        const given = checkedList(ownValue(gradient, path), size, () => `gradient[${quoted(path)}]`);
        runner.arena().set(given, runner.offset(slot));
      } else runner.arena()[runner.offset(slot)] = known(name);
    }
    runner.run();
    // An update stands where the leaf of its name stood.
    for (const { role, name } of program.results) {
      const leaf = program.leaves.find((each) => role === "update" && each.name === name);
      const values = ownValue(kept, name);
      if (leaf === undefined || values === undefined) continue;
      const offset = runner.offset(leaf);
      values.set(runner.arena().subarray(offset, offset + values.length));
    }
    return norms;
  };
}
