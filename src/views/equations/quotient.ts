import { type Axis, type FeatureAxis, hasAxis, type TimeAxis } from "../../circuit/axis.ts";
import type { NodeId } from "../../circuit/circuit.ts";
import { counts } from "./counted.ts";
import { meanOf } from "./mean.ts";
import { captures, moved, placeKey, placeOf, renamed, type Where } from "./places.ts";
import { isNamed, labelsOf, nodeOf, type Reading } from "./reading.ts";
import { hasPositions } from "./without-empty.ts";

/** A product of values, over others; a constant apart. */
export interface Quotient {
  readonly coefficient: number;
  readonly above: ReadonlyArray<Part>;
  readonly below: ReadonlyArray<Part>;
}

export type Part =
  | PlacedNode
  /** A sum or difference whose terms had a divisor in common. */
  | {
      readonly tag: "terms";
      readonly fn: "add" | "sub";
      readonly terms: readonly [Quotient, Quotient];
      readonly labels: ReadonlyArray<FeatureAxis>;
    }
  /** A sum over time whose terms all had a divisor. */
  | {
      readonly tag: "sum";
      readonly over: ReadonlyArray<TimeAxis>;
      readonly operand: Quotient;
      readonly labels: ReadonlyArray<FeatureAxis>;
    };

export interface PlacedNode {
  readonly tag: "node";
  readonly node: NodeId;
  readonly where: Where;
}

/** What a node is as a product: factors below a line meet those above, wherever in sums they stand. */
export const quotientOf = (reading: Reading, node: NodeId, where: Where): Quotient => {
  const { op, inputs } = nodeOf(reading, node);
  const itself = plain({ tag: "node", node, where });
  if (isNamed(reading, node, where)) return itself;
  const part = (place: number): Quotient => quotientOf(reading, inputs[place]!, where);
  if (op.tag === "constant" && Number.isFinite(op.value)) return { coefficient: op.value, above: [], below: [] };
  if (op.tag === "rename" && !counts(op)) return quotientOf(reading, inputs[0]!, renamed(where, op));
  if (op.tag === "onehot" && isRead(op.axis, node, where)) return { coefficient: 1, above: [], below: [] };
  if (op.tag === "reduce") return quotientOfSum(reading, node, where) ?? itself;
  if (op.tag !== "map") return itself;
  switch (op.fn) {
    case "neg":
      return negated(part(0));
    case "mul":
    case "times":
      return times(part(0), part(1));
    case "div": {
      if (meanOf(reading, node, where) !== undefined) return itself;
      const [left, right] = [part(0), part(1)];
      // A divisor that is a number stays one: a third is no decimal fraction.
      return Math.abs(right.coefficient) === 1
        ? times(left, { ...right, above: right.below, below: right.above })
        : { ...left, below: [...left.below, { tag: "node", node: inputs[1]!, where }] };
    }
    case "add":
    case "sub": {
      const [left, right] = [part(0), part(1)];
      const common = left.below.filter((one) => right.below.some((other) => same(reading, one, other)));
      if (common.length === 0) return itself;
      const terms = [without(reading, left, common), without(reading, right, common)] as const;
      const labels = labelsOf(reading, node, where);
      return { ...plain({ tag: "terms", fn: op.fn, terms, labels }), below: common };
    }
    default:
      return itself;
  }
};

/** Whether everything is read at the position that a node names: then it is 1. */
const isRead = (axis: Axis, node: NodeId, where: Where): boolean => {
  const place = placeOf(where, axis);
  return place?.tag === "computed" && place.pick === node;
};

/** A divisor that lacks the summed axes leaves the sum; not in a program, where of nothing the sum is 0 whatever divides. */
const quotientOfSum = (reading: Reading, node: NodeId, where: Where): Quotient | undefined => {
  const { op, inputs } = nodeOf(reading, node);
  if (op.tag !== "reduce" || op.fn !== "sum") return undefined;
  const over = op.over.flatMap((axis) => (axis.tag === "time" ? [axis] : []));
  const mayBeEmpty = reading.asProgram && over.some((axis) => !hasPositions(reading.circuit, reading.root.node, axis));
  if (mayBeEmpty || over.length < op.over.length || over.some((axis) => captures(where, axis))) return undefined;
  const inner = over.reduce((soFar, axis) => moved(soFar, axis, { tag: "shift", axis, by: 0 }), where);
  const operand = quotientOf(reading, inputs[0]!, inner);
  const outside = operand.below.filter(
    (part) => part.tag === "node" && over.every((axis) => !hasAxis(nodeOf(reading, part.node).axes, axis)),
  );
  if (outside.length === 0) return undefined;
  const labels = labelsOf(reading, node, where);
  return { ...plain({ tag: "sum", over, operand: without(reading, operand, outside), labels }), below: outside };
};

/** Whether two parts are the same node at the same place. */
const same = (reading: Reading, a: Part, b: Part): boolean =>
  a.tag === "node" &&
  b.tag === "node" &&
  a.node === b.node &&
  nodeOf(reading, a.node).axes.every((axis) => placeKey(a.where, axis) === placeKey(b.where, axis));

const plain = (part: Part): Quotient => ({ coefficient: 1, above: [part], below: [] });

const negated = (quotient: Quotient): Quotient => ({ ...quotient, coefficient: -quotient.coefficient });

const times = (left: Quotient, right: Quotient): Quotient => ({
  coefficient: left.coefficient * right.coefficient,
  above: [...left.above, ...right.above],
  below: [...left.below, ...right.below],
});

/** Without some of the divisors, each taken off once. */
const without = (reading: Reading, quotient: Quotient, divisors: ReadonlyArray<Part>): Quotient => ({
  ...quotient,
  below: divisors.reduce<ReadonlyArray<Part>>((below, divisor) => {
    const place = below.findIndex((part) => same(reading, part, divisor));
    return below.filter((_, i) => i !== place);
  }, quotient.below),
});
