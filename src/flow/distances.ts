import { powerValue } from "../elementary/value.ts";
import type { Pairs } from "./pairs.ts";

/** Norms of all pairs of positions that lie so far apart, and what bounds them. */
export interface ByDistance {
  readonly distance: number;
  readonly mean: number;
  readonly least: number;
  readonly greatest: number;
  /** The mean of the products of the norms over one step, of a whole state. */
  readonly product: number | null;
  /** The bound by the equation alone: that over one position to the power of the distance. */
  readonly bound: number | null;
}

type Known = Pick<Pairs, "positions" | "spectral">;

/** Whether states move with earlier ones (1), with later ones (-1), or both. */
export const directionsOf = ({ spectral }: Pick<Pairs, "spectral">): ReadonlyArray<1 | -1> => {
  const flows = (sign: number): boolean =>
    spectral.some((row, k) => row.some((norm, t) => (t - k) * sign > 0 && norm !== 0));
  const found = ([1, -1] as const).filter(flows);
  return found.length === 0 ? [1] : found;
};

export const byDistance = (pairs: Known, isWhole: boolean, bound: number | null): ReadonlyArray<ByDistance> => {
  const { positions, spectral } = pairs;
  const directions = directionsOf(pairs);
  return positions.map((_, steps) => {
    const found = (steps === 0 ? [1] : directions).flatMap((sign) =>
      positions.flatMap((__, k) => {
        const t = k + sign * steps;
        return t < 0 || t >= positions.length ? [] : [{ norm: spectral[k]![t]!, product: productOf(pairs, k, t) }];
      }),
    );
    const norms = found.map(({ norm }) => norm);
    const distance = positions[steps]! - positions[0]!;
    return {
      distance,
      mean: meanOf(norms),
      least: Math.min(...norms),
      greatest: Math.max(...norms),
      product: isWhole ? meanOf(found.map(({ product }) => product)) : null,
      bound: bound === null ? null : powerValue(bound, distance),
    };
  });
};

/** Of the norms from each position that is looked at to the next, on the way from one to another. */
export const productOf = ({ spectral }: Known, k: number, t: number): number => {
  const sign = t < k ? -1 : 1;
  let product = 1;
  for (let i = k; i !== t; i += sign) product *= spectral[i]![i + sign]!;
  return product;
};

const meanOf = (values: ReadonlyArray<number>): number =>
  values.reduce((total, value) => total + value, 0) / values.length;
