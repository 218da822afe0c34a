import type { Precision } from "../../runtime/interface.ts";
import { numberText } from "./number.ts";

/**
 * What C computes with: single numbers of the program's precision, vectors of them, or doubles beside numbers of single
 * precision. The functions of each have names of their own, which end alike.
 */
export interface Flavour {
  readonly precision: Precision;
  readonly isVector: boolean;
  readonly real: string;
  /** What a comparison gives: an integer, or for a vector a lane of all ones or all zeros. */
  readonly truth: string;
  readonly ending: string;
  readonly constant: (value: number) => string;
  readonly choose: (truth: string, then: string, otherwise: string) => string;
  readonly and: (a: string, b: string) => string;
  readonly or: (a: string, b: string) => string;
  readonly not: (a: string) => string;
}

const scalar = (precision: Precision, real: string, ending: string): Flavour => ({
  precision,
  isVector: false,
  real,
  truth: "int",
  ending,
  constant: (value) => numberText(value, precision),
  choose: (truth, then, otherwise) => `(${truth} ? ${then} : ${otherwise})`,
  and: (a, b) => `(${a} && ${b})`,
  or: (a, b) => `(${a} || ${b})`,
  not: (a) => `!${a}`,
});

export const singles = (precision: Precision): Flavour => scalar(precision, "rn_f", "");

export const doubles: Flavour = scalar("f64", "double", "_d");

export const vectors = (precision: Precision): Flavour => ({
  precision,
  isVector: true,
  real: "rn_v",
  truth: "rn_m",
  ending: "_v",
  constant: (value) => `rn_splat(${numberText(value, precision)})`,
  choose: (truth, then, otherwise) => `rn_choose_v(${truth}, ${then}, ${otherwise})`,
  and: (a, b) => `(${a} & ${b})`,
  or: (a, b) => `(${a} | ${b})`,
  not: (a) => `rn_not_v(${a})`,
});
