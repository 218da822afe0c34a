import { type Dice, drawnOf, type Part } from "../../../examples/tasks/dice.ts";
import type { Example } from "../../../src/runtime/interface.ts";

/** Subject, verb, object; in the target the object comes before the verb, and the verb becomes two words. */
const subjects = ["Ram", "Sita", "Mohan", "Gita", "Ravi", "Anu"].map((word) => [word, word] as const);
const verbs = [
  ["eats", "khata"],
  ["reads", "padhta"],
  ["sees", "dekhta"],
  ["buys", "kharidta"],
  ["draws", "banata"],
  ["wants", "chahta"],
] as const;
const objects = [
  ["apples", "seb"],
  ["books", "kitab"],
  ["milk", "doodh"],
  ["pictures", "chitra"],
  ["flowers", "phool"],
  ["letters", "patra"],
] as const;

export const source: ReadonlyArray<string> = [subjects, verbs, objects].flatMap((pairs) => pairs.map(([word]) => word));
export const target: ReadonlyArray<string> = [
  "<start>",
  "<end>",
  ...[subjects, objects, verbs].flatMap((pairs) => pairs.map(([, word]) => word)),
  "hai",
];

export const sentenceOf = (s: number, v: number, o: number): Example => ({
  x: [subjects[s]![0], verbs[v]![0], objects[o]![0]].map((word) => source.indexOf(word)),
  y: [subjects[s]![1], objects[o]![1], verbs[v]![1], "hai", "<end>"].map((word) => target.indexOf(word)),
});

/** English of three words to Hindi, in Latin letters and without gender, of four. */
export const reordered = (part: Part, count: number): ReadonlyArray<Example> =>
  drawnOf(part, 1, count, (dice: Dice) => sentenceOf(dice.below(6), dice.below(6), dice.below(6)));
