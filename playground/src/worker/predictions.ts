import type { NodeId } from "../../../src/circuit/circuit.ts";
import type { Model, RandomSpec } from "../../../src/circuit/model.ts";

/** A random variable over at most one axis, and where the circuit says how it is distributed. */
export interface Predicted {
  readonly target: string;
  readonly family: RandomSpec["family"];
  readonly symbols: number | undefined;
  readonly node: NodeId;
}

export const predictedOf = ({ randoms, inputs, circuit }: Model): ReadonlyArray<Predicted> =>
  randoms.flatMap(({ target, family, arguments: [first] }) => {
    const { axes, symbols } = inputs.find(({ name }) => name === target)!;
    const output = circuit.outputs.find(({ role, name }) => role === "distribution" && name === first);
    return output === undefined || axes.length > 1 ? [] : [{ target, family, symbols, node: output.node }];
  });

/** Of a distribution at `count` places the most probable values; one that is the same at each place is there once. */
export const modesOf = (
  { family, symbols }: Pick<Predicted, "family" | "symbols">,
  values: ReadonlyArray<number>,
  count: number,
): ReadonlyArray<number> => {
  const found =
    family === "categorical" ? picked(values, symbols ?? 1) : family === "bernoulli" ? values.map(truth) : values;
  return Array.from({ length: count }, (_, place) => found[found.length === 1 ? 0 : place]!);
};

const truth = (probability: number): number => Number(probability > 0.5);

/** Of each position the component that is the greatest. */
const picked = (values: ReadonlyArray<number>, size: number): ReadonlyArray<number> =>
  Array.from({ length: values.length / size }, (_, position) => {
    const row = values.slice(position * size, (position + 1) * size);
    return row.indexOf(Math.max(...row));
  });
