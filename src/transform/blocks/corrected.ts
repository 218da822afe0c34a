import { featureAxis, unionAxes } from "../../circuit/axis.ts";
import type { Builder } from "../../circuit/build.ts";
import type { NodeId } from "../../circuit/circuit.ts";
import type { Correction } from "./correction.ts";
import { askedBefore, askedWithin, type Decays, endOf, factors, isAt, made, scan } from "./decays.ts";
import { byPlace } from "./places.ts";
import type { Renamed, Term } from "./terms.ts";

/**
 * What is written at each place of a block, where each corrects what those before it have written. With what is asked of the
 * state before the block and of the keys in it, u = known + asked * before + M u, where M[p,s] is 0 unless s comes before p.
 * So u = T known + (T asked) before with T = (I - M)^-1, and only products with the state before a block are taken block
 * by block (Yang, Wang, Zhang, Shen and Kim 2024).
 */
export const corrected = (
  b: Builder,
  decays: Decays,
  { known, reads }: Correction,
  others: ReadonlyArray<NodeId>,
  renamed: ReadonlyArray<NodeId>,
): ((before: NodeId) => NodeId) => {
  const { cut, from } = decays;
  const { place } = cut;
  const placed = (value: NodeId): NodeId => byPlace(b, cut, value, b.constant(0));
  const asking = reads.map((read) => {
    const { sum, renames } = read.state;
    const query = placed(factors(b, made(renamed, sum.others)));
    const scale = placed(scaled(b, read, renamed));
    const keys = others.map((id) => b.rename(sum.renames, id));
    return {
      sum,
      renames,
      asked: b.map("mul", scale, askedBefore(b, decays, sum, query)),
      weights: b.map("mul", scale, askedWithin(b, decays, sum, query, keys)),
    };
  });
  const inverse = inverseOf(
    b,
    decays,
    sumOf(
      b,
      asking.map(({ weights }) => weights),
    ),
  );
  const solved = (value: NodeId): NodeId => b.sum([from], b.map("mul", inverse, b.rename([[place, from]], value)));
  const apart = solved(
    placed(
      sumOf(
        b,
        known.map((each) => scaled(b, each, renamed)),
      ),
    ),
  );
  const asked = asking.map((each) => ({ ...each, query: solved(each.asked) }));
  return (before) =>
    asked.reduce((sofar, { sum, renames, query }) => {
      const found = b.sum(sum.over, b.map("mul", query, b.rename(sum.renames, before)));
      return b.map(
        "add",
        sofar,
        renames.reduceRight((inner, each) => b.rename(each, inner), found),
      );
    }, apart);
};

const scaled = (b: Builder, { sign, factors: scale }: Term, renamed: ReadonlyArray<NodeId>): NodeId => {
  const renamedAll = ({ id, renames }: Renamed): NodeId =>
    renames.reduceRight((inner, each) => b.rename(each, inner), renamed[id]!);
  const whole = factors(b, scale.map(renamedAll));
  return sign > 0 ? whole : b.map("neg", whole);
};

const sumOf = (b: Builder, terms: ReadonlyArray<NodeId>): NodeId =>
  terms.length === 0 ? b.constant(0) : terms.reduce((sofar, term) => b.map("add", sofar, term));

/**
 * (I - M)^-1 by place and by the place that something comes from, row by row: T[p] = e[p] + sum over s before p of
 * M[p,s] T[s]. The rows that are found are the state of a recurrence over places.
 */
const inverseOf = (b: Builder, decays: Decays, weights: NodeId): NodeId => {
  const { cut, by, from } = decays;
  const { place } = cut;
  const to = featureAxis(from.slot + 1, from.size);
  const axes = unionAxes(b.node(weights).axes, [from, to]);
  const rows = scan(b, place, by, b.constant(0), axes, (last) => {
    const row = b.map("add", isAt(b, place, to), b.sum([from], b.map("mul", weights, last)));
    return b.map("select", isAt(b, place, from), row, last);
  });
  return b.rename(
    [
      [from, place],
      [to, from],
    ],
    b.at(place, endOf(decays), rows),
  );
};
