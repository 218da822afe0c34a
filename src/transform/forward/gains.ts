import { hasAxis, sameAxis, type TimeAxis } from "../../circuit/axis.ts";
import type { Builder } from "../../circuit/build.ts";
import type { NodeId } from "../../circuit/circuit.ts";

/** What a value that is a sum over an axis gains at each of its positions; undefined if it is no such sum. */
export const gainAt = (b: Builder, axis: TimeAxis, id: NodeId): NodeId | undefined => {
  const { op, inputs } = b.node(id);
  const [first = -1, second = -1] = inputs;
  const both = (combine: (x: NodeId, y: NodeId) => NodeId): NodeId | undefined => {
    const [x, y] = [gainAt(b, axis, first), gainAt(b, axis, second)];
    return x === undefined || y === undefined ? undefined : combine(x, y);
  };
  if (op.tag === "constant" && op.value === 0) return id;
  if (op.tag === "reduce" && op.fn === "sum") {
    if (hasAxis(op.over, axis))
      return b.sum(
        op.over.filter((other) => !sameAxis(other, axis)),
        first,
      );
    const inner = gainAt(b, axis, first);
    return inner === undefined ? undefined : b.sum(op.over, inner);
  }
  if (op.tag !== "map") return undefined;
  if (op.fn === "add" || op.fn === "sub") return both((x, y) => b.map(op.fn, x, y));
  if (op.fn === "neg") {
    const inner = gainAt(b, axis, first);
    return inner === undefined ? undefined : b.map("neg", inner);
  }
  // A sum times what is the same at all positions, and is known before the first.
  const isConstant = (factor: NodeId): boolean => ["constant", "parameter"].includes(b.node(factor).op.tag);
  if (op.fn === "mul" || op.fn === "div") {
    const [sum, factor] = op.fn === "mul" && isConstant(first) ? [second, first] : [first, second];
    const inner = isConstant(factor) ? gainAt(b, axis, sum) : undefined;
    return inner === undefined ? undefined : b.map(op.fn, inner, factor);
  }
  return undefined;
};
