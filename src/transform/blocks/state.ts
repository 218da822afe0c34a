import { batchAxis, hasAxis, unionAxes, withoutAxes } from "../../circuit/axis.ts";
import type { Builder } from "../../circuit/build.ts";
import type { Circuit, NodeId } from "../../circuit/circuit.ts";
import { nodeAt } from "../../circuit/node-at.ts";
import { product } from "../contraction.ts";
import { corrected } from "./corrected.ts";
import { askedBefore, askedWithin, type Decays, decaysOf, endOf, factors, made } from "./decays.ts";
import { byPlace, type Cut } from "./places.ts";
import type { Sum } from "./reading.ts";
import type { Taken } from "./readings.ts";

/** A state that is kept before and after each block of positions, and what is known of the decays and writes within. */
export interface InBlocks {
  readonly decays: Decays;
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
  const { axis, by, state, correction } = taken;
  const decays = decaysOf(b, circuit, taken, renamed);
  const { cut: own, from, kept, left } = decays;
  const { block, place } = own;
  const known = made(renamed, taken.write).map((id) => byPlace(b, own, id, b.constant(0)));
  const correct = correction === undefined ? undefined : corrected(b, decays, correction, known, renamed);
  const axes = unionAxes([block], withoutAxes(nodeAt(circuit, state).axes, [axis]));
  const before = b.feedback(block, by, renamed[taken.boundary]!, axes);
  const write = correct === undefined ? known : [correct(before), ...known];
  const leftAtEnd = b.rename([[from, place]], b.at(place, endOf(decays), left));
  const added = b.sum([place], outer(b, own, leftAtEnd, write));
  const after = b.map("add", b.map("mul", b.at(place, endOf(decays), kept), before), added);
  b.tie(before, after);
  return { decays, before, after, write };
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

/** The state after the last block, where there is a position; else 0, as of all that does not exist. */
export const lastState = (b: Builder, { after, decays: { cut } }: InBlocks): NodeId => {
  const last = b.at(cut.block, { tag: "fromEnd", offset: 0 }, after);
  return b.map("select", b.map("less", b.constant(0), b.length(cut.axis)), last, b.constant(0));
};

/**
 * What a sum over a state is by block and place: what it is over the state before the block, as far as that is kept, and
 * over what was written in the block, where each place meets each.
 */
export const sumInBlock = (
  b: Builder,
  { decays, before, write }: InBlocks,
  sum: Sum,
  renamed: ReadonlyArray<NodeId>,
): NodeId => {
  const { cut, from } = decays;
  const { over, others, renames } = sum;
  const query = byPlace(b, cut, factors(b, made(renamed, others)), b.constant(0));
  const parts = write.map((id) => b.rename(renames, id));
  const isKey = (id: NodeId): boolean => over.some((axis) => hasAxis(b.node(id).axes, axis));
  const values = b.rename(
    [[cut.place, from]],
    factors(
      b,
      parts.filter((id) => !isKey(id)),
    ),
  );
  const weights = askedWithin(b, decays, sum, query, parts.filter(isKey));
  const within = b.sum([from], b.map("mul", weights, values));
  const across = b.sum(over, b.map("mul", askedBefore(b, decays, sum, query), b.rename(renames, before)));
  return b.map("add", within, across);
};
