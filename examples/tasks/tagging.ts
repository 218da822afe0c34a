import { type Split, splitEvery } from "../../src/data/split.ts";
import type { Example } from "../../src/runtime/interface.ts";
import { commonestOfEach } from "./baselines/commonest.ts";
import { type Sentence, taggedDocuments } from "./brown-tags.ts";
import { lexiconOf } from "./lexicon.ts";
import { accuracy } from "./measure.ts";
import { type ReadData, readData, writeRecords } from "./reading.ts";
import { atLeast, type LazyTask, type Task } from "./task.ts";

/** Part-of-speech tagging: the whole Brown corpus, every tenth document held out. */
export const taggingTask: LazyTask = {
  name: "part-of-speech tagging (Brown)",
  task: async () => taggingOf(taggedData()),
};

export const taggingOf = ({ statics, training, heldOut, asWritten }: TaggedData): Task => ({
  name: taggingTask.name,
  program: "tagger-endings",
  statics,
  training: () => training,
  heldOut: () => heldOut,
  settings: { steps: 1000, batch: 32, rate: 0.005, byLength: true },
  marks: [
    {
      metric: "tags right in new documents",
      measure: accuracy,
      baseline: {
        name: "each word's commonest tag",
        measure: () => commonestOfEach().measure(asWritten.training, asWritten.heldOut),
      },
      required: atLeast(0.962),
    },
  ],
});

/** The model knows words that it has seen more than once, and without capitals: what it is compared with knows all. */
interface TaggedData extends ReadData {
  readonly asWritten: Split<Example>;
}

/** The documents of the Brown corpus with every tenth held out; `every` takes a part of them. */
export const taggedData = (every = 1): TaggedData => {
  const { training, heldOut } = splitEvery<ReadonlyArray<Sentence>>(10)(taggedDocuments(every));
  const read = readData(
    "tagger-endings",
    {
      files: [writeRecords(`tagging-${every}`, training.flat().map(asRecord))],
      heldOutFiles: [writeRecords(`tagging-${every}-held-out`, heldOut.flat().map(asRecord))],
      minimum: 2,
    },
    { d: 32, e: 12, n: 48 },
  );
  const words = lexiconOf([...training, ...heldOut].flat(2).map(({ word }) => word));
  const tags = lexiconOf([...training, ...heldOut].flat(2).map(({ tag }) => tag));
  const written = (sentence: Sentence): Example => ({
    w: sentence.map(({ word }) => words.symbol(word)),
    y: sentence.map(({ tag }) => tags.symbol(tag)),
  });
  return { ...read, asWritten: { training: training.flat().map(written), heldOut: heldOut.flat().map(written) } };
};

const asRecord = (sentence: Sentence) => ({
  w: sentence.map(({ word }) => word.toLowerCase()),
  s: sentence.map(({ word }) => word.toLowerCase().slice(-3)),
  u: sentence.map(({ word }) => word.toLowerCase().slice(-2)),
  c: sentence.map(({ word }, place) => spellingOf(word, place)),
  y: sentence.map(({ tag }) => tag),
});

/** A capital says less where a sentence begins. */
const spellingOf = (word: string, place: number): string => {
  if (/\d/.test(word)) return "digits";
  if (!/[a-zA-Z]/.test(word)) return "marks";
  const hyphen = word.includes("-") ? "-hyphen" : "";
  if (!/^[A-Z]/.test(word)) return `small${hyphen}`;
  return `${place === 0 ? "first" : "capital"}${hyphen}`;
};
