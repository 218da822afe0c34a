import type { Example } from "../../src/runtime/interface.ts";
import { commonestValue } from "./baselines/commonest.ts";
import { type Dice, drawn, drawnOf, times } from "./dice.ts";
import { lexiconOf, wordsOf } from "./lexicon.ts";
import { accuracy } from "./measure.ts";
import { atLeast, type Task } from "./task.ts";

/** "I went to Nepal in 2009." / "In 2009, I went to Nepal.": each year is only ever seen in one of the two places. */
export const yearTask = (): Task => ({
  name: "I went to Nepal in 2009",
  program: "which-year",
  statics: { V: words.size, d: 8, n: 12 },
  words: { w: words.words, y: words.words },
  training: () => drawnOf("training", 1, 200, sentence(whereSeen)),
  heldOut: () => drawnOf("heldOut", 1, 200, sentence(whereSeen)),
  settings: { steps: 600, batch: 16, rate: 0.01 },
  marks: [
    {
      metric: "years right in the place where they were seen, in new sentences",
      measure: accuracy,
      baseline: commonestValue(),
      required: atLeast(0.99),
    },
    {
      metric: "years right in the place where they never stood",
      measure: accuracy,
      baseline: commonestValue(),
      on: () =>
        drawn(
          2,
          200,
          sentence((year) => !whereSeen(year)),
        ),
      required: atLeast(0.9),
    },
  ],
});

const years = times(10, (i) => `${2000 + i}`);
const places = ["Nepal", "Peru", "Kenya", "Japan", "Chile", "Ghana"];
const words = lexiconOf([...years, ...places, ...wordsOf("I went to in In , .")]);

/** Even years are only ever seen last, odd ones first. */
const whereSeen = (year: number): boolean => year % 2 === 0;

const sentence =
  (isLast: (year: number) => boolean) =>
  (dice: Dice): Example => {
    const year = dice.pick(years);
    const place = dice.pick(places);
    const text = isLast(Number(year)) ? `I went to ${place} in ${year} .` : `In ${year} , I went to ${place} .`;
    return { w: words.symbols(wordsOf(text)), y: words.symbol(year) };
  };
