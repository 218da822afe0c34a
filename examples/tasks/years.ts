import type { Example } from "../../src/runtime/interface.ts";
import { drawn, times } from "./dice.ts";
import { lexiconOf, wordsOf } from "./lexicon.ts";
import { accuracy } from "./measure.ts";
import { atLeast, type Task } from "./task.ts";

/** "I went to Nepal in 2009." / "In 2009, I went to Nepal.": each year is only ever seen in one of the two places. */
export const yearTask = (): Task => ({
  name: "I went to Nepal in 2009",
  program: "which-year",
  statics: { V: words.size, d: 8, n: 12 },
  training: () => sentences(1, (year) => year % 2 === 0),
  settings: { steps: 600, batch: 16, rate: 0.01 },
  marks: [
    {
      metric: "years right in the place where they were seen",
      measure: accuracy(() => sentences(2, (year) => year % 2 === 0)),
      required: atLeast(0.99),
    },
    {
      metric: "years right in the place where they never stood",
      measure: accuracy(() => sentences(3, (year) => year % 2 === 1)),
      required: atLeast(0.9),
    },
  ],
});

const years = times(10, (i) => `${2000 + i}`);
const places = ["Nepal", "Peru", "Kenya", "Japan"];
const words = lexiconOf([...years, ...places, ...wordsOf("I went to in In , .")]);

const sentences = (seed: number, isLast: (year: number) => boolean): ReadonlyArray<Example> =>
  drawn(seed, 200, (dice) => {
    const year = dice.pick(years);
    const place = dice.pick(places);
    const text = isLast(Number(year)) ? `I went to ${place} in ${year} .` : `In ${year} , I went to ${place} .`;
    return { w: words.symbols(wordsOf(text)), y: words.symbol(year) };
  });
