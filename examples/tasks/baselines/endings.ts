import type { Example } from "../../../src/runtime/interface.ts";
import { flat, mean } from "../measure.ts";
import type { Baseline } from "../task.ts";
import { commonestOf } from "./commonest.ts";

/**
 * The share of words whose kind is right if it is the commonest one of those that end in the same `length` letters, or,
 * if training showed none, in one less, and so on.
 */
export const commonestByEnding = (length: number, w = "w", y = "y"): Baseline => ({
  name: `the last ${length} letters`,
  measure: (training, examples) => {
    const kinds = new Map<string, number[]>();
    for (const example of training)
      for (const ending of endingsOf(example, w, length)) {
        const known = kinds.get(ending);
        if (known === undefined) kinds.set(ending, [kindOf(example, y)]);
        else known.push(kindOf(example, y));
      }
    const best = new Map([...kinds].map(([ending, all]) => [ending, commonestOf(all)]));
    return mean(
      examples.map((example) => {
        const known = endingsOf(example, w, length).find((ending) => best.has(ending));
        return Number(known !== undefined && best.get(known) === kindOf(example, y));
      }),
    );
  },
});

/** The longest first, down to the empty one. A word of fewer letters is an ending of its own: it begins there. */
const endingsOf = (example: Example, w: string, length: number): ReadonlyArray<string> => {
  const letters = [-1, ...flat(example[w]!)];
  return Array.from({ length: Math.min(length, letters.length) + 1 }, (_, i) =>
    letters.slice(letters.length - Math.min(length, letters.length) + i).join(),
  );
};

const kindOf = (example: Example, y: string): number => flat(example[y]!)[0]!;
