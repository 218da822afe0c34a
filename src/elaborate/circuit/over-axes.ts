import type { Axis } from "../../circuit/axis.ts";
import type { Builder } from "../../circuit/build.ts";
import type { NodeId, Pointwise } from "../../circuit/circuit.ts";
import { dependsOnAll } from "../../circuit/empty.ts";

/**
 * A builder for what stands at the positions of axes: where there is one of those, no axis as long is empty. Over an
 * empty one all is finite, so that what adds up to nothing there adds nothing to a gradient either: a division by the sum
 * of nothing would make it no number. The condition is the length itself, which no condition of a user's is.
 */
export const overAxes = (b: Builder, axes: ReadonlyArray<Axis>): Builder => {
  const finite = (x: NodeId, otherwise: number): NodeId =>
    axes
      .filter((axis) => dependsOnAll(b, x, axis))
      .reduce((sofar, axis) => b.map("select", b.length(axis), sofar, b.constant(otherwise)), x);
  return {
    ...b,
    map: (fn, ...operands) =>
      b.map(fn, ...operands.map((operand, i) => (singular[fn] === i ? finite(operand, 1) : operand))),
    maximum: (over, operand) => finite(b.maximum(over, operand), 0),
  };
};

/** The operand at which a function or its derivative is infinite where that is 0. */
const singular: { readonly [fn in Pointwise]?: number } = { div: 1, log: 0, sqrt: 0, pow: 0 };
