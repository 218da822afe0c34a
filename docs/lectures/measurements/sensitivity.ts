import { exactFreeRun } from "../../../examples/tasks/measure.ts";
import { trainedProgram } from "../parts/trained.ts";
import { example } from "../programs.ts";
import { reordered, source, target } from "./reordering.ts";
import { short } from "./seeds.ts";

const rates = [0.0003, 0.001, 0.003, 0.01, 0.03, 0.1];
const sizes = [2, 4, 8, 16, 32];
const seeds = [1, 2, 3];
const settings = { steps: 300, batch: 16 };
const words = { V: source.length, M: target.length, d: 8 };

export const architectures = {
  "one vector": (n: number) => example("encoder-decoder", { ...words, n }),
  attention: (n: number) => example("translation", { ...words, n }),
};

/** By architecture, then size, then rate, then seed: the share of unseen sentences that are translated wholly right. */
export interface Sensitivity {
  readonly statics: typeof words;
  readonly settings: typeof settings;
  readonly rates: ReadonlyArray<number>;
  readonly sizes: ReadonlyArray<number>;
  readonly seeds: ReadonlyArray<number>;
  readonly right: Readonly<Record<string, ReadonlyArray<ReadonlyArray<ReadonlyArray<number>>>>>;
}

export const sensitivity = (): Sensitivity => ({
  statics: words,
  settings,
  rates,
  sizes,
  seeds,
  right: Object.fromEntries(
    Object.entries(architectures).map(([name, program]) => [
      name,
      sizes.map((n) =>
        rates.map((rate) => {
          const right = seeds.map((seed) => {
            const trained = trainedProgram(program(n), reordered("training", 100), { ...settings, rate }, seed);
            return short(exactFreeRun(["x"])(trained, reordered("heldOut", 40)));
          });
          console.log(name, n, rate, right.join(" "));
          return right;
        }),
      ),
    ]),
  ),
});
