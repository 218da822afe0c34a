import { type Axis, type FeatureAxis, featureAxis, hasAxis, type TimeAxis, unionAxes } from "../../circuit/axis.ts";
import type { Builder } from "../../circuit/build.ts";
import type { Circuit, NodeId, Position } from "../../circuit/circuit.ts";
import { product } from "../contraction.ts";
import { byPlace, type Cut, cut } from "./places.ts";
import type { Sum } from "./reading.ts";
import type { Taken } from "./readings.ts";

/** What is known of the decays within a block. */
export interface Decays {
  readonly cut: Cut;
  /** In which direction the recurrence runs. */
  readonly by: 1 | -1;
  /** The places from which something is left, as components. */
  readonly from: FeatureAxis;
  /** What is left at a place of the state before the block, and of what was written at other places. */
  readonly kept: NodeId;
  readonly left: NodeId;
}

export const decaysOf = (b: Builder, circuit: Circuit, taken: Taken, renamed: ReadonlyArray<NodeId>): Decays => {
  const { axis, by } = taken;
  const own = cut(axis, taken.size);
  const [zero, one] = [b.constant(0), b.constant(1)];
  const from = featureAxis(freeSlot(circuit), own.size);
  const decay = byPlace(b, own, factors(b, made(renamed, taken.decay)), one);
  const kept = scan(b, own.place, by, one, b.node(decay).axes, (last) => b.map("mul", decay, last));
  const left = scan(b, own.place, by, zero, unionAxes(b.node(decay).axes, [from]), (last) =>
    b.map("select", isAt(b, own.place, from), one, b.map("mul", decay, last)),
  );
  return { cut: own, by, from, kept, left };
};

export const made = (renamed: ReadonlyArray<NodeId>, ids: ReadonlyArray<NodeId>): ReadonlyArray<NodeId> =>
  ids.map((id) => renamed[id]!);

/** The product of any number of factors. */
export const factors = (b: Builder, ids: ReadonlyArray<NodeId>): NodeId =>
  ids.length === 0 ? b.constant(1) : product(b, ids);

/** A value at each place by that at the place before it, in the direction of the recurrence. */
export const scan = (
  b: Builder,
  place: TimeAxis,
  by: number,
  boundary: NodeId,
  axes: ReadonlyArray<Axis>,
  next: (last: NodeId) => NodeId,
): NodeId => {
  const last = b.feedback(place, by, boundary, axes);
  const found = next(last);
  b.tie(last, found);
  return found;
};

/** Whether a place is the one that a component stands for. */
export const isAt = (b: Builder, place: TimeAxis, from: FeatureAxis): NodeId =>
  b.map("equal", b.index(place), b.map("add", b.index(from), b.constant(1)));

/** The last place of a block, in the direction of the recurrence. */
export const endOf = ({ by }: Decays): Position =>
  by > 0 ? { tag: "fromEnd", offset: 0 } : { tag: "fromStart", position: 1 };

/** What is asked of the state before the block, as far as that is kept. */
export const askedBefore = (b: Builder, { cut: { place }, by, kept }: Decays, sum: Sum, query: NodeId): NodeId => {
  const keptThen = sum.isBefore ? b.delay(place, by, b.constant(1), kept) : kept;
  return b.map("mul", b.rename(sum.renames, keptThen), query);
};

/** What is asked at each place of the keys that were written at each other one, as far as that is left. */
export const askedWithin = (
  b: Builder,
  { cut: { place }, by, from, left }: Decays,
  { isBefore, renames, over }: Sum,
  query: NodeId,
  keys: ReadonlyArray<NodeId>,
): NodeId => {
  const leftThen = b.rename(renames, isBefore ? b.delay(place, by, b.constant(0), left) : left);
  const source = b.rename([[place, from]], factors(b, keys));
  // Where the keys' components decay each at a rate of its own, likeness does not stand by itself. Else what a place asks of
  // one that comes later may be beyond all limits, and is nothing.
  if (over.some((axis) => hasAxis(b.node(leftThen).axes, axis)))
    return b.sum(over, b.map("mul", b.map("mul", query, leftThen), source));
  const isNothing = b.map("equal", leftThen, b.constant(0));
  const likeness = b.sum(over, b.map("mul", query, source));
  return b.map("mul", leftThen, b.map("select", isNothing, b.constant(0), likeness));
};

/** A slot that no value of the circuit has components on, nor on the next one. */
const freeSlot = ({ nodes }: Circuit): number =>
  1 +
  nodes.reduce((most, { axes }) => Math.max(most, ...axes.map((axis) => (axis.tag === "feature" ? axis.slot : 0))), 0);
