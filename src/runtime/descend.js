import { checkedList, checkedRecord } from "./border.js";
import { quoted } from "./refusal.js";
import { newRunner } from "./runner.js";
import { ownValue } from "./values.js";

/** @import { Gradient, ModelInfo, Values } from "./interface.ts" */
/** @import { Program } from "./program.ts" */

/** What the names of gradients begin with that come from elsewhere. */
const gradientPrefix = "$gradient.";

/** There are no examples in such a step, and no axes. */
const noBatch = { size: 1, lengths: {}, longest: {}, values: {} };

/**
 * A step along a given gradient: `kept` has the parameters and memories, whose places those after the step take. It gives
 * the norm of the scaled gradient.
 *
 * @param {ModelInfo} model
 * @param {Program} program
 * @returns {(gradient: Gradient, kept: Readonly<Record<string, Values>>, known: (name: string) => number) => number}
 */
export function newDescent(model, program) {
  const runner = newRunner(program, model.precision);
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
    const norm = program.results.find(({ role }) => role === "norm");
    return norm === undefined ? Number.NaN : Number(runner.arena()[runner.offset(norm)]);
  };
}
