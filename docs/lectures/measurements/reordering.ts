import { type Dice, drawnOf, type Part } from "../../../examples/tasks/dice.ts";
import type { Example } from "../../../src/runtime/interface.ts";

/** Each word of the source with the words that it becomes: a verb becomes two, of which the second tells its time. */
const subjects = ["Ram", "Sita", "Mohan", "Gita", "Ravi", "Anu"].map((word) => [word, word] as const);
const verbs = [
  ["eats", "khata", "hai"],
  ["ate", "khata", "tha"],
  ["sees", "dekhta", "hai"],
  ["saw", "dekhta", "tha"],
  ["buys", "kharidta", "hai"],
  ["bought", "kharidta", "tha"],
] as const;
const objects = [
  ["apples", "seb"],
  ["books", "kitab"],
  ["milk", "doodh"],
  ["pictures", "chitra"],
  ["flowers", "phool"],
  ["letters", "patra"],
] as const;

export const source: ReadonlyArray<string> = [subjects, verbs, objects].flatMap((words) => words.map(([word]) => word));
export const target: ReadonlyArray<string> = [
  ...new Set([
    "<start>",
    "<end>",
    ...[subjects, objects, verbs].flatMap((words) => words.flatMap(([, ...said]) => said)),
  ]),
];

export const sentenceOf = (s: number, v: number, o: number): Example => ({
  x: [subjects[s]![0], verbs[v]![0], objects[o]![0]].map((word) => source.indexOf(word)),
  y: [subjects[s]![1], objects[o]![1], verbs[v]![1], verbs[v]![2], "<end>"].map((word) => target.indexOf(word)),
});

/** Three words of English to four of a simple Hindi, in Latin letters, without gender. */
export const reordered = (part: Part, count: number): ReadonlyArray<Example> =>
  drawnOf(part, 1, count, (dice: Dice) => sentenceOf(dice.below(6), dice.below(6), dice.below(6)));
