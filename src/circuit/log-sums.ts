import type { Axis } from "./axis.ts";
import type { Builder } from "./build.ts";
import type { NodeId } from "./circuit.ts";

type Parts = Pick<Builder, "constant" | "map" | "sum" | "maximum">;

/** A logarithm of a sum, as the greatest exponent and what the others add to it; both are finite where the sum is. */
export interface LogSum {
  readonly greatest: NodeId;
  readonly others: NodeId;
}

/** log(sum(exp(x))) over axes. Of exponents that are all -Infinity, or of nothing, it is -Infinity. */
export const logSumExp = (b: Parts, over: ReadonlyArray<Axis>, x: NodeId): LogSum => {
  const greatest = b.map("stop", finite(b, b.maximum(over, x)));
  return { greatest, others: b.map("log", b.sum(over, b.map("exp", b.map("sub", x, greatest)))) };
};

/** log(exp(x) + exp(y)): no kink where both are equal, and exact where one of them is -Infinity. */
export const logAddExp = (b: Parts, x: NodeId, y: NodeId): NodeId => {
  const least = b.constant(Number.NEGATIVE_INFINITY);
  const isFirst = b.map("lessEqual", y, x);
  const greater = b.map("select", isFirst, x, y);
  const lesser = b.map("select", isFirst, y, x);
  const isFar = b.map(
    "or",
    b.map("and", b.map("equal", greater, least), b.map("equal", lesser, least)),
    b.map("equal", lesser, b.constant(Number.POSITIVE_INFINITY)),
  );
  const apart = b.map("select", isFar, least, b.map("sub", lesser, greater));
  return b.map("add", greater, b.map("softplus", apart));
};

/** A value, or 0 where it is infinite or no number: only there is its difference with itself not 0. */
export const finite = (b: Pick<Builder, "constant" | "map">, x: NodeId): NodeId =>
  b.map("select", b.map("equal", b.map("sub", x, x), b.constant(0)), x, b.constant(0));
