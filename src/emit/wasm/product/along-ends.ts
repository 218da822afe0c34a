import type { Code } from "../code.ts";
import { get, increase, int, type Local, repeatWhile, set, when } from "../frame.ts";
import { lanesOf } from "../lanes.ts";
import { scalarOperations } from "../scalar-operations.ts";
import { vectorOperations } from "../vector-operations.ts";
import { type Along, atOnce, eachPlace } from "./along.ts";
import { lanesSummed } from "./transposed.ts";

/** Ends the sum of one column: its lanes, and the terms that fill no vector. */
export const endOfColumn = (along: Along): Code => {
  const { precision, locals } = along;
  const { place, first, total, sums } = locals;
  const scalar = scalarOperations[precision];
  return [
    set(total, pairwise(along, sums[0]!)),
    eachTermLeft(
      along,
      set(total, scalar.add(get(total), scalar.mul(scalar.load(get(place)), scalar.load(get(first))))),
    ),
    storeTotal(along, get(total)),
  ];
};

/** Ends the sums of several columns: as many of them as a vector has lanes go on in one. */
export const endOfColumns = (along: Along): Code => {
  const { precision, locals } = along;
  const { place, lefts, places, sums } = locals;
  const vector = vectorOperations[precision];
  const { loadSplat, loadLane } = lanesOf[precision];
  const left = lefts[0]!;
  const groups = Array.from({ length: atOnce / vector.lanes }, (_, group) => ({
    totals: sums[group * vector.lanes]!,
    sums: sums.slice(group * vector.lanes, (group + 1) * vector.lanes),
    places: places.slice(group * vector.lanes, (group + 1) * vector.lanes),
  }));
  return [
    groups.map((group) => set(group.totals, lanesSummed(precision, group.sums))),
    eachTermLeft(along, [
      set(left, loadSplat(get(place))),
      eachPlace(along, places, () => []),
      groups.map((group) => {
        const elements = group.places.reduce<Code>((all, at, i) => loadLane(get(at), all, i), vector.constant(0));
        return set(group.totals, vector.add(get(group.totals), vector.mul(get(left), elements)));
      }),
    ]),
    groups.map(({ totals }) => storeLanes(along, totals)),
  ];
};

/** The terms after the last whole vector, one by one. */
const eachTermLeft = ({ precision, locals }: Along, body: Code): Code => {
  const { place, end, first } = locals;
  const step = int.constant(scalarOperations[precision].bytes);
  return repeatWhile(int.notEqual(get(place), get(end)), [body, increase(first, step), increase(place, step)]);
};

/** In the order in which whole vectors are summed. */
const pairwise = (along: Along, sum: Local): Code => {
  const { add } = scalarOperations[along.precision];
  const lanes = lanesIn(along, sum);
  return lanes.flatMap((lane, i) => (i % 2 === 0 ? [add(lane, lanes[i + 1]!)] : [])).reduce(add);
};

const lanesIn = ({ precision }: Along, sums: Local): ReadonlyArray<Code> =>
  Array.from({ length: vectorOperations[precision].lanes }, (_, lane) => lanesOf[precision].extract(get(sums), lane));

const storeTotal = ({ precision, given, locals }: Along, value: Code): Code => {
  const { add, load, store } = scalarOperations[precision];
  const { result, resultStep, isAdded } = given;
  const { total } = locals;
  return [
    set(total, value),
    when(get(isAdded), set(total, add(load(get(result)), get(total)))),
    store(get(result), get(total)),
    increase(result, get(resultStep)),
  ];
};

/** As one vector where the result's elements are neighbours. */
const storeLanes = (along: Along, totals: Local): Code => {
  const { precision, given } = along;
  const { result, resultStep, isAdded } = given;
  const { add, load, store } = vectorOperations[precision];
  return when(
    int.equal(get(resultStep), int.constant(scalarOperations[precision].bytes)),
    [
      when(get(isAdded), set(totals, add(load(get(result)), get(totals)))),
      store(get(result), get(totals)),
      increase(result, int.constant(16)),
    ],
    lanesIn(along, totals).map((lane) => storeTotal(along, lane)),
  );
};
