import type { Baseline, Pupil } from "./baselines.ts";
import { gatherer } from "./gathered.ts";
import { actualAt } from "./observations.ts";
import type { Past, PastOf } from "./past.ts";
import { seasonOf } from "./season.ts";
import type { MeasuredTarget } from "./target.ts";

/** How a season is found that nobody gave: the longest that is looked for. */
export interface SeasonWish {
  readonly given: number | undefined;
  readonly most: number;
}

/** The mean of the training part, with its deviation; of series also the last value that is known, and one a season before. */
export const realPupil = (target: MeasuredTarget, pastOf: PastOf | undefined, { given, most }: SeasonWish): Pupil => {
  const gathered = gatherer();
  // Welford (1962).
  let count = 0;
  let mean = 0;
  let squares = 0;
  const constant = (): Baseline => {
    const deviation = Math.sqrt(squares / Math.max(1, count));
    return {
      name: "mean",
      says: (_, places) => ({
        expected: Float64Array.from(places, () => mean),
        deviation: Float64Array.from(places, () => deviation),
      }),
    };
  };
  const fromPast = (name: string, value: (past: Past, place: number) => number | undefined): Baseline => ({
    name,
    says: (situation, places) => {
      const past = pastOf?.(situation);
      return {
        expected: Float64Array.from(places, (place) => (past === undefined ? mean : (value(past, place) ?? mean))),
      };
    },
  });
  return {
    teach: (situation, places) => {
      const past = pastOf?.(situation);
      if (past !== undefined && given === undefined) gathered.add(situation, past);
      for (const value of actualAt(target, situation.example, places)) {
        count++;
        const apart = value - mean;
        mean += apart / count;
        squares += apart * (value - mean);
      }
    },
    taught: () => {
      const season = pastOf === undefined ? undefined : (given ?? seasonOf(gathered.all(), most));
      return [
        constant(),
        ...(pastOf === undefined ? [] : [fromPast("last value", lastOf)]),
        ...(season === undefined
          ? []
          : [fromPast(`season of ${season}`, (past, place) => seasonBefore(past, place, season))]),
      ];
    },
  };
};

const lastOf = ({ values, known }: Past, place: number): number | undefined => {
  for (let row = known(place); row >= 0; row--) if (values[row] !== undefined) return values[row];
  return undefined;
};

/** The latest value that is known and whole seasons before; where none is, the last one. */
const seasonBefore = (past: Past, place: number, season: number): number | undefined => {
  const ahead = past.row(place) - past.known(place);
  for (let row = past.row(place) - season * Math.ceil(ahead / season); row >= 0; row -= season)
    if (past.values[row] !== undefined) return past.values[row];
  return lastOf(past, place);
};
