import { type Axis, type CountedAxis, hasAxis, sameAxis } from "../../circuit/axis.ts";
import type { Circuit, NodeId } from "../../circuit/circuit.ts";
import { nodeAt } from "../../circuit/node-at.ts";
import type { Renames, Summand } from "./statement.ts";

/** A one-hot factor, perhaps under a renaming: its axis as the product has it, and the symbol or position. */
export interface Onehot {
  readonly axis: CountedAxis;
  readonly symbol: NodeId;
  readonly renames: Renames;
}

export const onehotOf = (circuit: Circuit, id: NodeId, renames: Renames = []): Onehot | undefined => {
  const { op, inputs } = nodeAt(circuit, id);
  if (op.tag === "rename" && renames.length === 0) return onehotOf(circuit, inputs[0]!, op.renames);
  if (op.tag !== "onehot") return undefined;
  const axis = renames.find(([from]) => sameAxis(from, op.axis))?.[1] ?? op.axis;
  return axis.tag !== "batch" ? { axis, symbol: inputs[0]!, renames } : undefined;
};

/** Splits factors that are summed over axes: a one-hot factor over one of the axes picks a position of the others. */
export const withLookups = (circuit: Circuit, factors: ReadonlyArray<NodeId>, over: ReadonlyArray<Axis>): Summand => {
  const lookups: Onehot[] = [];
  const others = factors.filter((factor) => {
    const found = onehotOf(circuit, factor);
    const isPicking =
      found !== undefined &&
      hasAxis(over, found.axis) &&
      !hasAxis(
        lookups.map(({ axis }) => axis),
        found.axis,
      );
    if (isPicking) lookups.push(found);
    return !isPicking;
  });
  return { factors: others, lookups };
};

/** The one-hot factor, if any, that has an axis of the result: its symbol names where each term is added. */
export const spreading = (
  circuit: Circuit,
  factors: ReadonlyArray<NodeId>,
  axes: ReadonlyArray<Axis>,
): Onehot | undefined =>
  factors.map((factor) => onehotOf(circuit, factor)).find((found) => found !== undefined && hasAxis(axes, found.axis));
