import { tenth } from "../data/coding/decode.ts";
import { portableExp } from "../runtime/elementary.js";
import { macroF1 } from "./confusion.ts";
import type { Observations } from "./observations.ts";
import { ratio, type Statistic } from "./statistic.ts";
import type { Kind } from "./target.ts";

/** One number that says how well values are told. */
export interface Metric {
  /** Its name in JSON. */
  readonly key: string;
  readonly title: string;
  readonly show: (value: number) => string;
  /** Nothing where what is said does not tell it. */
  readonly of: (all: ReadonlyArray<Observations>) => Statistic | undefined;
}

const share = (value: number): string => value.toFixed(3);
const amount = (value: number): string => (value >= 1000 ? value.toFixed(0) : value.toPrecision(4));

/** The sum of something over the observations of each example, divided by how many there are. */
const mean =
  (each: (of: Observations) => ((i: number) => number) | undefined, change?: (value: number) => number): Metric["of"] =>
  (all) => {
    const sums = all.map((of) => {
      const term = each(of);
      return term === undefined ? undefined : of.places.reduce((sum, _, i) => sum + term(i), 0);
    });
    if (sums.includes(undefined)) return undefined;
    return ratio(
      sums as ReadonlyArray<number>,
      all.map(({ places }) => places.length),
      change,
    );
  };

const nats = ({ said }: Observations) => said.nats && ((i: number) => said.nats![i]!);

const apart =
  (change: (difference: number) => number) =>
  ({ actual, said }: Observations) =>
  (i: number): number =>
    change(actual[i]! - said.expected[i]!);

/** So many deviations from the mean. */
const within =
  (deviations: number) =>
  ({ actual, said }: Observations) =>
    said.deviation &&
    ((i: number): number => (Math.abs(actual[i]! - said.expected[i]!) <= deviations * said.deviation![i]! ? 1 : 0));

const accuracy: Metric = {
  key: "accuracy",
  title: "accuracy",
  show: share,
  of: mean(
    ({ actual, said }) =>
      (i) =>
        actual[i] === said.expected[i] ? 1 : 0,
  ),
};

const macro: Metric = { key: "macroF1", title: "macro F1", show: share, of: macroF1 };

const crossEntropy: Metric = { key: "crossEntropy", title: "cross-entropy", show: share, of: mean(nats) };

const perplexity: Metric = { key: "perplexity", title: "perplexity", show: amount, of: mean(nats, portableExp) };

const bits: Metric = { key: "bits", title: "bits/char", show: share, of: mean(nats, (value) => value / Math.LN2) };

const absolute: Metric = { key: "mae", title: "MAE", show: amount, of: mean(apart(Math.abs)) };

const rootMeanSquare: Metric = {
  key: "rmse",
  title: "RMSE",
  show: amount,
  of: mean(
    apart((difference) => difference * difference),
    Math.sqrt,
  ),
};

/** A twentieth of a normal distribution lies beyond so many deviations. */
const twentieth = 1.6448536269514722;

const coverage80: Metric = { key: "coverage80", title: "in 80 %", show: share, of: mean(within(tenth)) };

const coverage90: Metric = { key: "coverage90", title: "in 90 %", show: share, of: mean(within(twentieth)) };

/** What is told of each kind of target. */
export const metrics: { readonly [K in Kind]: ReadonlyArray<Metric> } = {
  classes: [accuracy, macro, crossEntropy, perplexity],
  characters: [bits, accuracy, perplexity],
  words: [perplexity, accuracy, crossEntropy],
  reals: [absolute, rootMeanSquare, coverage80, coverage90],
};
