import { type Axis, hasAxis } from "../../circuit/axis.ts";
import type { NodeId } from "../../circuit/circuit.ts";
import { flattened } from "../../circuit/flattened.ts";
import type { ReadPlace, Where } from "./places.ts";
import { nodeOf, type Reading } from "./reading.ts";

type Computed = Extract<ReadPlace, { readonly tag: "computed" }>;

/** The position at which everything in a sum is read along one of its axes, if a factor names one: `x[2*i]`. */
export const computedIn = (
  reading: Reading,
  operand: NodeId,
  over: ReadonlyArray<Axis>,
  where: Where,
): Computed | undefined => {
  const factors = flattened(operand, (id) => {
    const { op, inputs } = nodeOf(reading, id);
    return op.tag === "map" && (op.fn === "mul" || op.fn === "times") ? inputs : undefined;
  });
  for (const pick of factors) {
    const { op, inputs } = nodeOf(reading, pick);
    if (op.tag !== "onehot" || op.axis.tag !== "time" || !hasAxis(over, op.axis)) continue;
    const [symbol = -1] = inputs;
    if (hasAxis(nodeOf(reading, symbol).axes, op.axis)) continue;
    return { tag: "computed", axis: op.axis, pick, index: reading.read(symbol, where).expression };
  }
  return undefined;
};
