import { readFileSync } from "node:fs";
import type { CompileOptions } from "../../src/compile.ts";
import type { CompiledModel, Example, Params } from "../../src/runtime/interface.ts";

/** Models whose sequences can be counted out, each with the inputs of two of them. */
export interface Searched {
  readonly what: string;
  readonly source: string;
  readonly statics?: CompileOptions["statics"];
  readonly inputs: readonly [Example, Example];
}

const example = (file: string): string => readFileSync(new URL(`../../examples/${file}`, import.meta.url), "utf8");

export const searchedModels: ReadonlyArray<Searched> = [
  {
    what: "symbols that are read back, without an end",
    source: `model Chain {
  axis t in 1..T
  param W, E, O
  h[0] = 0
  y[0] = 2
  h[t] : R[3] = tanh(W h[t-1] + E onehot(y[t-1]))
  y[t] : symbol[3] ~ categorical(softmax(O h[t]))
}`,
    inputs: [{}, {}],
  },
  {
    what: "a state that reads the symbol of its own step, so that the step is run again",
    source: `model Again(eos = 1) {
  axis t in 1..T until y[t] == eos
  input z : R[2]
  param W, E, O, Z
  s[0] = tanh(Z z)
  y[t] : symbol[3] ~ categorical(softmax(O s[t-1]))
  s[t] : R[3] = tanh(W s[t-1] + E onehot(y[t]))
}`,
    inputs: [{ z: [1, -1] }, { z: [0.2, 2] }],
  },
  {
    what: "two symbols a step, of which the second depends on the first",
    source: `model Rounds(eos = 0) {
  axis t in 1..T until z[t] == eos
  param W, A, B
  y[0] = 0
  z[0] = 1
  y[t] : symbol[2] ~ categorical(softmax(W onehot(z[t-1])))
  z[t] : symbol[3] ~ categorical(softmax(A onehot(y[t]) + B onehot(z[t-1])))
}`,
    inputs: [{}, {}],
  },
  {
    what: "truths, several a step, with an input at each",
    source: `model Truths {
  axis k in 1..2
  axis t in 1..T
  input x[t] : R
  param w[k] : R[2] ~ uniform(-1, 1)
  param u : R[2] ~ uniform(-1, 1)
  y[0,k] = 0
  y[t,k] ~ bernoulli(sigmoid(w[k][1] * x[t] + w[k][2] * sum[k](u[k] * y[t-1,k])))
}`,
    inputs: [{ x: [1, -2, 0.5, 1] }, { x: [0, 3, -1, 1] }],
  },
  {
    what: "a translation with attention, beside a longer one",
    source: example("translation.rnn"),
    statics: { V: 4, M: 3, d: 2, n: 3 },
    inputs: [{ x: [1, 2, 3] }, { x: [0] }],
  },
  {
    what: "words for an image",
    source: example("caption-both.rnn"),
    statics: { k: 2, M: 3, n: 3 },
    inputs: [{ z: [1, -1] }, { z: [0, 2] }],
  },
];

/** Parameters that are so large that one choice matters to the next. */
export const livelyParams = (model: CompiledModel, seed: number): Params =>
  Object.fromEntries(
    Object.entries(model.init(seed)).map(([path, values]) => [path, values.map((value, i) => 3 * value + (i % 3) / 4)]),
  );

type Element = number | ReadonlyArray<number>;
/** The elements of each target, step by step. */
export type Steps = ReadonlyArray<ReadonlyArray<Element>>;

/** Every sequence that ends within a length, or has it, with what the loss says of it. */
export const countedOut = (
  model: CompiledModel,
  params: Params,
  inputs: Example,
  length: number,
): ReadonlyArray<{ readonly steps: Steps; readonly log: number }> => {
  const logOf = (steps: Steps): number => {
    const given = Object.fromEntries(model.model.targets.map(({ name }, i) => [name, steps.map((each) => each[i]!)]));
    const moving = model.model.inputs.filter(({ indices }) => indices.includes(`${model.model.streamable}`));
    const shorter = moving.map(({ name }) => [name, (inputs[name] as ReadonlyArray<number>).slice(0, steps.length)]);
    return -model.loss(params, model.pack([{ ...inputs, ...Object.fromEntries(shorter), ...given }]));
  };
  return sequences(model, length).map((steps) => ({ steps, log: steps.length === 0 ? 0 : logOf(steps) }));
};

const sequences = (model: CompiledModel, length: number, begun: Steps = []): ReadonlyArray<Steps> => {
  const hasEnded = model.model.randoms.some(({ until }, i) => until !== undefined && begun.at(-1)?.[i] === until);
  if (hasEnded || begun.length === length) return [begun];
  const choices = model.model.targets.map(({ symbols = 2, indices }) => {
    const one = Array.from({ length: symbols }, (_, value) => value);
    return indices.length === 1 ? one : one.flatMap((a) => one.map((b) => [a, b]));
  });
  const steps = choices.reduce<ReadonlyArray<ReadonlyArray<Element>>>(
    (all, next) => all.flatMap((some) => next.map((element) => [...some, element])),
    [[]],
  );
  return steps.flatMap((step) => sequences(model, length, [...begun, step]));
};
