import type { NodeId } from "../../../src/circuit/circuit.ts";
import type { Model, RandomSpec } from "../../../src/circuit/model.ts";
import type { Example } from "../../../src/runtime/interface.ts";
import type { Words } from "../dataset.ts";
import { flatValues, spelled } from "./spelled.ts";

/** A random variable over at most one axis, and where the circuit says how it is distributed. */
interface Predicted {
  readonly random: RandomSpec;
  readonly symbols: number | undefined;
  readonly node: NodeId;
}

export const predictedOf = ({ randoms, inputs, circuit }: Model): ReadonlyArray<Predicted> =>
  randoms.flatMap((random) => {
    const spec = inputs.find(({ name }) => name === random.target)!;
    const output = circuit.outputs.find(({ role, name }) => role === "distribution" && name === random.arguments[0]);
    return output === undefined || spec.axes.length > 1 ? [] : [{ random, symbols: spec.symbols, node: output.node }];
  });

/** What a model holds for the most probable, given what came before it in truth, beside what it is. */
export const predictionText = (
  { random: { target, family }, symbols }: Predicted,
  values: ReadonlyArray<number>,
  example: Example,
  words: Words,
): string => {
  const wanted = flatValues(example[target]);
  const modes =
    family === "categorical"
      ? picked(values, symbols ?? 1)
      : values.map(family === "bernoulli" ? truth : (mean) => mean);
  const predicted = wanted.length > 0 && modes.length === 1 ? wanted.map(() => modes[0]!) : modes;
  return `${target}: ${spelled(wanted, words[target])} — predicted: ${spelled(predicted.slice(0, wanted.length), words[target])}`;
};

const truth = (probability: number): number => Number(probability > 0.5);

/** Of each position the component that is the greatest. */
const picked = (values: ReadonlyArray<number>, size: number): ReadonlyArray<number> =>
  Array.from({ length: values.length / size }, (_, position) => {
    const row = values.slice(position * size, (position + 1) * size);
    return row.indexOf(Math.max(...row));
  });
