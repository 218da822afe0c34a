import { elementaryValue, powerValue } from "../../elementary/value.ts";

/** Where a value stands between two ends, and the values that are marked between them. */
export interface Scale {
  readonly low: number;
  readonly high: number;
  /** From 0 at the low end to 1 at the high one; what lies outside is at the nearer end. */
  readonly share: (value: number) => number;
  readonly marks: ReadonlyArray<number>;
  /** Equal ratios are equally far apart: what it is of says so. */
  readonly isLogarithmic?: boolean;
}

/** So many times below the greatest, values are no longer told apart. */
const decadesShown = 15;

const log10 = (value: number): number => elementaryValue("log", value) / Math.LN10;

/** A logarithmic scale over what is positive and finite; `with` says what it reaches to in any case. */
export const logarithmic = (values: ReadonlyArray<number>, ...withAlso: ReadonlyArray<number>): Scale => {
  const shown = [...values, ...withAlso].filter((value) => value > 0 && Number.isFinite(value));
  const greatest = shown.reduce((a, b) => Math.max(a, b), 0);
  if (greatest === 0) return logarithmic([0.1, 1]);
  const high = log10(greatest);
  const least = log10(shown.reduce((a, b) => Math.min(a, b), greatest));
  const low = Math.max(Math.min(least, high - 0.3), high - decadesShown);
  return {
    low: powerValue(10, low),
    high: greatest,
    share: (value) => (value > 0 ? within((log10(value) - low) / (high - low)) : 0),
    marks: marksOf(low, high, greatest),
    isLogarithmic: true,
  };
};

export const linear = (low: number, high: number): Scale => ({
  low,
  high,
  share: (value) => within((value - low) / (high - low || 1)),
  marks: evenly(low, high),
});

/** Of positions, steps and other things that are counted: whole numbers alone are marked. */
export const counting = (low: number, high: number): Scale => ({ ...linear(low, high), marks: evenly(low, high, 1) });

/** What is no number lies nowhere, and so at the high end. */
const within = (share: number): number => (Number.isNaN(share) ? 1 : Math.max(0, Math.min(1, share)));

/** Where no two such lie between the ends, round numbers do. */
const marksOf = (low: number, high: number, greatest: number): ReadonlyArray<number> => {
  const found = decades(low, high);
  return found.length > 1 ? found : evenly(powerValue(10, low), greatest);
};

/** Powers of ten, with what lies between where few are shown. */
const decades = (low: number, high: number): ReadonlyArray<number> => {
  const [first, last] = [Math.floor(low), Math.ceil(high)];
  const step = Math.max(1, Math.ceil((last - first) / 6));
  const leading = high - low > 2.5 ? [1] : high - low > 1.2 ? [1, 3] : [1, 2, 5];
  const powers = Array.from({ length: last - first + 1 }, (_, i) => first + i).filter((power) => power % step === 0);
  return powers
    .flatMap((power) => leading.map((digit) => digit * powerValue(10, power)))
    .filter((mark) => log10(mark) >= low - 1e-9 && log10(mark) <= high + 1e-9);
};

/** Round numbers, about five of them, `least` or more apart. */
const evenly = (low: number, high: number, least = 0): ReadonlyArray<number> => {
  const rough = (high - low) / 5;
  if (!(rough > 0)) return [low];
  const power = powerValue(10, Math.floor(log10(rough)));
  const round = [1, 2, 5, 10].map((digit) => digit * power).find((each) => each >= rough * 0.999) ?? rough;
  const step = Math.max(least, round);
  const first = Math.ceil(low / step - 1e-9);
  const count = Math.floor(high / step + 1e-9) - first + 1;
  return Array.from({ length: Math.max(0, count) }, (_, i) => Number(((first + i) * step).toPrecision(6)));
};

/** As it stands at a mark: 0.01 and 100, but 1e-6. */
export const markText = (value: number): string => {
  if (value < 0) return `-${markText(-value)}`;
  if (value === 0 || (value >= 0.001 && value < 100000)) return String(Number(value.toPrecision(3)));
  return value.toExponential(0).replace("e+", "e");
};

/** As it is told where one points at it: as far as it does not depend on the order in which sums are made. */
export const pointedText = (value: number): string => String(Number(value.toPrecision(6)));
