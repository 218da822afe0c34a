import { arity, type Pointwise } from "../../src/circuit/circuit.ts";
import type { PointwiseName } from "../../src/elaborate/functions.ts";

/** What an operand must be for a function to be well away from where it has no value or no derivative. */
export type Domain =
  | "any"
  /** Between -1 and 1: what grows fast. */
  | "bounded"
  /** Above 0: what it divides by, or takes a root or a logarithm of. */
  | "positive"
  /** 0 or 1. */
  | "truth"
  /** A whole number above 0. */
  | "count";

/** Of what differences say nothing. */
export const isWhole = (domain: Domain | undefined): boolean => domain === "truth" || domain === "count";

/** How a function is drawn in random circuits and programs. */
export interface Use {
  readonly operands: ReadonlyArray<Domain>;
  /** Where its derivative jumps, or the function itself does: nowhere, where operands are equal, or where one is 0. */
  readonly bends: "nowhere" | "at ties" | "at 0";
}

const use = (bends: Use["bends"], ...operands: ReadonlyArray<Domain>): Use => ({ operands, bends });

/** Of every function of a circuit, so that a new one is drawn, and its derivatives tested, the moment it is listed. */
export const uses: { readonly [P in Pointwise]: Use } = {
  neg: use("nowhere", "any"),
  add: use("nowhere", "any", "any"),
  sub: use("nowhere", "any", "any"),
  mul: use("nowhere", "any", "any"),
  times: use("nowhere", "any", "any"),
  div: use("nowhere", "any", "positive"),
  pow: use("nowhere", "positive", "bounded"),
  mod: use("at ties", "count", "count"),
  exp: use("nowhere", "bounded"),
  expm1: use("nowhere", "bounded"),
  log: use("nowhere", "positive"),
  log1p: use("nowhere", "positive"),
  sqrt: use("nowhere", "positive"),
  sin: use("nowhere", "any"),
  cos: use("nowhere", "any"),
  atan: use("nowhere", "any"),
  erf: use("nowhere", "any"),
  tanh: use("nowhere", "any"),
  sigmoid: use("nowhere", "any"),
  softplus: use("nowhere", "any"),
  min: use("at ties", "any", "any"),
  max: use("at ties", "any", "any"),
  less: use("at ties", "any", "any"),
  lessEqual: use("at ties", "any", "any"),
  equal: use("at ties", "any", "any"),
  not: use("at ties", "truth"),
  and: use("at ties", "truth", "truth"),
  or: use("at ties", "truth", "truth"),
  select: use("at ties", "truth", "any", "any"),
  stop: use("nowhere", "any"),
};

/** Of every function that the language has at every position. */
export const languageUses: { readonly [N in PointwiseName]: Use } = {
  add: uses.add,
  sub: uses.sub,
  mul: uses.mul,
  div: uses.div,
  pow: uses.pow,
  neg: uses.neg,
  exp: uses.exp,
  expm1: uses.expm1,
  log: uses.log,
  log1p: uses.log1p,
  sqrt: uses.sqrt,
  sin: uses.sin,
  cos: uses.cos,
  atan: uses.atan,
  erf: uses.erf,
  tanh: uses.tanh,
  sigmoid: uses.sigmoid,
  softplus: uses.softplus,
  stop: uses.stop,
  min: uses.min,
  max: uses.max,
  clip: use("at ties", "any", "any", "any"),
  logaddexp: use("nowhere", "any", "any"),
  relu: use("at 0", "any"),
  elu: use("at 0", "any"),
  gelu: use("nowhere", "any"),
  sign: use("at 0", "any"),
  abs: use("at 0", "any"),
};

const pointwise = Object.keys(arity) as ReadonlyArray<Pointwise>;

/** `stop` has another derivative than differences find. */
export const smoothFunctions = pointwise.filter((name) => uses[name].bends === "nowhere" && name !== "stop");
export const allFunctions = pointwise;

/** Exponents of every kind: what is no root of anything below 0, and what is. */
export const wholeExponents = [0, 1, 2, 3, 4, 5] as const;
export const otherExponents = [-1, -2, -3, -0.5, 0.5, 1.5, 2.5, -1.25] as const;
