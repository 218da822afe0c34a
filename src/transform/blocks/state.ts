import {
  type Axis,
  batchAxis,
  type FeatureAxis,
  featureAxis,
  hasAxis,
  unionAxes,
  withoutAxes,
} from "../../circuit/axis.ts";
import type { Builder } from "../../circuit/build.ts";
import type { Circuit, NodeId, Position } from "../../circuit/circuit.ts";
import { product } from "../contraction.ts";
import { byPlace, type Cut, cut } from "./places.ts";
import type { Sum } from "./reading.ts";
import type { Taken } from "./readings.ts";

/** A state that is kept before and after each block of positions, and what is known of the decays and writes within. */
export interface InBlocks {
  readonly cut: Cut;
  readonly taken: Taken;
  /** The places from which something is left, as components. */
  readonly from: FeatureAxis;
  /** What is left at a place of the state before the block, and of what was written at other places. */
  readonly kept: NodeId;
  readonly left: NodeId;
  readonly before: NodeId;
  readonly after: NodeId;
  /** The factors of what is written, by place. */
  readonly write: ReadonlyArray<NodeId>;
}

/**
 * The state by blocks: with `kept` and `left` at the last place of a block, `after = kept * before + sum of left * write`.
 * Beyond the end of a sequence nothing decays and nothing is written, so that after the last block stands the last state.
 */
export const inBlocks = (b: Builder, circuit: Circuit, taken: Taken, renamed: ReadonlyArray<NodeId>): InBlocks => {
  const { axis, by } = taken;
  const own = cut(axis, taken.size);
  const { block, place } = own;
  const [zero, one] = [b.constant(0), b.constant(1)];
  const from = featureAxis(freeSlot(circuit), own.size);
  const decay = byPlace(b, own, factors(b, made(renamed, taken.decay)), one);
  const kept = scan(b, own, by, one, b.node(decay).axes, (last) => b.map("mul", decay, last));
  const isHere = b.map("equal", b.index(place), b.map("add", b.index(from), one));
  const left = scan(b, own, by, zero, unionAxes(b.node(decay).axes, [from]), (last) =>
    b.map("select", isHere, one, b.map("mul", decay, last)),
  );
  const write = made(renamed, taken.write).map((id) => byPlace(b, own, id, zero));
  const end: Position = by > 0 ? { tag: "fromEnd", offset: 0 } : { tag: "fromStart", position: 1 };
  const leftAtEnd = b.rename([[from, place]], b.at(place, end, left));
  const added = b.sum([place], outer(b, own, leftAtEnd, write));
  const boundary = renamed[taken.boundary]!;
  const axes = unionAxes(withoutAxes(b.node(kept).axes, [place]), b.node(added).axes, b.node(boundary).axes);
  const before = b.feedback(block, by, boundary, axes);
  const after = b.map("add", b.map("mul", b.at(place, end, kept), before), added);
  b.tie(before, after);
  return { cut: own, taken, from, kept, left, before, after, write };
};

const made = (renamed: ReadonlyArray<NodeId>, ids: ReadonlyArray<NodeId>): ReadonlyArray<NodeId> =>
  ids.map((id) => renamed[id]!);

/** The product of any number of factors. */
const factors = (b: Builder, ids: ReadonlyArray<NodeId>): NodeId =>
  ids.length === 0 ? b.constant(1) : product(b, ids);

/** A value at each place by that at the place before it, in the direction of the recurrence. */
const scan = (
  b: Builder,
  { place }: Cut,
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

/**
 * What is left of what is written, as a product of two: what decays each at a rate of its own and the smaller factors join
 * the first.
 */
const outer = (b: Builder, { block, place }: Cut, left: NodeId, write: ReadonlyArray<NodeId>): NodeId => {
  const rates = withoutAxes(b.node(left).axes, [block, place, batchAxis]);
  const isApart = (id: NodeId): boolean => !b.node(id).axes.some((axis) => hasAxis(rates, axis));
  const byAxes = write.toSorted((one, other) => b.node(other).axes.length - b.node(one).axes.length);
  const [greatest, ...others] = byAxes.toSorted((one, other) => Number(isApart(other)) - Number(isApart(one)));
  return b.map("mul", product(b, [left, ...others.toReversed()]), greatest!);
};

/** A slot that no value of the circuit has components on. */
const freeSlot = ({ nodes }: Circuit): number =>
  1 +
  nodes.reduce((most, { axes }) => Math.max(most, ...axes.map((axis) => (axis.tag === "feature" ? axis.slot : 0))), 0);

/** The state after the last block, where there is a position; else 0, as of all that does not exist. */
export const lastState = (b: Builder, { after, cut: { axis, block } }: InBlocks): NodeId => {
  const last = b.at(block, { tag: "fromEnd", offset: 0 }, after);
  return b.map("select", b.map("less", b.constant(0), b.length(axis)), last, b.constant(0));
};

/**
 * What a sum over a state is by block and place: what it is over the state before the block, as far as that is kept, and
 * over what was written in the block, where each place meets each.
 */
export const sumInBlock = (
  b: Builder,
  { cut: own, taken: { by }, from, kept, left, before, write }: InBlocks,
  { over, others, isBefore, renames }: Sum,
  renamed: ReadonlyArray<NodeId>,
): NodeId => {
  const { place } = own;
  const zero = b.constant(0);
  const shifted = (value: NodeId, boundary: NodeId): NodeId => (isBefore ? b.delay(place, by, boundary, value) : value);
  const query = byPlace(b, own, factors(b, made(renamed, others)), zero);
  const parts = write.map((id) => b.rename(renames, id));
  const isKey = (id: NodeId): boolean => over.some((axis) => hasAxis(b.node(id).axes, axis));
  const source = (ids: ReadonlyArray<NodeId>): NodeId => b.rename([[place, from]], factors(b, ids));
  const [keys, values] = [source(parts.filter(isKey)), source(parts.filter((id) => !isKey(id)))];
  const leftOf = b.rename(renames, shifted(left, zero));
  // Where the keys' components decay each at a rate of its own, likeness does not stand by itself.
  const likeness = isKey(leftOf)
    ? b.sum(over, b.map("mul", b.map("mul", query, leftOf), keys))
    : b.map("mul", leftOf, b.sum(over, b.map("mul", query, keys)));
  const within = b.sum([from], b.map("mul", likeness, values));
  const keptOf = b.rename(renames, shifted(kept, b.constant(1)));
  const across = b.sum(over, b.map("mul", b.map("mul", keptOf, query), b.rename(renames, before)));
  return b.map("add", within, across);
};
