import type { Builder } from "../../circuit/build.ts";
import type { NodeId } from "../../circuit/circuit.ts";
import { constantOf } from "./exponent.ts";

/**
 * The root of a sum of squares, a norm: where it is 0 it has no slope, and counts as constant, to every order. A root of
 * anything else keeps the infinite slope that it has at 0.
 */
export const rootOfSquares = (b: Builder, sum: NodeId): NodeId | undefined =>
  isSumOfSquares(b, sum)
    ? b.map("select", b.map("less", b.constant(0), sum), b.map("sqrt", sum), b.map("stop", sum))
    : undefined;

/** Whether a value is 0 only where all that it is made of is, and is never below. */
const isSumOfSquares = (b: Builder, id: NodeId): boolean => {
  const { op, inputs } = b.node(id);
  if (op.tag === "reduce") return op.fn === "sum" && isSumOfSquares(b, inputs[0]!);
  if (op.tag !== "map") return false;
  const [x = -1, y = -1] = inputs;
  if (op.fn === "add") return isSumOfSquares(b, x) && isSumOfSquares(b, y);
  const isPositive = (each: NodeId): boolean => (constantOf(b, each) ?? 0) > 0;
  if (op.fn === "div") return isSumOfSquares(b, x) && isPositive(y);
  if (op.fn !== "mul") return false;
  return x === y || (isPositive(x) && isSumOfSquares(b, y)) || (isSumOfSquares(b, x) && isPositive(y));
};
