import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import type { DataError } from "./data-error.ts";
import type { DataRecord, Fields, Listed } from "./record.ts";

/**
 * What becomes one example: a record, or rows of one group in their order. Rows give each field as a series; with a window
 * they are its rows and as many after it as are looked ahead.
 */
export interface Sample {
  readonly path: string;
  readonly line: number;
  readonly rows: ReadonlyArray<DataRecord>;
  /** Fields of the record; undefined where rows are gathered. */
  readonly fields: Fields | undefined;
  /** Which group it is of, where rows are gathered. */
  readonly group: string | undefined;
}

/** How rows of a file become samples. */
export interface Gathering {
  /** The field whose value tells what belongs together; without one and with a window, a file is one series. */
  readonly group?: string | undefined;
  readonly window?: number | undefined;
  readonly ahead?: number | undefined;
  readonly stride?: number | undefined;
}

export const gathers = ({ group, window }: Gathering): boolean => group !== undefined || window !== undefined;

/** Each record a sample of its own. */
export const samplesOf = (records: Listed<DataRecord>): Listed<Sample> => ({
  count: records.count,
  at: (index) => pipe(records.at(index), E.map(sampleOf)),
});

const sampleOf = (record: DataRecord): Sample => ({
  path: record.path,
  line: record.line,
  rows: [record],
  fields: record.fields,
  group: undefined,
});

/** A stretch of rows, by their numbers in the list of records. */
export interface Series {
  readonly group: string | undefined;
  readonly rows: Int32Array;
}

/** The rows of each group in the order of the file, groups in the order in which they come up. */
export const seriesOf = (
  records: Listed<DataRecord>,
  group: string | undefined,
): E.Either<DataError, ReadonlyArray<Series>> => {
  if (group === undefined) return E.right([{ group, rows: Int32Array.from({ length: records.count }, (_, i) => i) }]);
  const found = new Map<string, number[]>();
  for (let i = 0; i < records.count; i++) {
    const record = records.at(i);
    if (E.isLeft(record)) return record;
    const { fields, path, line } = record.right;
    if (!Object.hasOwn(fields, group))
      return E.left({
        tag: "malformedLine",
        path,
        line,
        problem: `I expected a field ${group} to group by, and found ${Object.keys(fields).join(", ")}`,
      });
    const key = String(fields[group]);
    const rows = found.get(key);
    if (rows === undefined) found.set(key, [i]);
    else rows.push(i);
  }
  return E.right([...found].map(([key, rows]) => ({ group: key, rows: Int32Array.from(rows) })));
};

/** Where windows begin in a series of so many rows; what is looked ahead to must be there too, unless it is what is asked for. */
export const windowStarts = (
  length: number,
  { window, ahead = 1, stride = 1 }: Gathering,
  isAsking = false,
): ReadonlyArray<number> => {
  if (window === undefined) return length === 0 ? [] : [0];
  const last = length - window - (isAsking ? 0 : ahead);
  if (isAsking) return last < 0 ? [] : [last];
  return last < 0 ? [] : Array.from({ length: Math.floor(last / stride) + 1 }, (_, i) => i * stride);
};

/** The rows from `start` on that one example of a series takes. */
export const sampleAt =
  (records: Listed<DataRecord>, { window, ahead = 1 }: Gathering) =>
  ({ group, rows }: Series, start: number): E.Either<DataError, Sample> =>
    pipe(
      [...rows.subarray(start, window === undefined ? rows.length : start + window + ahead)],
      E.traverseArray(records.at),
      E.map((all) => ({ path: all[0]!.path, line: all[0]!.line, rows: all, fields: undefined, group })),
    );
