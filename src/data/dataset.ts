import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import type { DataError } from "./data-error.ts";
import { firstCursor, generatorOf, permutation } from "./feed.ts";
import { unchanged } from "./fingerprint.ts";
import { openRecords } from "./formats/open.ts";
import type { DataPlan } from "./plan.ts";
import { chosenOf, type DataRecord, joined, type Listed } from "./record.ts";
import { gathers, type Sample, type Series, sampleAt, samplesOf, seriesOf, windowStarts } from "./sample.ts";
import type { SplitBy } from "./split-by.ts";

/** The samples of the files of a plan, and which of them are held out. */
export interface Dataset {
  readonly training: Listed<Sample>;
  readonly heldOut: Listed<Sample>;
}

export const openDataset = (plan: DataPlan, seed: number): E.Either<DataError, Dataset> =>
  pipe(
    unchanged(plan.fingerprints),
    E.map(() => ({})),
    E.bind("own", () => pipe(openAll(plan, plan.files), E.flatMap(seriesIn(plan)))),
    E.bind("other", () =>
      plan.heldOutFiles === undefined
        ? E.right(undefined)
        : pipe(openAll(plan, plan.heldOutFiles), E.flatMap(seriesIn(plan))),
    ),
    E.map(({ own, other }) => {
      if (other !== undefined) return { training: all(plan, own), heldOut: all(plan, other) };
      return gathers(plan.gathering ?? {}) ? splitSeries(plan, own, seed) : splitRecords(plan, own.records, seed);
    }),
  );

/** Samples, and the series that have fewer rows than one takes. */
export interface Opened {
  readonly samples: Listed<Sample>;
  readonly short: ReadonlyArray<Series>;
}

/** Samples of other files, that what is held out has no part in; of series that are asked of, the last window alone. */
export const openSamples = (
  plan: DataPlan,
  files: ReadonlyArray<string>,
  isAsking: boolean,
): E.Either<DataError, Opened> =>
  pipe(
    openAll(plan, files),
    E.flatMap(seriesIn(plan)),
    E.map((found) => ({
      samples: all(plan, found, isAsking),
      short: found.series.filter((of) => startsOf(plan, of, isAsking).length === 0),
    })),
  );

const openAll = (plan: DataPlan, files: ReadonlyArray<string>): E.Either<DataError, Listed<DataRecord>> =>
  pipe(
    files,
    E.traverseArray((path) => openRecords(path, plan)),
    E.map(joined),
  );

interface Found {
  readonly records: Listed<DataRecord>;
  readonly series: ReadonlyArray<Series>;
}

const seriesIn =
  ({ gathering = {} }: DataPlan) =>
  (records: Listed<DataRecord>): E.Either<DataError, Found> =>
    gathers(gathering)
      ? pipe(
          seriesOf(records, gathering.group),
          E.map((series) => ({ records, series })),
        )
      : E.right({ records, series: [] });

const all = (plan: DataPlan, { records, series }: Found, isAsking = false): Listed<Sample> =>
  gathers(plan.gathering ?? {})
    ? windowsOf(
        plan,
        records,
        series.flatMap((of) => startsOf(plan, of, isAsking)),
      )
    : samplesOf(records);

interface Start {
  readonly of: Series;
  readonly at: number;
}

const startsOf = ({ gathering = {} }: DataPlan, of: Series, isAsking = false): ReadonlyArray<Start> =>
  windowStarts(of.rows.length, gathering, isAsking).map((at) => ({ of, at }));

const windowsOf = (
  { gathering = {} }: DataPlan,
  records: Listed<DataRecord>,
  starts: ReadonlyArray<Start>,
): Listed<Sample> => {
  const sample = sampleAt(records, gathering);
  return { count: starts.length, at: (index) => sample(starts[index]!.of, starts[index]!.at) };
};

/** Windows are split by time unless otherwise asked for: never does one stand on both sides. */
const splitSeries = (plan: DataPlan, { records, series }: Found, seed: number): Dataset => {
  const isWindowed = plan.gathering?.window !== undefined;
  const by = plan.split ?? (isWindowed ? "time" : "group");
  const every = plan.holdOut;
  if (by === "time") {
    const cut = series.map((of) => {
      const at = of.rows.length - Math.floor(of.rows.length / every);
      return [
        { ...of, rows: of.rows.subarray(0, at) },
        { ...of, rows: of.rows.subarray(at) },
      ] as const;
    });
    const windows = (side: 0 | 1) =>
      windowsOf(
        plan,
        records,
        cut.flatMap((sides) => startsOf(plan, sides[side])),
      );
    return { training: windows(0), heldOut: windows(1) };
  }
  const [kept, heldOut] = divided(by, series.length, every, seed);
  const windows = (indices: Int32Array) =>
    windowsOf(
      plan,
      records,
      [...indices].flatMap((index) => startsOf(plan, series[index]!)),
    );
  return { training: windows(kept), heldOut: windows(heldOut) };
};

const splitRecords = ({ split = "every", holdOut }: DataPlan, records: Listed<DataRecord>, seed: number): Dataset => {
  const samples = samplesOf(records);
  const [kept, heldOut] = divided(split, records.count, holdOut, seed);
  return { training: chosenOf(samples, kept), heldOut: chosenOf(samples, heldOut) };
};

/** The numbers of what is trained on, and of what is held out. */
const divided = (by: SplitBy, count: number, every: number, seed: number): readonly [Int32Array, Int32Array] => {
  const isOut = (i: number): boolean =>
    by === "time" ? i >= count - Math.floor(count / every) : (i + 1) % every === 0;
  const places = Int32Array.from({ length: count }, (_, i) => i);
  const order = by === "random" ? permutation(generatorOf(firstCursor(seed)), count) : places;
  return [order.filter((_, i) => !isOut(i)).sort(), order.filter((_, i) => isOut(i)).sort()];
};
