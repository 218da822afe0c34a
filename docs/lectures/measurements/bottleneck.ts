import { drawnOf, type Part, times } from "../../../examples/tasks/dice.ts";
import { exactFreeRun } from "../../../examples/tasks/measure.ts";
import type { Example } from "../../../src/runtime/interface.ts";
import { trainedProgram } from "../parts/trained.ts";
import { example } from "../programs.ts";
import { short } from "./seeds.ts";

const statics = { V: 8, M: 10, d: 12, n: 20 };
const settings = { steps: 1500, batch: 16, rate: 0.01 };
const lengths = [2, 4, 6, 8, 10, 12];
const seeds = [1, 2, 3, 4, 5];

export const throughOneVector = example("encoder-decoder", statics);
export const withAttention = example("translation", statics);

/** By way, then length, then seed: the share of sentences copied without a mistake. */
export interface Bottleneck {
  readonly statics: typeof statics;
  readonly settings: typeof settings;
  readonly lengths: ReadonlyArray<number>;
  readonly seeds: ReadonlyArray<number>;
  readonly vector: ReadonlyArray<ReadonlyArray<number>>;
  readonly attention: ReadonlyArray<ReadonlyArray<number>>;
}

/** Sentences of 2 to 12 words are copied, through one vector and with attention. */
export const bottleneck = (): Bottleneck => {
  const [vector, attention] = [throughOneVector, withAttention].map((program) => {
    const bySeed = seeds.map((seed) => {
      const trained = trainedProgram(program, copies("training", 800, 2, lengths.at(-1)!), settings, seed);
      const right = lengths.map((length) => short(exactFreeRun(["x"])(trained, copies("heldOut", 60, length, length))));
      console.log(seed, right.join(" "));
      return right;
    });
    return lengths.map((_, l) => bySeed.map((right) => right[l]!));
  });
  return { statics, settings, lengths, seeds, vector: vector!, attention: attention! };
};

/** No sentence that is measured was trained on, however short. */
const copies = (part: Part, count: number, least: number, most: number): ReadonlyArray<Example> =>
  drawnOf(part, 1, count, (dice) => {
    const x = times(dice.between(least, most), () => dice.below(statics.V));
    return { x, y: [...x.map((word) => word + 2), 1] };
  });
