import type { Example } from "../../src/runtime/interface.ts";
import { commonestOfEach } from "./baselines/commonest.ts";
import { type Dice, drawnOf, type Part, times } from "./dice.ts";
import { lexiconOf } from "./lexicon.ts";
import { accuracy } from "./measure.ts";
import { atLeast, type Task } from "./task.ts";

/** Sequence labelling of made-up sentences: named entities and word segmentation, with the program of the tagger. */
export const labellingTasks = (): ReadonlyArray<Task> => [
  {
    name: "named entities",
    program: "tagger",
    statics: { V: words.size, m: kinds.size, d: 8, n: 12 },
    words: { w: words.words, y: kinds.words },
    training: () => entitySentences("training"),
    heldOut: () => entitySentences("heldOut"),
    settings: { steps: 1000, batch: 16, rate: 0.02 },
    marks: [
      {
        metric: "labels right in new sentences",
        measure: accuracy,
        baseline: commonestOfEach(),
        required: atLeast(0.99),
      },
    ],
  },
  {
    name: "word segmentation",
    program: "tagger",
    statics: { V: letters.size, m: 2, d: 4, n: 16 },
    words: { w: letters.words },
    training: () => runTogether("training"),
    heldOut: () => runTogether("heldOut"),
    settings: { steps: 800, batch: 16, rate: 0.02 },
    marks: [
      {
        metric: "letters right in new sentences",
        measure: accuracy,
        baseline: commonestOfEach(),
        required: atLeast(0.98),
      },
    ],
  },
];

const names = ["Jackson", "Paris", "Washington", "Chelsea", "Sydney", "Austin"];
const frames = ["* said that it rained", "they met in *", "we flew to *", "* is a large city", "it was * who called"];
const fillers = ["yesterday", "again", "indeed", "of course"].flatMap((phrase) => phrase.split(" "));
const words = lexiconOf([...names, ...frames.flatMap((frame) => frame.split(" ")), ...fillers, ".", "and"]);
const kinds = lexiconOf(["none", "person", "place"]);
const kindIn = new Map(frames.map((frame, i) => [frame, i === 0 || i === 4 ? "person" : "place"]));

/** Every name is one of persons and of places: which of them, the words around it say, also those after it. */
const entitySentences = (part: Part): ReadonlyArray<Example> =>
  drawnOf(part, 1, 300, (dice) => {
    const clauses = times(dice.between(1, 2), () => clauseOf(dice));
    return {
      w: words.symbols(clauses.flatMap(({ text }) => text)),
      y: kinds.symbols(clauses.flatMap(({ kind }) => kind)),
    };
  });

const clauseOf = (dice: Dice): { readonly text: ReadonlyArray<string>; readonly kind: ReadonlyArray<string> } => {
  const frame = dice.pick(frames);
  const name = dice.pick(names);
  const tokens = [...frame.split(" "), ...times(dice.below(3), () => dice.pick(fillers)), "."];
  return {
    text: tokens.map((token) => (token === "*" ? name : token)),
    kind: tokens.map((token) => (token === "*" ? kindIn.get(frame)! : "none")),
  };
};

const letters = lexiconOf("abcd");
const segments = ["a", "ab", "bb", "d", "dc"];

/**
 * Words written without spaces; the label says where one begins. No word ends like another, so there is one reading,
 * but a run of `b` after an `a` is read only from its end: the labeller must look ahead.
 */
const runTogether = (part: Part): ReadonlyArray<Example> =>
  drawnOf(part, 1, 400, (dice) => {
    const chosen = times(dice.between(2, 7), () => dice.pick(segments));
    return {
      w: letters.symbols([...chosen.join("")]),
      y: chosen.flatMap((segment) => [...segment].map((_, i) => Number(i === 0))),
    };
  });
