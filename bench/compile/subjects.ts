import type { Target } from "../../src/emit/targets.ts";
import type { Example } from "../../src/runtime/interface.ts";
import { below, generator, times, vectors } from "../random.ts";
import type { Program } from "../task.ts";

/** A program that is compiled again and again; `value` is its length or its layers. */
export interface Subject {
  readonly name: "W1" | "T" | "layers";
  readonly value: number;
  readonly target: Target;
  /** The program and the batch of its first gradient; in each round of other sizes. */
  readonly given: (round: number) => { readonly program: Program; readonly examples: ReadonlyArray<Example> };
}

/**
 * An engine remembers code that it has compiled before, so that no two programs of a run may be the same: W1's
 * embeddings, which cost next to nothing, get ever more components.
 */
const w1 = (round: number, place: number): Program => ({
  file: "./workloads/w1.rnn",
  statics: { d: 24 + 10 * round + place },
  iteration: "gradient",
});

const characters = (count: number, length: number): ReadonlyArray<Example> => {
  const random = generator(7);
  const symbols = () => times(length, () => below(random, 65));
  return times(count, () => ({ x: symbols(), y: symbols() }));
};

const ownBatch = characters(32, 64);

/** W1 itself; W1 with one example of each length; LSTMs upon each other. */
export const subjects: ReadonlyArray<Subject> = [
  ...(["wasm", "js"] as const).map(
    (target, place): Subject => ({
      name: "W1",
      value: 64,
      target,
      given: (round) => ({ program: w1(round, place), examples: ownBatch }),
    }),
  ),
  ...[8, 16, 32, 64, 128, 256, 512].map((value, i): Subject => {
    const examples = characters(1, value);
    return { name: "T", value, target: "wasm", given: (round) => ({ program: w1(round, 2 + i), examples }) };
  }),
  ...[1, 2, 4, 8, 16, 32].map(
    (layers): Subject => ({
      name: "layers",
      value: layers,
      target: "wasm",
      given: (round) => {
        const n = 32 + round;
        const data = () => vectors(generator(7), 8, n);
        return {
          program: { file: "./cost/stacked.rnn", statics: { n, layers }, iteration: "gradient" },
          examples: [{ x: data(), g: data() }],
        };
      },
    }),
  ),
];
