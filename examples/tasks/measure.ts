import { predict } from "../../src/data/predicted.ts";
import type { Example, Nested, Output, Values } from "../../src/runtime/interface.ts";
import { evaluate } from "../../src/train/evaluate.ts";
import type { Measure, Trained } from "./task.ts";

/** The share of predicted symbols that are right; `p[t]` are the probabilities of `y[t]`. */
export const accuracy: Measure = ({ compiled, params }, examples) => {
  const right = predict(compiled, params, examples).flatMap(({ p }, i) => {
    const wanted = flat(examples[i]!.y!);
    return rowsOf(p!).map((row, t) => Number(mostLikely(row) === wanted[t]));
  });
  return mean(right);
};

/** The share of bits that are right, where `p` is the probability of a 1. */
export const bitAccuracy: Measure = ({ compiled, params }, examples) =>
  mean(
    predict(compiled, params, examples).flatMap(({ p }, i) => {
      const wanted = flat(examples[i]!.y!);
      return flat(p!).map((value, t) => Number(Number(value > 0.5) === wanted[t]));
    }),
  );

/** The share of sequences that the model gives wholly right when it runs freely, taking the mode of every `y[t]`. */
export const exactFreeRun = (inputs: ReadonlyArray<string>): Measure =>
  meanOver((trained, example) => Number(same(freeRun(trained, example, inputs), flat(example.y!))));

/** The share of positions at which the freely running model gives what it should. */
export const freeRunAccuracy = (inputs: ReadonlyArray<string>): Measure =>
  meanOver((trained, example) => {
    const found = freeRun(trained, example, inputs);
    return mean(flat(example.y!).map((value, i) => Number(found[i] === value)));
  });

/** The loss in nats per predicted value. */
export const lossPerValue: Measure = ({ compiled, params }, examples) => evaluate(compiled, params, examples);

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
  (measure: (trained: Trained, example: Example) => number): Measure =>
  (trained, examples) =>
    mean(examples.map((example) => measure(trained, example)));

export const mean = (values: ReadonlyArray<number>): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

export const flat = (value: Nested): ReadonlyArray<number> =>
  typeof value === "number" || value === null
    ? [value ?? Number.NaN]
    : "data" in value
      ? Array.from(value.data)
      : Array.from(value as ReadonlyArray<Nested>).flatMap(flat);

/** Probabilities of one symbol, or of one at each position. */
const rowsOf = (p: Nested): ReadonlyArray<ReadonlyArray<number>> => {
  const rows = p as ReadonlyArray<Nested>;
  return typeof rows[0] === "number" ? [flat(p)] : rows.map(flat);
};

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
