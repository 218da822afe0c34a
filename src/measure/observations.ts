import { judgedName } from "../circuit/own-names.ts";
import type { Prediction } from "../data/predicted.ts";
import type { Example, ModelInfo, RandomInfo } from "../runtime/interface.ts";
import type { Judgement } from "../transform/judged.ts";
import { type Flat, flatAs, givenIn } from "./flat.ts";
import type { MeasuredTarget } from "./target.ts";

/** The values of a target in one example that count, and what is said of each. */
export interface Observations {
  /** Where each stands among all values of the target in the order of its indices, those that do not count among them. */
  readonly places: Int32Array;
  /** Symbols, or numbers in the units of the data. */
  readonly actual: Float64Array;
  readonly said: Said;
}

/** Of each observation: what is expected, and -log of its probability or the deviation, where they are known. */
export interface Said {
  readonly expected: Float64Array;
  readonly nats?: Float64Array;
  readonly deviation?: Float64Array;
}

/** What counts: each value that is given, unless it has a weight and that is 0. */
export const countedIn = (target: MeasuredTarget, example: Example, weights: Flat | undefined): Int32Array => {
  const { width, component } = target;
  const places = givenIn(target, example).flatMap((value, place) => {
    const isMeasured = component === undefined || place % width === component;
    return isMeasured && value !== null && weights?.[Math.floor(place / width)] !== 0 ? [place] : [];
  });
  return Int32Array.from(places);
};

/** The actual values at places, as the data have them. */
export const actualAt = (target: MeasuredTarget, example: Example, places: Int32Array): Float64Array => {
  const given = givenIn(target, example);
  return Float64Array.from(places, (place) => unscaled(target, place, given[place]!));
};

export const observationsOf = (
  model: ModelInfo,
  target: MeasuredTarget,
  example: Example,
  prediction: Prediction,
): Observations => {
  const places = countedIn(target, example, told(model, prediction, "weight", target));
  const at = (of: Judgement, change: (value: number, place: number) => number = (value) => value): Float64Array => {
    const all = told(model, prediction, of, target)!;
    return Float64Array.from(places, (place) => change(all[place]!, place));
  };
  return { places, actual: actualAt(target, example, places), said: readings[target.family](target, at) };
};

type At = (of: Judgement, change?: (value: number, place: number) => number) => Float64Array;

/** How what a model says is read. */
const readings: { readonly [F in RandomInfo["family"]]: (target: MeasuredTarget, at: At) => Said } = {
  categorical: (_, at) => ({ expected: at("best"), nats: at("nats") }),
  bernoulli: (_, at) => ({ expected: at("probability", (p) => (p > 0.5 ? 1 : 0)), nats: at("nats") }),
  normal: (target, at) => ({
    expected: at("mean", (value, place) => unscaled(target, place, value)),
    deviation: at("deviation", (value, place) => value * deviationAt(target, place)),
  }),
};

/** The loss of one example: what all that is given costs, times its weight, and what is minimized besides. */
export const lossOf = (model: ModelInfo, example: Example, prediction: Prediction): number =>
  model.targets.reduce(
    (total, { name, indices, shape }) => {
      const width = shape.reduce((a, b) => a * b, 1);
      const target = { variable: name, indices, width };
      const nats = told(model, prediction, "nats", target);
      if (nats === undefined) return total;
      const weights = told(model, prediction, "weight", target);
      const given = givenIn(target, example);
      return nats.reduce<number>((sum, value, place) => {
        const weight = weights?.[Math.floor(place / width)] ?? 1;
        return (given[place] ?? null) === null || weight === 0 ? sum : sum + weight * value!;
      }, total);
    },
    Number(prediction[judgedName("besides", "")] ?? 0),
  );

/** Weights of the values of a target, if it has any. */
export const weightsIn = (model: ModelInfo, target: MeasuredTarget, prediction: Prediction): Flat | undefined =>
  told(model, prediction, "weight", target);

const told = (
  { outputs }: ModelInfo,
  prediction: Prediction,
  of: Judgement | "weight",
  { variable, indices }: Pick<MeasuredTarget, "variable" | "indices">,
): Flat | undefined => {
  const name = judgedName(of, variable);
  const value = prediction[name];
  if (value === undefined) return undefined;
  return flatAs(outputs.find((output) => output.name === name)!.indices, indices, value);
};

const deviationAt = ({ scaling, width }: MeasuredTarget, place: number): number =>
  scaling?.deviation[place % width] ?? 1;

const unscaled = (target: MeasuredTarget, place: number, value: number): number =>
  value * deviationAt(target, place) + (target.scaling?.mean[place % target.width] ?? 0);
