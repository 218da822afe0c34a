import { elementaryValue, powerValue } from "../elementary/value.ts";
import { directionsOf } from "./distances.ts";
import type { StateFlow } from "./flow.ts";

/** The flow through a state in a few numbers. */
export interface Summary {
  /** After how many positions the mean norm is half of what it was; null if it is not within the sequence. */
  readonly halfLife: number | null;
  /** By what one position stretches the state, at the least and at the most, and over all positions on average. */
  readonly leastGrowth: number | null;
  readonly greatestGrowth: number | null;
  readonly growth: number | null;
}

export const summaryOf = (flow: StateFlow): Summary => {
  const { positions, spectral, byDistance } = flow;
  const every = positions.length < 2 ? 1 : positions[1]! - positions[0]!;
  const steps = directionsOf(flow).flatMap((sign) =>
    positions.flatMap((_, k) => {
      const norm = spectral[k]![k + sign];
      return norm === undefined ? [] : [powerValue(norm, 1 / every)];
    }),
  );
  const last = byDistance.at(-1);
  return {
    halfLife: halfLifeOf(flow),
    leastGrowth: steps.length === 0 ? null : Math.min(...steps),
    greatestGrowth: steps.length === 0 ? null : Math.max(...steps),
    growth: last === undefined || last.distance === 0 ? null : powerValue(last.mean, 1 / last.distance),
  };
};

/** Between two distances the norm is taken to fall by the same factor from each position to the next. */
const halfLifeOf = ({ byDistance }: StateFlow): number | null => {
  const after = byDistance.findIndex(({ mean }) => mean <= 0.5);
  const [before, found] = [byDistance[after - 1], byDistance[after]];
  if (before === undefined || found === undefined) return null;
  const log = (value: number): number => elementaryValue("log", value);
  const share = found.mean === 0 ? 1 : (log(before.mean) - log(0.5)) / (log(before.mean) - log(found.mean));
  return before.distance + share * (found.distance - before.distance);
};

export const summaryText = (flow: StateFlow): string => {
  const { halfLife, leastGrowth, greatestGrowth, growth } = summaryOf(flow);
  const { axis, length, size, stepBound, name, byDistance } = flow;
  const half =
    halfLife === null
      ? `not halved within ${length} positions`
      : `halved after ${shortNumber(halfLife)} position${shortNumber(halfLife) === "1" ? "" : "s"}`;
  const limit =
    stepBound === null ? "" : `; by its equation at most ${stepBound.written} = ${shortNumber(stepBound.value)}`;
  if (leastGrowth === null || greatestGrowth === null || growth === null)
    return `${name} (${size} wide): ${length} position${length === 1 ? "" : "s"} along ${axis}, no flow between positions`;
  return `${name} (${size} wide, ${length} positions along ${axis}): ${half}; × ${shortNumber(growth)} a position on average over a distance of ${byDistance.at(-1)!.distance}; over one of 1, × ${shortNumber(leastGrowth)} to × ${shortNumber(greatestGrowth)}${limit}`;
};

/** Three digits, as people write them. */
export const shortNumber = (value: number): string => {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "no number" : "∞";
  return String(Number(value.toPrecision(3)));
};
