import { alignedLetters } from "./baselines/aligned.ts";
import { isHeldOut } from "./dice.ts";
import { errorRate } from "./distance.ts";
import { flat } from "./measure.ts";
import { type ReadData, readData, writeRecords } from "./reading.ts";
import { atMost, type LazyTask, type Measure, type Task } from "./task.ts";

/** Letters to phonemes with attention: the program of the translation, searched with a beam. */
export const pronunciationTask: LazyTask = {
  name: "letters to phonemes (CMUdict)",
  task: async () => pronunciationOf(await pronunciationData()),
};

export const pronunciationOf = ({ statics, training, heldOut }: ReadData): Task => ({
  name: pronunciationTask.name,
  program: "translation",
  statics: { ...statics, d: 32, n: 64 },
  training: () => training,
  heldOut: () => heldOut,
  settings: { steps: 2500, batch: 64, rate: 0.005, byLength: true },
  marks: [
    {
      metric: "phonemes wrong in new words, by a beam of 4",
      measure: phonemeErrors,
      baseline: alignedLetters,
      required: atMost(0.14),
    },
  ],
});

/** How many words are measured: searching takes as long as a good deal of training. */
const measured = 1000;

/**
 * The dictionary of Carnegie Mellon University, of the package cmu-pronouncing-dictionary: words of letters alone, in
 * their first pronunciation, without stress.
 */
export const pronunciationData = async (every = 1): Promise<ReadData> => {
  const { dictionary } = await import("cmu-pronouncing-dictionary");
  const words = Object.entries(dictionary)
    .filter(([word]) => /^[a-z]{2,}$/.test(word))
    .filter((_, i) => i % every === 0)
    .map(([word, phonemes]) => ({ x: [...word], y: phonemes.replace(/\d/g, "").split(" ") }));
  const heldOut = words.filter(({ x }) => isHeldOut(x));
  return readData("translation", {
    files: [
      writeRecords(
        `pronunciation-${every}`,
        words.filter(({ x }) => !isHeldOut(x)),
      ),
    ],
    heldOutFiles: [
      writeRecords(
        `pronunciation-${every}-held-out`,
        heldOut.filter((_, i) => i % Math.ceil(heldOut.length / measured) === 0),
      ),
    ],
  });
};

/** Insertions, deletions and substitutions, for a phoneme that should be there. */
const phonemeErrors: Measure = ({ compiled, params }, examples) => {
  const { values } = compiled.search(params, {
    length: 30,
    beam: 4,
    size: examples.length,
    inputs: examples.map(({ x }) => ({ x: x! })),
  });
  return errorRate(
    values.y!.map((found) => withoutEnd(flat(found))),
    examples.map(({ y }) => withoutEnd(flat(y!))),
  );
};

const end = 1;
const withoutEnd = (symbols: ReadonlyArray<number>): ReadonlyArray<number> =>
  symbols.at(-1) === end ? symbols.slice(0, -1) : symbols;
