import type { Example, Params } from "../runtime/interface.ts";
import { lengthOf } from "./matrix/matrix.ts";
import { spectralNorm } from "./matrix/spectral-norm.ts";
import type { Following, Slopes } from "./slopes.ts";

/** Norms for pairs of positions: a row for each position k that is moved, a column for each t that moves with it. */
export interface Pairs {
  /** How many positions there are. */
  readonly length: number;
  /** Those that are looked at, from 1: all, or every so-many-th up to the last. */
  readonly positions: ReadonlyArray<number>;
  /** ‖∂h_t/∂h_k‖: the greatest singular value. */
  readonly spectral: ReadonlyArray<ReadonlyArray<number>>;
  /** The root of the sum of squares. */
  readonly frobenius: ReadonlyArray<ReadonlyArray<number>>;
  /** ‖∂L_t/∂h_k‖, of what the loss gains at t; null where the loss is no sum over positions, or there is none. */
  readonly loss: ReadonlyArray<ReadonlyArray<number>> | null;
  /** ‖∂L/∂h_k‖, of the whole loss; null without a loss. */
  readonly wholeLoss: ReadonlyArray<number> | null;
}

/** How many positions are looked at of so large a state, so that it takes seconds. */
export const chosenPositions = (size: number): number =>
  Math.min(40, Math.max(8, Math.floor((40 * 64) / Math.max(1, size))));

/** All positions, or every so-many-th up to the last, so that there are no more than so many. */
export const spreadPositions = (length: number, most: number): ReadonlyArray<number> => {
  const every = Math.max(1, Math.ceil(length / most));
  const count = Math.ceil(length / every);
  return Array.from({ length: count }, (_, i) => length - (count - 1 - i) * every);
};

export const pairsOf = (along: Following, params: Params, example: Example, most: number): Pairs => {
  const first = along.slopesAt(params, example, 0);
  const length = first.length;
  const positions = spreadPositions(length, most);
  const rows = positions.map((k) => rowOf(k === 1 ? first : along.slopesAt(params, example, k - 1), positions));
  return {
    length,
    positions,
    spectral: rows.map(({ spectral }) => spectral),
    frobenius: rows.map(({ frobenius }) => frobenius),
    loss: along.loss === "each" ? rows.map(({ loss }) => loss) : null,
    wholeLoss: along.loss === "none" ? null : rows.map(({ wholeLoss }) => wholeLoss),
  };
};

const rowOf = ({ stateAt, losses }: Slopes, positions: ReadonlyArray<number>) => {
  const chosen = positions.map((t) => stateAt(t - 1));
  const whole = losses.reduce<Float64Array>(
    (sum, each) => sum.map((value, i) => value + each[i]!),
    new Float64Array(losses[0]?.length ?? 0),
  );
  return {
    spectral: chosen.map(spectralNorm),
    frobenius: chosen.map(({ data }) => lengthOf(data)),
    loss: positions.map((t) => lengthOf(losses[t - 1] ?? [])),
    wholeLoss: lengthOf(whole),
  };
};
