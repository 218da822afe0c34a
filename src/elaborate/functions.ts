import type { Builder } from "../circuit/build.ts";
import type { NodeId } from "../circuit/circuit.ts";
import { logAddExp } from "../circuit/log-sums.ts";

/**
 * The functions at every position: scalars go with any shape. Each is given by the circuit it means; those with kinks
 * are selects, so that the derivative is that of the branch taken.
 */
type Meaning = (b: Builder, ...operands: ReadonlyArray<NodeId>) => NodeId;

interface PointwiseFunction {
  readonly arity: number;
  readonly meaning: Meaning;
}

const unary = (meaning: (b: Builder, x: NodeId) => NodeId): PointwiseFunction => ({
  arity: 1,
  meaning: (b, x) => meaning(b, x!),
});

const binary = (meaning: (b: Builder, x: NodeId, y: NodeId) => NodeId): PointwiseFunction => ({
  arity: 2,
  meaning: (b, x, y) => meaning(b, x!, y!),
});

const ternary = (meaning: (b: Builder, x: NodeId, y: NodeId, z: NodeId) => NodeId): PointwiseFunction => ({
  arity: 3,
  meaning: (b, x, y, z) => meaning(b, x!, y!, z!),
});

export const pointwiseFunctions = {
  add: binary((b, x, y) => b.map("add", x, y)),
  sub: binary((b, x, y) => b.map("sub", x, y)),
  mul: binary((b, x, y) => b.map("mul", x, y)),
  div: binary((b, x, y) => b.map("div", x, y)),
  pow: binary((b, x, y) => b.map("pow", x, y)),
  neg: unary((b, x) => b.map("neg", x)),
  exp: unary((b, x) => b.map("exp", x)),
  expm1: unary((b, x) => b.map("expm1", x)),
  log: unary((b, x) => b.map("log", x)),
  log1p: unary((b, x) => b.map("log1p", x)),
  sqrt: unary((b, x) => b.map("sqrt", x)),
  sin: unary((b, x) => b.map("sin", x)),
  cos: unary((b, x) => b.map("cos", x)),
  atan: unary((b, x) => b.map("atan", x)),
  erf: unary((b, x) => b.map("erf", x)),
  tanh: unary((b, x) => b.map("tanh", x)),
  sigmoid: unary((b, x) => b.map("sigmoid", x)),
  softplus: unary((b, x) => b.map("softplus", x)),
  stop: unary((b, x) => b.map("stop", x)),
  min: binary((b, x, y) => b.map("min", x, y)),
  max: binary((b, x, y) => b.map("max", x, y)),
  logaddexp: binary(logAddExp),
  // At its bounds the slope is still 1. Of bounds that cross, the upper one holds.
  clip: ternary((b, x, low, high) => {
    const isWithin = b.map("and", b.map("lessEqual", low, x), b.map("lessEqual", x, high));
    return b.map("select", isWithin, x, b.map("min", b.map("max", x, low), high));
  }),
  // Of no number it is no number; the slope at 0 is 0.
  relu: unary((b, x) => b.map("select", b.map("lessEqual", x, b.constant(0)), b.constant(0), x)),
  // The exponential only ever sees what is not positive, so the branch that is not taken cannot overflow.
  elu: unary((b, x) => whenPositive(b, x, x, b.map("expm1", whenPositive(b, x, b.constant(0), x)))),
  // The form with tanh of Hendrycks and Gimpel (2016), 0.5 (1 + tanh(z)) = sigmoid(2 z). From 40 on it is x or 0.
  gelu: unary((b, x) => {
    const [low, high] = [b.constant(-40), b.constant(40)];
    const [isLow, isHigh] = [b.map("less", x, low), b.map("less", high, x)];
    const near = b.map("select", isLow, low, b.map("select", isHigh, high, x));
    const cube = b.map("mul", b.map("mul", near, near), near);
    const inner = b.map("add", near, b.map("mul", b.constant(0.044715), cube));
    const share = b.map("sigmoid", b.map("mul", b.constant(2 * Math.sqrt(2 / Math.PI)), inner));
    return b.map("select", isLow, b.constant(0), b.map("mul", x, share));
  }),
  sign: unary((b, x) => signOf(b, x)),
  abs: unary((b, x) => b.map("mul", x, signOf(b, x))),
} as const satisfies Record<string, PointwiseFunction>;

const whenPositive = (b: Builder, x: NodeId, then: NodeId, otherwise: NodeId): NodeId =>
  b.map("select", b.map("less", b.constant(0), x), then, otherwise);

/** What is neither greater nor less than 0 is its own sign: a zero, or no number. */
const signOf = (b: Builder, x: NodeId): NodeId =>
  whenPositive(b, x, b.constant(1), b.map("select", b.map("less", x, b.constant(0)), b.constant(-1), b.map("stop", x)));

/** The functions of whole vectors, with how many arguments each takes. */
export const vectorFunctions = { dot: 2, outer: 2, sumsq: 1, norm: 1, argmax: 1, onehot: 1 } as const;

/** The functions of whole numbers: of indices, lengths and static numbers. */
export const countFunctions = { mod: 2 } as const;

/** Over axes when written `sum[j](e)`, over the components of a vector when written `sum(v)`. */
export const reductions = ["sum", "prod", "mean", "max", "min", "softmax", "logsumexp"] as const;

/** `grad(e, x)`: no function of values. */
export const derivative = "grad";

export type PointwiseName = keyof typeof pointwiseFunctions;
export type VectorName = keyof typeof vectorFunctions;
export type CountName = keyof typeof countFunctions;
export type FunctionName = PointwiseName | VectorName | CountName;

export const isPointwise = (name: string): name is PointwiseName => Object.hasOwn(pointwiseFunctions, name);
export const isCount = (name: string): name is CountName => Object.hasOwn(countFunctions, name);
export const isReduction = (name: string): name is (typeof reductions)[number] =>
  (reductions as ReadonlyArray<string>).includes(name);

export const arityOf = (name: FunctionName): number =>
  isPointwise(name) ? pointwiseFunctions[name].arity : { ...vectorFunctions, ...countFunctions }[name];

/** The operators are functions too, but have no name to call them by. */
const operators = ["add", "sub", "mul", "div", "pow", "neg"] as const satisfies ReadonlyArray<PointwiseName>;

export type CallableName =
  | Exclude<PointwiseName, (typeof operators)[number]>
  | VectorName
  | CountName
  | (typeof reductions)[number]
  | typeof derivative;

export const callableNames: ReadonlyArray<string> = [
  ...Object.keys(pointwiseFunctions).filter((name) => !operators.some((operator) => operator === name)),
  ...Object.keys(vectorFunctions),
  ...Object.keys(countFunctions),
  ...reductions.filter((name) => !Object.hasOwn(pointwiseFunctions, name)),
  derivative,
];

export const isCallable = (name: string): name is CallableName => callableNames.includes(name);
