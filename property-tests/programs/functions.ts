import {
  type PointwiseName,
  pointwiseFunctions,
  type reductions,
  type VectorName,
} from "../../src/elaborate/functions.ts";
import { binary, call, name, number } from "../../src/syntax/make.ts";
import type { Expression } from "../../src/syntax/tree.ts";
import { type Domain, languageUses } from "../circuit/functions.ts";
import { index, plus, power, product, times } from "./tree.ts";

/** An operand made so that it is in the domain. */
const into: { readonly [D in Domain]: (e: Expression) => Expression } = {
  any: (e) => e,
  bounded: (e) => call("tanh", e),
  positive: (e) => plus(number(1.5), times(e, e)),
  truth: (e) => binary("<", e, number(0.1)),
  count: (e) => plus(number(1), binary("<", e, number(0.1))),
};

export const positive = into.positive;
export const bounded = into.bounded;

const operators: { readonly [N in PointwiseName]?: (x: Expression, z: Expression) => Expression } = {
  add: plus,
  sub: (x, z) => binary("-", x, z),
  mul: times,
  div: (x, z) => binary("/", x, z),
  pow: power,
  neg: (operand) => ({ tag: "negate", operand, span: operand.span }),
};

/** A function of operands of one shape, or of which all but the first are scalars. */
export const applied = (fn: PointwiseName, operands: ReadonlyArray<Expression>): Expression => {
  const given = languageUses[fn].operands.map((domain, i) => into[domain](operands[i]!));
  return operators[fn]?.(given[0]!, given[1]!) ?? call(fn, ...given);
};

const names = Object.keys(pointwiseFunctions) as ReadonlyArray<PointwiseName>;

/** `stop` has a rule of its own. */
export const smoothNames = names.filter((fn) => languageUses[fn].bends === "nowhere" && fn !== "stop");
export const bentNames = names.filter((fn) => languageUses[fn].bends !== "nowhere");

type OfVectors = VectorName | (typeof reductions)[number];

/** A scalar of a vector by each function of vectors. */
const scalarOf: { readonly [N in OfVectors]: (e: Expression) => Expression } = {
  dot: (e) => call("dot", e, call("softmax", e)),
  outer: (e) => call("sum", product(call("outer", e, call("softmax", e)), e)),
  sumsq: (e) => call("sumsq", e),
  norm: (e) => call("norm", positive(e)),
  argmax: (e) => call("dot", call("onehot", call("argmax", e)), e),
  onehot: (e) => times(call("sum", e), call("dot", call("onehot", index("c", number(1))), name("g"))),
  sum: (e) => call("sum", e),
  prod: (e) => call("prod", e),
  mean: (e) => call("mean", e),
  max: (e) => call("max", e),
  min: (e) => call("min", e),
  softmax: (e) => call("dot", e, call("softmax", e)),
  logsumexp: (e) => call("logsumexp", e),
};

const isBent = new Set<string>(["max", "min", "argmax"]);
const ofVectors = Object.entries(scalarOf);
export const smoothScalars = ofVectors.flatMap(([fn, of]) => (isBent.has(fn) ? [] : [of]));
export const bentScalars = ofVectors.flatMap(([fn, of]) => (isBent.has(fn) ? [of] : []));
