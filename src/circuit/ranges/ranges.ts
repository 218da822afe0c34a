import { type Axis, featuresOf, hasAxis, raggedOver, sameAxis, unionAxes, withoutAxes } from "../axis.ts";
import { type Circuit, isTruth, type Node, type NodeId, type Op } from "../circuit.ts";
import { mayBeEmpty } from "../empty.ts";
import { nodeAt } from "../node-at.ts";
import { pointwiseRanges } from "./pointwise-ranges.ts";
import { anyFinite, hasNone, nothing, only, type Range, sameRange, union } from "./range.ts";
import { attainsOne, isGreatestOf, isMadeFinite, magnitudeIn } from "./relations.ts";

/** Where the values of a circuit's nodes lie. */
export interface Ranges {
  /** Of a node, where it is read at positions of axes; what holds where these have any. */
  readonly at: (id: NodeId, axes: ReadonlyArray<Axis>) => Range;
  /** Axes that a node lacks, of which none may be empty for the range to hold. */
  readonly unless: (id: NodeId) => ReadonlyArray<Axis>;
}

interface Known {
  /** Where no axis is empty. */
  readonly range: Range;
  /** Whatever axes are empty. */
  readonly always: Range;
  readonly unless: ReadonlyArray<Axis>;
}

/**
 * The walk over the nodes is taken again until nothing changes, as values come round in delays; what still grows after a
 * few turns grows without bound.
 */
export const rangesOf = (circuit: Circuit): Ranges => {
  const { nodes } = circuit;
  const known: Known[] = nodes.map(() => ({ range: nothing, always: nothing, unless: [] }));
  for (let turn = 0, changed = true; changed; turn += 1) {
    changed = false;
    nodes.forEach((node, id) => {
      const before = known[id]!;
      const found = joined(before, knownOf(circuit, known, node, id));
      if (isSame(before, found)) return;
      known[id] = turn < patience ? found : widened(before, found);
      changed = true;
    });
  }
  return { at: (id, axes) => readAt(known[id]!, axes), unless: (id) => known[id]!.unless };
};

const readAt = ({ range, always, unless }: Known, axes: ReadonlyArray<Axis>): Range =>
  withoutAxes(unless, axes).length === 0 ? range : always;

const patience = 3;

const joined = (before: Known, after: Known): Known => ({
  range: union(before.range, after.range),
  always: union(before.always, after.always),
  unless: unionAxes(before.unless, after.unless),
});

const isSame = (before: Known, after: Known): boolean =>
  sameRange(before.range, after.range) &&
  sameRange(before.always, after.always) &&
  before.unless.length === after.unless.length;

const widened = (before: Known, after: Known): Known => ({
  ...after,
  range: widenedRange(before.range, after.range),
  always: widenedRange(before.always, after.always),
});

const widenedRange = (before: Range, after: Range): Range => ({
  least: after.least < before.least && !hasNone(before) ? Number.NEGATIVE_INFINITY : after.least,
  greatest: after.greatest > before.greatest && !hasNone(before) ? Number.POSITIVE_INFINITY : after.greatest,
  finite: after.finite,
});

const knownOf = (circuit: Circuit, all: ReadonlyArray<Known>, node: Node, id: NodeId): Known => {
  const { op, inputs, axes } = node;
  const over = op.tag === "reduce" ? op.over : [];
  const operands = inputs.map((input) => elsewhere(all[input]!, movedAlong(op)));
  const unless = operands.flatMap((operand, i) =>
    bearsOn(op, i) ? withoutAxes(operand.unless, chosenFor(circuit, node, i)) : [],
  );
  const range = rangeOf(
    circuit,
    node,
    id,
    operands.map((operand) => operand.range),
  );
  // Where a node is read, its own axes have positions, and those that it runs over.
  const read = operands.map((operand, i) => readAt(operand, [...axes, ...over, ...chosenFor(circuit, node, i)]));
  const some = rangeOf(circuit, node, id, read);
  const few = op.tag === "reduce" ? op.over.filter((axis) => mayBeEmpty(axis) && isOfSome(op, range)) : [];
  const length = op.tag === "length" && mayBeEmpty(op.axis) ? [op.axis] : [];
  return {
    range,
    always: op.tag === "length" || over.some(mayBeEmpty) ? union(some, ofNothing(op)) : some,
    unless: unionAxes(withoutAxes(unless, unionAxes(axes, over)), withoutAxes([...few, ...length], axes)),
  };
};

/** Axes along which an operation reads other positions than that at which it stands. */
const movedAlong = (op: Op): ReadonlyArray<Axis> => {
  switch (op.tag) {
    case "delay":
    case "at":
      return [op.axis];
    case "rename":
      return op.renames.map(([from]) => from);
    case "reduce":
      return op.over;
    default:
      return [];
  }
};

