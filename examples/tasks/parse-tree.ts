import type { Example } from "../../src/runtime/interface.ts";
import { commonestSequence } from "./baselines/commonest.ts";
import { lexiconOf, wordsOf } from "./lexicon.ts";
import { exactFreeRun } from "./measure.ts";
import { atLeast, type Task } from "./task.ts";

/** A sentence to its parse tree, written as a string. */
export const parseTreeTask = (): Task => ({
  name: "parse tree as a string",
  program: "encoder-decoder",
  statics: { V: words.size, M: brackets.size, d: 8, n: 24 },
  words: { x: words.words, y: brackets.words },
  training: () => sentences.filter((sentence, place) => !isUnseen(sentence, place)).map(example),
  heldOut: () => sentences.filter(isUnseen).map(example),
  settings: { steps: 600, batch: 16, rate: 0.01 },
  marks: [
    {
      metric: "the tree of: John has a dog .",
      measure: exactFreeRun(["x"]),
      on: () => sentences.filter(isOfTheDeck).map(example),
      required: atLeast(1),
    },
    {
      metric: "trees of new sentences wholly right, running freely",
      measure: exactFreeRun(["x"]),
      baseline: commonestSequence,
      required: atLeast(0.9),
    },
  ],
});

interface Parsed {
  readonly text: string;
  readonly tree: string;
}

const nounPhrases: ReadonlyArray<Parsed> = [
  ...["John", "Mary"].map((text) => ({ text, tree: "(NP NNP )NP" })),
  ...["a", "the"].flatMap((article) =>
    ["dog", "cat", "house"].map((noun) => ({ text: `${article} ${noun}`, tree: "(NP DT NN )NP" })),
  ),
];
const verbPhrases: ReadonlyArray<Parsed> = ["has", "sees"].flatMap((verb) => [
  { text: verb, tree: "(VP VBZ )VP" },
  ...nounPhrases.map(({ text, tree }) => ({ text: `${verb} ${text}`, tree: `(VP VBZ ${tree} )VP` })),
]);
const sentences: ReadonlyArray<Parsed> = nounPhrases.flatMap((subject) =>
  verbPhrases.map((predicate) => ({
    text: `${subject.text} ${predicate.text} .`,
    tree: `(S ${subject.tree} ${predicate.tree} . )S`,
  })),
);

const isOfTheDeck = ({ text }: Parsed): boolean => text === "John has a dog .";
const isUnseen = (sentence: Parsed, place: number): boolean => place % 5 === 0 || isOfTheDeck(sentence);

const words = lexiconOf(sentences.flatMap(({ text }) => wordsOf(text)));
const brackets = lexiconOf(["<start>", "<end>", ...sentences.flatMap(({ tree }) => wordsOf(tree))]);

const example = ({ text, tree }: Parsed): Example => ({
  x: words.symbols(wordsOf(text)),
  y: brackets.symbols([...wordsOf(tree), "<end>"]),
});
