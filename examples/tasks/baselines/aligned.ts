import type { Example } from "../../../src/runtime/interface.ts";
import { errorRate } from "../distance.ts";
import { flat } from "../measure.ts";
import type { Baseline } from "../task.ts";
import { commonestOf } from "./commonest.ts";

type Symbols = ReadonlyArray<number>;
interface Pair {
  readonly letters: Symbols;
  readonly phonemes: Symbols;
}

/**
 * The share of phonemes that are wrong if every letter is spoken as it is most often between the same two neighbours, or,
 * if training showed none, after any or at all. Which phonemes are a letter's is learned by aligning.
 */
export const alignedLetters: Baseline = {
  name: "each letter between its neighbours",
  measure: (training, examples) => {
    const speak = speaker(aligned(training.map(pairOf)));
    const pairs = examples.map(pairOf);
    return errorRate(
      pairs.map(({ letters }) => speak(letters)),
      pairs.map(({ phonemes }) => phonemes),
    );
  },
};

/** Without the symbol that ends a target. */
const pairOf = ({ x, y }: Example): Pair => ({ letters: flat(x!), phonemes: flat(y!).slice(0, -1) });

/** A word cut into the phonemes of each letter. */
interface Aligned {
  readonly letters: Symbols;
  readonly chunks: ReadonlyArray<Symbols>;
}

/** Begins with phonemes spread evenly over letters, then cuts each word anew as is most probable, a few times. */
export const aligned = (pairs: ReadonlyArray<Pair>, rounds = 4): ReadonlyArray<Aligned> => {
  let cut: ReadonlyArray<Aligned> = pairs.map(evenly);
  for (let round = 0; round < rounds; round++) {
    const cost = costsOf(cut);
    cut = pairs.map((pair) => cheapest(pair, cost));
  }
  return cut;
};

const evenly = ({ letters, phonemes }: Pair): Aligned => {
  const at = (i: number): number => Math.floor((i * phonemes.length) / letters.length);
  return { letters, chunks: letters.map((_, i) => phonemes.slice(at(i), at(i + 1))) };
};

type Cost = (letter: number, chunk: Symbols) => number;

/** -log of a letter's share of a chunk, of one that it never had small but not 0. */
const costsOf = (cut: ReadonlyArray<Aligned>): Cost => {
  const counts = new Map<string, number>();
  const add = (key: string): void => void counts.set(key, (counts.get(key) ?? 0) + 1);
  for (const { letters, chunks } of cut)
    letters.forEach((letter, i) => {
      add(`${letter}`);
      add(`${letter}:${chunks[i]!.join()}`);
    });
  return (letter, chunk) =>
    Math.log((counts.get(`${letter}`) ?? 0) + 1) - Math.log((counts.get(`${letter}:${chunk.join()}`) ?? 0) + 0.001);
};

/** More phonemes than this no letter has: "x" has two. */
const most = 3;

/** The cut of least cost (Viterbi 1967); `best[i][j]` is that of the first i letters with the first j phonemes. */
const cheapest = ({ letters, phonemes }: Pair, cost: Cost): Aligned => {
  const best = [[{ cost: 0, size: 0 }]] as { cost: number; size: number }[][];
  letters.forEach((letter, i) => {
    best[i + 1] = Array.from({ length: phonemes.length + 1 }, (_, j) => {
      let least = { cost: Number.POSITIVE_INFINITY, size: 0 };
      for (let size = 0; size <= Math.min(most, j); size++) {
        const before = best[i]![j - size]?.cost ?? Number.POSITIVE_INFINITY;
        const total = before + (Number.isFinite(before) ? cost(letter, phonemes.slice(j - size, j)) : 0);
        if (total < least.cost) least = { cost: total, size };
      }
      return least;
    });
  });
  const chunks: Symbols[] = [];
  for (let i = letters.length, j = phonemes.length; i > 0; i--) {
    const { size } = best[i]![j]!;
    chunks.unshift(phonemes.slice(j - size, j));
    j -= size;
  }
  return { letters, chunks };
};

const speaker = (cut: ReadonlyArray<Aligned>): ((letters: Symbols) => Symbols) => {
  const spoken = new Map<string, string[]>();
  for (const { letters, chunks } of cut)
    letters.forEach((_, i) => {
      for (const context of contextsOf(letters, i)) {
        const known = spoken.get(context);
        if (known === undefined) spoken.set(context, [chunks[i]!.join()]);
        else known.push(chunks[i]!.join());
      }
    });
  const best = new Map([...spoken].map(([context, chunks]) => [context, commonestOf(chunks)!]));
  return (letters) =>
    letters.flatMap((_, i) => {
      const chunk = best.get(contextsOf(letters, i).find((context) => best.has(context)) ?? "") ?? "";
      return chunk === "" ? [] : chunk.split(",").map(Number);
    });
};

/** A letter with both neighbours, with the next, alone. */
const contextsOf = (letters: Symbols, i: number): ReadonlyArray<string> => {
  const [before, letter, after] = [letters[i - 1] ?? "^", letters[i]!, letters[i + 1] ?? "$"];
  return [`${before} ${letter} ${after}`, `${letter} ${after}`, `${letter}`];
};