/** At other positions along axes: that an axis has positions which is ragged over these says nothing of its length there. */
const elsewhere = (known: Known, moved: ReadonlyArray<Axis>): Known =>
  moved.some((axis) => raggedOver(known.unless, axis).length > 0)
    ? { range: known.always, always: known.always, unless: [] }
    : known;

/** Of no number, the sum and the count are 0 and the maximum is infinite. */
const ofNothing = (op: Op): Range =>
  op.tag === "reduce" && op.fn === "max"
    ? { least: Number.NEGATIVE_INFINITY, greatest: Number.NEGATIVE_INFINITY, finite: false }
    : only(0);

/**
 * Whether a range comes of an operand's: a truth value lies between 0 and 1 whatever is compared, and
 * a choice where its branches do.
 */
const bearsOn = (op: Op, operand: number): boolean =>
  op.tag !== "map" || (op.fn === "select" ? operand > 0 : !isTruth(op.fn));

/** A choice by a length reads its first branch only where there are positions. */
const chosenFor = ({ nodes }: Circuit, { op, inputs }: Node, operand: number): ReadonlyArray<Axis> => {
  const condition = nodes[inputs[0]!]?.op;
  const chooses = op.tag === "map" && op.fn === "select" && operand < 2;
  return chooses && condition?.tag === "length" ? [condition.axis] : [];
};

/** Of nothing, the sum is 0 and the maximum infinite. */
const isOfSome = ({ fn }: Extract<Op, { tag: "reduce" }>, { least, greatest }: Range): boolean =>
  fn === "max" || least > 0 || greatest < 0;

const rangeOf = (circuit: Circuit, { op, inputs }: Node, id: NodeId, ranges: ReadonlyArray<Range>): Range => {
  const [x = nothing, z = nothing, w = nothing] = ranges;
  switch (op.tag) {
    case "constant":
      return only(op.value);
    case "parameter":
    case "input":
      return anyFinite;
    case "index":
      return { least: op.axis.tag === "time" ? 1 : 0, greatest: Number.POSITIVE_INFINITY, finite: true };
    case "length":
      return { least: 1, greatest: Number.POSITIVE_INFINITY, finite: true };
    case "map": {
      if (ranges.some(hasNone)) return nothing;
      const plain = pointwiseRanges[op.fn](x, z, w);
      const magnitude = magnitudeIn(circuit, id);
      if (magnitude !== undefined) return magnitudeOf(ranges[inputs.indexOf(magnitude)]!);
      if (op.fn === "mul" && inputs[0] === inputs[1]) return { ...plain, least: Math.max(0, plain.least) };
      if (isMadeFinite(circuit, id)) return { ...plain, finite: w.finite };
      if (op.fn !== "sub" || !x.finite || !isGreatestOf(circuit, inputs[1]!, inputs[0]!)) return plain;
      return { ...plain, greatest: Math.min(0, plain.greatest) };
    }
    case "reduce":
      if (op.fn === "max" || hasNone(x)) return x;
      return sumOf(x, op.over, x.finite && attainsOne(circuit, inputs[0]!, op.over));
    case "delay":
    case "concat":
      return ranges.reduce(union, nothing);
    case "at":
      return mayBeEmpty(op.axis) || op.axis.extent.tag !== "fixed" ? union(x, only(0)) : x;
    case "onehot":
      return { least: 0, greatest: 1, finite: true };
    case "slice":
    case "rename":
    case "mark":
      return x;
    case "grad":
      return { least: Number.NEGATIVE_INFINITY, greatest: Number.POSITIVE_INFINITY, finite: false };
  }
};

const magnitudeOf = ({ least, greatest, finite }: Range): Range => ({
  least: Math.max(0, least, -greatest),
  greatest: Math.max(-least, greatest),
  finite,
});

/** Of at least one number. */
const sumOf = ({ least, greatest, finite }: Range, over: ReadonlyArray<Axis>, hasOne: boolean): Range => {
  const features = featuresOf(over);
  const count = features.reduce((product, { size }) => product * size, 1);
  const most = features.length === over.length ? count : Number.POSITIVE_INFINITY;
  const low = least < 0 ? least * most : least * count;
  const high = greatest > 0 ? greatest * most : greatest * count;
  return { least: hasOne ? Math.max(1, low) : low, greatest: high, finite };
};

/** Whether a sum over an axis, or what is nothing but such sums, is all that a value is made of. */
export const isSumAlong = ({ nodes }: Circuit, id: NodeId, axis: Axis): boolean => {
  const { op, inputs } = nodeAt({ nodes }, id);
  const all = (): boolean => inputs.every((input) => isSumAlong({ nodes, outputs: [] }, input, axis));
  if (op.tag === "reduce") return hasAxis(op.over, axis) || (op.fn === "sum" && all());
  if (op.tag === "rename") return !op.renames.some(([from]) => sameAxis(from, axis)) && all();
  if (op.tag === "slice") return all();
  return op.tag === "map" && ["neg", "add", "sub", "stop"].includes(op.fn) && all();
};
