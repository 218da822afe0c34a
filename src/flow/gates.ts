import type { NodeId } from "../circuit/circuit.ts";
import type { Model } from "../circuit/model.ts";
import { nodeAt } from "../circuit/node-at.ts";
import { reachable } from "../transform/active.ts";
import { circlesOf, type Variable, variablesOf } from "./carried.ts";

/** How open a gate is at each position: the mean over its components, and the shares that are nearly shut and nearly open. */
export interface Gate {
  readonly name: string;
  readonly mean: ReadonlyArray<number>;
  readonly below: ReadonlyArray<number>;
  readonly above: ReadonlyArray<number>;
}

export const nearlyShut = 0.1;
export const nearlyOpen = 0.9;

/** Variables that are a sigmoid of something, on the way to a state. */
export const gatesOf = (model: Model): ReadonlyArray<Variable> => {
  const needed = reachable(
    circlesOf(model).flat(),
    model.circuit.nodes.map(({ inputs }) => inputs),
  );
  return variablesOf(model).filter(({ node }) => needed.has(node) && isSigmoid(model, node));
};

const isSigmoid = ({ circuit }: Model, node: NodeId): boolean => {
  const { op } = nodeAt(circuit, node);
  return op.tag === "map" && op.fn === "sigmoid";
};

/** Of values row by row, one for each position. */
export const gateFrom = ({ name, shape }: Variable, values: ReadonlyArray<number>): Gate => {
  const size = shape.reduce((a, b) => a * b, 1);
  const rows = Array.from({ length: size === 0 ? 0 : values.length / size }, (_, t) =>
    values.slice(t * size, (t + 1) * size),
  );
  const share = (is: (value: number) => boolean) => rows.map((row) => row.filter(is).length / size);
  return {
    name,
    mean: rows.map((row) => row.reduce((total, value) => total + value, 0) / size),
    below: share((value) => value < nearlyShut),
    above: share((value) => value > nearlyOpen),
  };
};
