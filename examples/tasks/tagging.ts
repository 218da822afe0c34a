import type { Example } from "../../src/runtime/interface.ts";
import { type TaggedWord, taggedSentences, wordClasses } from "./brown-tags.ts";
import { lexiconOf } from "./lexicon.ts";
import { accuracy, mean } from "./measure.ts";
import { atLeast, type Mark, type Task } from "./task.ts";

/** Part-of-speech tagging on a part of the Brown corpus. */
export const taggingTask = (): Task => {
  const training = taggedSentences([
    "ca01",
    "ca02",
    "ca03",
    "ca04",
    "ca05",
    "ca07",
    "ca08",
    "cb01",
    "cb02",
    "cb04",
  ]).filter(isShort);
  const heldOut = taggedSentences(["ca06", "cb03"]).filter(isShort);
  const words = lexiconOf([...frequentWords(training), ...shapes], shapeOf);
  const tags = lexiconOf(wordClasses);
  const example = (sentence: Sentence): Example => ({
    w: words.symbols(sentence.map(({ word }) => word)),
    y: tags.symbols(sentence.map(({ tag }) => tag)),
  });
  const [trained, unseen] = [training.map(example), heldOut.map(example)];
  return {
    name: "part-of-speech tagging (Brown)",
    program: "tagger",
    statics: { V: words.size, m: tags.size, d: 24, n: 24 },
    training: () => trained,
    settings: { steps: 1500, batch: 16, rate: 0.01 },
    marks: [
      { metric: "tags right in the training sentences", measure: accuracy(() => trained), required: atLeast(0.99) },
      { metric: "tags right in new documents", measure: accuracy(() => unseen) },
      beyondWords(trained, unseen),
    ],
  };
};

type Sentence = ReadonlyArray<TaggedWord>;
const isShort = (sentence: Sentence): boolean => sentence.length <= 25;

/** Words that the training sentences hold more than once; the others are known by their shape alone. */
const frequentWords = (sentences: ReadonlyArray<Sentence>): ReadonlyArray<string> => {
  const counts = new Map<string, number>();
  for (const { word } of sentences.flat()) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].filter(([, count]) => count > 1).map(([word]) => word);
};

const endings = ["ly", "ing", "ed", "s", "er", "ion", "al", "ity", "ous", "ive", "able", "y", "e"];
const shapes = ["<number>", "<name>", ...endings.map((ending) => `<${ending}>`), "<other>"];
const shapeOf = (word: string): string => {
  if (/\d/.test(word)) return "<number>";
  if (/^[A-Z]/.test(word)) return "<name>";
  const ending = endings.find((end) => word.endsWith(end));
  return ending === undefined ? "<other>" : `<${ending}>`;
};

/** What the sentence adds to the word: the share that each word's most frequent tag gets right is taken off. */
const beyondWords = (training: ReadonlyArray<Example>, heldOut: ReadonlyArray<Example>): Mark => {
  const counts = new Map<number, Map<number, number>>();
  for (const [w, y] of training.flatMap(pairs)) {
    const tags = counts.get(w) ?? new Map<number, number>();
    counts.set(w, tags.set(y, (tags.get(y) ?? 0) + 1));
  }
  const best = (w: number): number => [...(counts.get(w) ?? [])].reduce((a, b) => (b[1] > a[1] ? b : a), [0, 0])[0]!;
  const byWord = mean(heldOut.flatMap(pairs).map(([w, y]) => Number(best(w) === y)));
  return {
    metric: `  and more than by each word's commonest tag (${byWord.toFixed(4)})`,
    measure: (trained) => accuracy(() => heldOut)(trained) - byWord,
    required: atLeast(0),
  };
};

const pairs = ({ w, y }: Example): ReadonlyArray<readonly [number, number]> =>
  (w as ReadonlyArray<number>).map((word, t) => [word, (y as ReadonlyArray<number>)[t]!]);
