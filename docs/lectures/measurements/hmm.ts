import { flat, lossPerValue } from "../../../examples/tasks/measure.ts";
import type { Example } from "../../../src/runtime/interface.ts";
import { evaluate } from "../../../src/train/evaluate.ts";
import { taskNamed, trainedProgram } from "../parts/trained.ts";
import { written } from "../programs.ts";
import { short } from "./seeds.ts";

const V = 28;
const settings = { steps: 1000, batch: 32, rate: 0.01 };
const seeds = [1, 2, 3];
const sizes = [4, 8, 16, 32];

export const hmmOfNames = (n: number) =>
  written(
    `
import HMM from "std"

model NamesHMM(V = 28, n = 8) {
  axis t in 1..T
  input w[t] : symbol[V]
  (l[t], a[t]) = HMM(n, V)(w[t])
  minimize -l[T]
}`,
    { V, n },
  );

export const rnnOfNames = (n: number) =>
  written(
    `
model NamesRNN(V = 28, n = 8) {
  axis t in 1..T until y[t] == 1
  param W, E, O
  param b, c = 0
  y[0] = 0
  h[0] = 0
  h[t] : R[n] = tanh(W h[t-1] + E onehot(y[t-1]) + b)
  y[t] : symbol[V] ~ categorical(softmax(O h[t] + c))
}`,
    { V, n },
  );

/** By model, then size, then seed: nats per letter of names never seen; and how many numbers each has to learn. */
export interface HmmAgainstRnn {
  readonly statics: { readonly V: number };
  readonly settings: typeof settings;
  readonly seeds: ReadonlyArray<number>;
  readonly sizes: ReadonlyArray<number>;
  readonly hmm: ReadonlyArray<ReadonlyArray<number>>;
  readonly rnn: ReadonlyArray<ReadonlyArray<number>>;
  readonly numbers: { readonly hmm: ReadonlyArray<number>; readonly rnn: ReadonlyArray<number> };
}

export const hmmAgainstRnn = (): HmmAgainstRnn => {
  const task = taskNamed("names: generation");
  const sequences = (examples: ReadonlyArray<Example>, name: "w" | "y") =>
    examples.map(({ y }) => ({ [name]: y! }) as Example);
  const letters = task.heldOut().reduce((sum, { y }) => sum + flat(y!).length, 0);
  const count = (params: Readonly<Record<string, ArrayLike<number>>>) =>
    Object.values(params).reduce((sum, values) => sum + values.length, 0);
  const numbers: { readonly hmm: number[]; readonly rnn: number[] } = { hmm: [], rnn: [] };
  const hmm = sizes.map((n) =>
    seeds.map((seed) => {
      const trained = trainedProgram(hmmOfNames(n), sequences(task.training(), "w"), settings, seed);
      if (seed === 1) numbers.hmm.push(count(trained.params));
      const heldOut = sequences(task.heldOut(), "w");
      const whole = heldOut.reduce(
        (sum, example) => sum + trained.compiled.loss(trained.params, trained.compiled.pack([example])),
        0,
      );
      console.log("hmm", n, seed, whole / letters, evaluate(trained.compiled, trained.params, heldOut));
      return short(whole / letters);
    }),
  );
  const rnn = sizes.map((n) =>
    seeds.map((seed) => {
      const trained = trainedProgram(rnnOfNames(n), sequences(task.training(), "y"), settings, seed);
      if (seed === 1) numbers.rnn.push(count(trained.params));
      const found = lossPerValue(trained, sequences(task.heldOut(), "y"));
      console.log("rnn", n, seed, found);
      return short(found);
    }),
  );
  return { statics: { V }, settings, seeds, sizes, hmm, rnn, numbers };
};
