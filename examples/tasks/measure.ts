import type { Example, Nested, Output, Values } from "../../src/runtime/interface.ts";
import type { Trained } from "./task.ts";

/** The share of predicted symbols that are right; `p[t]` are the probabilities of `y[t]`. */
export const accuracy = (examples: () => ReadonlyArray<Example>, p = "p", y = "y"): Measure =>
  shareRight(examples, y, (trained, example) => outputOf(trained, example, p).map(mostLikely));

/** The share of bits that are right, where `p` is the probability of a 1. */
export const bitAccuracy = (examples: () => ReadonlyArray<Example>, p = "p", y = "y"): Measure =>
  shareRight(examples, y, (trained, example) =>
    outputOf(trained, example, p).flatMap((values) => Array.from(values, (value) => Number(value > 0.5))),
  );

/** The share of sequences that the model gives wholly right when it runs freely, taking the mode of every `y[t]`. */
export const exactFreeRun = (examples: () => ReadonlyArray<Example>, inputs: ReadonlyArray<string>): Measure =>
  meanOver(examples, (trained, example) => Number(same(freeRun(trained, example, inputs), flat(example.y!))));

/** The share of positions at which the freely running model gives what it should. */
export const freeRunAccuracy = (examples: () => ReadonlyArray<Example>, inputs: ReadonlyArray<string>): Measure =>
  meanOver(examples, (trained, example) => {
    const found = freeRun(trained, example, inputs);
    return mean(flat(example.y!).map((value, i) => Number(found[i] === value)));
  });

/** The loss in nats per predicted value. */
export const lossPerValue = (examples: () => ReadonlyArray<Example>, y = "y"): Measure => {
  return ({ compiled, params }) => {
    const all = examples();
    const total = all.reduce((sum, example) => sum + compiled.loss(params, compiled.pack([example])), 0);
    return total / all.reduce((sum, example) => sum + flat(example[y]!).length, 0);
  };
};

/** The elements of an output of one example, in the order of its axes: a scalar or a symbol's probabilities each. */
export const outputOf = ({ compiled, params }: Trained, example: Example, name: string): ReadonlyArray<Values> => {
  const output = compiled.forward(params, compiled.pack([example]))[name]!;
  const size = componentsOf(output);
  return Array.from(
    { length: output.data.length / size },
    (_, i) => output.data.subarray(i * size, (i + 1) * size) as Values,
  );
};

export const mostLikely = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((best, value, i, all) => (value > all[best]! ? i : best), 0);

export const meanOver =
  (examples: () => ReadonlyArray<Example>, measure: (trained: Trained, example: Example) => number): Measure =>
  (trained) =>
    mean(examples().map((example) => measure(trained, example)));

export const mean = (values: ReadonlyArray<number>): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

export const flat = (value: Nested): ReadonlyArray<number> =>
  typeof value === "number" || value === null
    ? [value ?? Number.NaN]
    : "data" in value
      ? Array.from(value.data)
      : Array.from(value as ReadonlyArray<Nested>).flatMap(flat);

type Measure = (trained: Trained) => number;

const shareRight =
  (
    examples: () => ReadonlyArray<Example>,
    y: string,
    predict: (trained: Trained, example: Example) => ReadonlyArray<number>,
  ): Measure =>
  (trained) =>
    mean(
      examples().flatMap((example) => {
        const found = predict(trained, example);
        return flat(example[y]!).map((value, i) => Number(value === found[i]));
      }),
    );

const freeRun = ({ compiled, params }: Trained, example: Example, inputs: ReadonlyArray<string>) =>
  flat(
    compiled.generate(params, {
      length: flat(example.y!).length,
      choose: "mode",
      inputs: Object.fromEntries(inputs.map((name) => [name, example[name]!])),
    }).values.y![0]!,
  );

const same = (found: ReadonlyArray<number>, wanted: ReadonlyArray<number>): boolean =>
  found.length === wanted.length && found.every((value, i) => value === wanted[i]);

const componentsOf = ({ shape, axes }: Output): number =>
  axes.reduce((size, axis, i) => (axis === "" ? size * shape[i]! : size), 1);
