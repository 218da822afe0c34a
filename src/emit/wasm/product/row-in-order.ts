import type { Precision } from "../../../runtime/interface.ts";
import type { DefinedFunction } from "../assembler.ts";
import type { Code } from "../code.ts";
import { defineNamed, get, increase, int, type Local, repeatWhile, set, when } from "../frame.ts";
import { lanesOf } from "../lanes.ts";
import { scalarOperations } from "../scalar-operations.ts";
import { vectorOperations } from "../vector-operations.ts";
import { alongNames } from "./along.ts";
import { transposed } from "./transposed.ts";

/** How many columns are taken at a time. */
const atOnce = 4;

type Given = { readonly [Name in (typeof alongNames)[number]]: Local };

interface Places {
  readonly place: Local;
  readonly wholeEnd: Local;
  readonly end: Local;
  readonly columns: ReadonlyArray<Local>;
}

/**
 * `rowAlongFunction` with every sum taking its terms one after the other: vectors of terms of four columns are transposed,
 * so that a lane is a column.
 */
export const rowInOrderFunction = (precision: Precision): DefinedFunction =>
  defineNamed(alongNames, (frame, given) => {
    const several = (count: number, type: "i32" | "v128") => Array.from({ length: count }, () => frame.local(type));
    const [place, wholeEnd, end] = several(3, "i32") as [Local, Local, Local];
    const places: Places = { place, wholeEnd, end, columns: several(atOnce, "i32") };
    const vectors = several(atOnce, "v128");
    const sums = several(atOnce / vectorOperations[precision].lanes, "v128");
    const total = frame.local(precision);
    const { row, matrix, columnStep, columns, terms } = given;
    const { bytes } = scalarOperations[precision];
    const inWholeVectors = int.and(get(terms), int.constant(-vectorOperations[precision].lanes));
    const next = (count: number): Code => [
      increase(matrix, int.mul(get(columnStep), int.constant(count))),
      increase(columns, int.constant(-count)),
    ];
    const begun = (count: number): Code => [
      set(place, get(row)),
      places.columns
        .slice(0, count)
        .map((at, i) => set(at, i === 0 ? get(matrix) : int.add(get(places.columns[i - 1]!), get(columnStep)))),
    ];
    return [
      set(end, int.add(get(row), int.mul(get(terms), int.constant(bytes)))),
      set(wholeEnd, int.add(get(row), int.mul(inWholeVectors, int.constant(bytes)))),
      repeatWhile(int.greaterEqual(get(columns), int.constant(atOnce)), [
        begun(atOnce),
        fourColumns(precision, given, places, vectors, sums),
        next(atOnce),
      ]),
      repeatWhile(get(columns), [begun(1), oneColumn(precision, given, places, total), next(1)]),
    ];
  });

const fourColumns = (
  precision: Precision,
  { result, resultStep, isAdded }: Given,
  { place, wholeEnd, end, columns }: Places,
  vectors: ReadonlyArray<Local>,
  sums: ReadonlyArray<Local>,
): Code => {
  const { lanes, add, mul, load, constant } = vectorOperations[precision];
  const { bytes } = scalarOperations[precision];
  const { loadSplat, loadLane, storeLane } = lanesOf[precision];
  /** Each lane of the sums, and where its result stands. */
  const eachLane = (use: (sum: Local, lane: number) => Code): Code =>
    sums.flatMap((sum) =>
      Array.from({ length: lanes }, (_, lane) => [use(sum, lane), increase(result, get(resultStep))]),
    );
  const back = increase(result, int.mul(get(resultStep), int.constant(-atOnce)));
  const gathered = (group: number): Code =>
    columns
      .slice(group * lanes, (group + 1) * lanes)
      .reduce<Code>((all, at, lane) => loadLane(get(at), all, lane), constant(0));
  return [
    sums.map((sum) => set(sum, constant(0))),
    when(get(isAdded), [eachLane((sum, lane) => set(sum, loadLane(get(result), get(sum), lane))), back]),
    repeatWhile(int.notEqual(get(place), get(wholeEnd)), [
      vectors.map((vector, i) => [set(vector, load(get(columns[i]!))), increase(columns[i]!, int.constant(16))]),
      transposed(precision, vectors).map((part, at) => {
        const sum = sums[at % sums.length]!;
        const term = Math.floor(at / sums.length);
        return set(sum, add(mul(loadSplat(get(place), term * bytes), part), get(sum)));
      }),
      increase(place, int.constant(16)),
    ]),
    repeatWhile(int.notEqual(get(place), get(end)), [
      sums.map((sum, group) => set(sum, add(mul(loadSplat(get(place)), gathered(group)), get(sum)))),
      columns.map((at) => increase(at, int.constant(bytes))),
      increase(place, int.constant(bytes)),
    ]),
    eachLane((sum, lane) => storeLane(get(result), get(sum), lane)),
  ];
};

const oneColumn = (
  precision: Precision,
  { result, resultStep, isAdded }: Given,
  { place, end, columns: [column] }: Places,
  total: Local,
): Code => {
  const { bytes, add, mul, load, store, constant } = scalarOperations[precision];
  return [
    set(total, constant(0)),
    when(get(isAdded), set(total, load(get(result)))),
    repeatWhile(int.notEqual(get(place), get(end)), [
      set(total, add(mul(load(get(place)), load(get(column!))), get(total))),
      increase(column!, int.constant(bytes)),
      increase(place, int.constant(bytes)),
    ]),
    store(get(result), get(total)),
    increase(result, get(resultStep)),
  ];
};
