import type { Example } from "../../src/runtime/interface.ts";
import { commonestValue } from "./baselines/commonest.ts";
import { drawnOf, type Part, times } from "./dice.ts";
import { lexiconOf } from "./lexicon.ts";
import { accuracy } from "./measure.ts";
import { atLeast, type Task } from "./task.ts";

/** One to one, and many to one with both heads. */
export const classTasks = (): ReadonlyArray<Task> => [
  {
    name: "one to one: a class of a point",
    program: "mlp",
    statics: { k: 2, n: 12, m: 4 },
    training: () => points("training"),
    heldOut: () => points("heldOut"),
    settings: { steps: 600, batch: 32, rate: 0.02 },
    marks: [{ metric: "new points right", measure: accuracy, baseline: commonestValue(), required: atLeast(0.95) }],
  },
  ...["last", "mean"].map(
    (head): Task => ({
      name: `many to one: sentiment, ${head}`,
      program: `sentiment-${head}`,
      statics: { V: words.size, d: 8, n: 12 },
      words: { w: words.words, y: ["bad", "good"] },
      training: () => reviews("training"),
      heldOut: () => reviews("heldOut"),
      settings: { steps: 400, batch: 32, rate: 0.02 },
      marks: [
        { metric: "new sentences right", measure: accuracy, baseline: commonestValue(), required: atLeast(0.97) },
      ],
    }),
  ),
];

/** The quadrant of a point beyond the unit circle, and of one inside it the opposite quadrant. */
const points = (part: Part): ReadonlyArray<Example> =>
  drawnOf(part, 1, 500, (dice) => {
    const radius = dice.chance(0.5) ? dice.real(0.2, 0.8) : dice.real(1.2, 1.8);
    const quarter = dice.below(4);
    const angle = (quarter + dice.real(0.05, 0.95)) * (Math.PI / 2);
    return {
      x: [radius * Math.cos(angle), radius * Math.sin(angle)],
      y: radius > 1 ? quarter : (quarter + 2) % 4,
    };
  });

const good = ["good", "great", "moving"];
const bad = ["bad", "awful", "dull"];
const subjects = ["the film", "the plot", "the acting", "the music"];
const asides = ["they say", "as ever", "after all", "on the whole"];
const words = lexiconOf([
  ...good,
  ...bad,
  ...[...subjects, ...asides].flatMap((of) => of.split(" ")),
  "was",
  "not",
  "very",
  "really",
]);

/** A judgement, which `not` turns around, among words that say nothing. */
const reviews = (part: Part): ReadonlyArray<Example> =>
  drawnOf(part, 1, 500, (dice) => {
    const [isGood, isNegated] = [dice.chance(0.5), dice.chance(0.5)];
    const aside = (): ReadonlyArray<string> => times(dice.below(2), () => dice.pick(asides));
    const phrases = [
      ...aside(),
      dice.pick(subjects),
      "was",
      ...(isNegated ? ["not"] : []),
      ...times(dice.below(2), () => dice.pick(["very", "really"])),
      dice.pick(isGood ? good : bad),
      ...aside(),
    ];
    return { w: words.symbols(phrases.flatMap((phrase) => phrase.split(" "))), y: Number(isGood !== isNegated) };
  });
