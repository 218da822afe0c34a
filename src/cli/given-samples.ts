import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import { openSamples } from "../data/dataset.ts";
import type { DataPlan } from "../data/plan.ts";
import type { Listed } from "../data/record.ts";
import { type Gathering, gathers, type Sample, type Series } from "../data/sample.ts";
import { counted } from "../measure/table.ts";
import type { Recipe } from "../train/run.ts";
import { dataFailure, type Failure, usageError } from "./failure.ts";
import type { Terminal } from "./terminal.ts";
import { columnsInVain, namesInVain } from "./without-effect.ts";

/** Files of one's own, read as the recipe's were; series that are too short are told, and refused if there are no others. */
export const givenSamples = (
  terminal: Terminal,
  recipe: Recipe,
  files: ReadonlyArray<string>,
  reading: Pick<DataPlan, "format" | "columns">,
  isAsking: boolean,
): E.Either<Failure, Listed<Sample>> =>
  pipe(
    namesInVain(reading, files)
      ? E.left(usageError(columnsInVain))
      : pipe(openSamples({ ...recipe.data, ...reading }, files, isAsking), E.mapLeft(dataFailure)),
    E.flatMap(({ samples, short }) => {
      const { gathering = {} } = recipe.data;
      const taken = rowsTaken(gathering, isAsking);
      if (samples.count === 0 && gathers(gathering))
        return E.left(usageError(`${files.join(", ")}: no series has the ${taken}${foundIn(short)}`));
      if (short.length > 0) terminal.err(`Left out ${shortTold(short)}: a series takes the ${taken}.\n`);
      return E.right(samples);
    }),
  );

const rowsTaken = ({ window, ahead = 1 }: Gathering, isAsking: boolean): string =>
  window === undefined
    ? "one row that it takes at least"
    : isAsking
      ? `${counted(window, "row")} that a window takes`
      : `${window + ahead} rows that a window of ${window} and ${ahead} ahead take`;

const foundIn = (short: ReadonlyArray<Series>): string => (short.length === 0 ? "" : `; I found ${shortTold(short)}`);

/** So many are told one by one. */
const mostTold = 12;

const shortTold = (short: ReadonlyArray<Series>): string => {
  const told = short
    .slice(0, mostTold)
    .map(({ group, rows }) => `${group === undefined ? "one" : group} with ${counted(rows.length, "row")}`)
    .join(", ");
  return short.length > mostTold ? `${told}, … (${short.length} series)` : told;
};
