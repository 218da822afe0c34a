import type { Span } from "../syntax/span.ts";
import type { Axis, CountedAxis, FeatureAxis, TimeAxis } from "./axis.ts";

/**
 * The intermediate representation: a flat list of immutable nodes over named axes.
 *
 * Every value is a real number at each position of the node's axes. A symbol is an integer 0..V-1, a truth value is 0
 * or 1. An operand that lacks one of the result's axes is constant along it. What lies outside 1..T of a time axis does
 * not exist: no operation ever reads it.
 *
 * Invariant: a node's inputs stand before it, except the source of a delay. `validate.ts` checks this and the axes.
 */
export interface Circuit {
  readonly nodes: ReadonlyArray<Node>;
  readonly outputs: ReadonlyArray<Output>;
}

/** The place of a node in the list of its circuit. */
export type NodeId = number;

export interface Node {
  readonly op: Op;
  /** In the order that the operation states. A delay's are [boundary, source]. */
  readonly inputs: ReadonlyArray<NodeId>;
  /** Canonically sorted (`sortAxes`), without doubles; at most one feature axis a slot. */
  readonly axes: ReadonlyArray<Axis>;
  /** What the user called this value; pictures, messages and derived equations speak it. */
  readonly name?: string;
  readonly span?: Span;
}

/** What a circuit computes. Its node may lack some of `axes`: it is then constant along them. */
export interface Output {
  readonly role: OutputRole;
  readonly name: string;
  readonly node: NodeId;
  readonly axes: ReadonlyArray<Axis>;
}

/**
 * `output`: declared by the user · `loss`: the sum of the loss terms · `distribution`: an argument of a `~`, named
 * `y.logProbabilities` (in a step up to what all symbols share), `y.probability`, `y.mean`, `y.deviation` · `gradient`:
 * of the loss, by parameter path or input name · `state`: what a delay carries to the next call · `update`: what takes
 * the place of the parameter or input of that name once nothing reads it any more · `norm`: of the whole gradient, and of each parameter's ·
 * `weight`: what a value of the target of that name counts, of which no program has any left · `expected`: of the values of
 * a target, beside the outputs of a model that is asked to predict.
 */
export type OutputRole =
  | "output"
  | "loss"
  | "weight"
  | "distribution"
  | "expected"
  | "gradient"
  | "state"
  | "update"
  | "norm";

export type Op =
  | { readonly tag: "constant"; readonly value: number }
  /** A learned tensor. Its axes are `#0:shape[0], #1:shape[1], …`. */
  | { readonly tag: "parameter"; readonly path: string; readonly shape: ReadonlyArray<number> }
  /** Data from the caller: inputs, targets, carried states, noise. */
  | { readonly tag: "input"; readonly name: string; readonly axes: ReadonlyArray<Axis> }
  /** The position 1..T along an axis (0-based along a feature axis). */
  | { readonly tag: "index"; readonly axis: Axis }
  /** How many positions an axis has. */
  | { readonly tag: "length"; readonly axis: Axis }
  /** A function at every position; operands broadcast along the axes that they lack. */
  | { readonly tag: "map"; readonly fn: Pointwise }
  /** Over the valid positions of axes that the operand has. Of nothing, the sum is 0 and the maximum -Infinity. */
  | { readonly tag: "reduce"; readonly fn: "sum" | "max"; readonly over: ReadonlyArray<Axis> }
  /** y[t] = source[t - by] where that position exists, else boundary[t]. A negative `by` is an advance. */
  | { readonly tag: "delay"; readonly axis: TimeAxis; readonly by: number }
  /** The value at one position; 0 where the axis does not reach it. */
  | { readonly tag: "at"; readonly axis: TimeAxis; readonly position: Position }
  /**
   * 1 at the component that a symbol names, or at the position 1..T of a time axis, 0 elsewhere. Looking up a row of E is
   * sum(E * onehot(w)), reading x at a computed position sum[u](x[u] * onehot[u](2 * i)).
   */
  | { readonly tag: "onehot"; readonly axis: CountedAxis }
  /** Parts laid end to end on `axis`; a part lacking its axis (same slot, `sizes[i]`) is constant over its share. */
  | { readonly tag: "concat"; readonly axis: FeatureAxis; readonly sizes: ReadonlyArray<number> }
  /** The components from..from+size-1 of `axis`, on the axis of the same slot with `size` components. */
  | { readonly tag: "slice"; readonly axis: FeatureAxis; readonly from: number; readonly size: number }
  /**
   * Renames axes at once (a transposition swaps two). Each pair has equal extents, and may be of two kinds: the first
   * component is the one at position 1.
   */
  | { readonly tag: "rename"; readonly renames: ReadonlyArray<readonly [from: Axis, to: Axis]> }
  /**
   * Its operand along all of `axes`, and no other value, though it be equal: what a derivative is taken by. Nothing looks
   * through it. Like `grad` it stands in a circuit as it was written, and is gone once derivatives are expanded.
   */
  | { readonly tag: "mark"; readonly name: string; readonly axes: ReadonlyArray<Axis> }
  /** The derivative of [what] by [a mark], position by position along `over`, which both have. */
  | { readonly tag: "grad"; readonly over: ReadonlyArray<TimeAxis>; readonly span: Span };

/** A constant position: the n-th from the start (1-based), or T + offset. */
export type Position =
  | { readonly tag: "fromStart"; readonly position: number }
  | { readonly tag: "fromEnd"; readonly offset: number };

/** The functions at every position. Truth values are 0 and 1; `select(c, a, b)` is a where c is not 0. */
export type Pointwise =
  | "neg"
  | "add"
  | "sub"
  | "mul"
  /** A product in which zero absorbs: 0 where either operand is 0, whatever the other is. */
  | "times"
  | "div"
  /** What is left of a whole number by the greatest multiple of another one up to it. Its slopes are 0. */
  | "mod"
  | "pow"
  | "exp"
  | "expm1"
  | "log"
  | "log1p"
  | "sqrt"
  | "sin"
  | "cos"
  | "atan"
  | "erf"
  | "tanh"
  | "sigmoid"
  | "softplus"
  | "min"
  | "max"
  | "less"
  | "lessEqual"
  | "equal"
  | "not"
  | "and"
  | "or"
  | "select"
  /** The identity with derivative 0. */
  | "stop";

/** Those that every back end computes by series of its own: many operations, one after the other. */
export const elementaryNames = [
  "exp",
  "expm1",
  "log",
  "log1p",
  "sin",
  "cos",
  "atan",
  "erf",
  "pow",
  "mod",
  "tanh",
  "sigmoid",
  "softplus",
] as const satisfies ReadonlyArray<Pointwise>;
export type Elementary = (typeof elementaryNames)[number];

/** Those whose value is a truth. */
const truths: ReadonlyArray<Pointwise> = ["less", "lessEqual", "equal", "not", "and", "or"];
export const isTruth = (fn: Pointwise): boolean => truths.includes(fn);

export const arity: { readonly [P in Pointwise]: number } = {
  neg: 1,
  add: 2,
  sub: 2,
  mul: 2,
  times: 2,
  div: 2,
  mod: 2,
  pow: 2,
  exp: 1,
  expm1: 1,
  log: 1,
  log1p: 1,
  sqrt: 1,
  sin: 1,
  cos: 1,
  atan: 1,
  erf: 1,
  tanh: 1,
  sigmoid: 1,
  softplus: 1,
  min: 2,
  max: 2,
  less: 2,
  lessEqual: 2,
  equal: 2,
  not: 1,
  and: 2,
  or: 2,
  select: 3,
  stop: 1,
};
