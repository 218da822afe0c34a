import type { Builder } from "../circuit/build.ts";
import type { NodeId, Pointwise } from "../circuit/circuit.ts";
import type { Guard } from "./guards.ts";

/** What an operand's share of a derivative is made from: `dy` is the gradient of the value `y`. */
export interface Flow extends Guard {
  readonly dy: NodeId;
  readonly y: NodeId;
  readonly inputs: ReadonlyArray<NodeId>;
}

export type Share = (b: Builder, flow: Flow, x: NodeId, z: NodeId) => NodeId;

/** No derivative: the operand is a truth value, or the function is constant almost everywhere. */
const none = undefined;

/**
 * For each operand of each function, its share of the gradient of the value. `x` is the first operand, `z` the second.
 * Where the value `y` serves, it is used, so that the forward value is shared.
 */
export const pointwiseDerivatives: { readonly [P in Pointwise]: ReadonlyArray<Share | undefined> } = {
  neg: [(b, { dy }) => b.map("neg", dy)],
  add: [(_, { dy }) => dy, (_, { dy }) => dy],
  sub: [(_, { dy }) => dy, (b, { dy }) => b.map("neg", dy)],
  mul: [(b, flow, _, z) => along(b, flow, z), (b, flow, x) => along(b, flow, x)],
  times: [(b, flow, _, z) => along(b, flow, z), (b, flow, x) => along(b, flow, x)],
  div: [
    (b, flow, _, z) => over(b, flow, z),
    (b, flow, _, z) => b.map("neg", over(b, { ...flow, dy: along(b, flow, flow.y) }, z)),
  ],
  pow: [(b, flow, x, z) => along(b, flow, powerSlope(b, flow, x, z)), (b, flow, x) => exponentShare(b, flow, x)],
  mod: [none, none],
  exp: [(b, flow) => along(b, flow, flow.y)],
  expm1: [(b, flow, x) => along(b, flow, b.map("exp", x))],
  log: [(b, flow, x) => over(b, flow, x)],
  log1p: [(b, flow, x) => over(b, flow, b.map("add", b.constant(1), x))],
  sqrt: [(b, flow) => over(b, { ...flow, dy: b.map("mul", b.constant(0.5), flow.dy) }, flow.y)],
  sin: [(b, flow, x) => along(b, flow, b.map("cos", x))],
  cos: [(b, flow, x) => b.map("neg", along(b, flow, b.map("sin", x)))],
  atan: [(b, flow, x) => over(b, flow, b.map("add", b.constant(1), b.map("mul", x, x)))],
  erf: [(b, flow, x) => along(b, flow, bell(b, x))],
  tanh: [(b, flow) => along(b, flow, b.map("sub", b.constant(1), b.map("mul", flow.y, flow.y)))],
  sigmoid: [(b, flow) => along(b, flow, b.map("mul", flow.y, b.map("sub", b.constant(1), flow.y)))],
  softplus: [(b, flow, x) => along(b, flow, b.map("sigmoid", x))],
  min: [(b, { dy }, x, z) => whereLess(b, dy, x, z), (b, { dy }, x, z) => whereLess(b, dy, z, x)],
  max: [(b, { dy }, x, z) => whereLess(b, dy, z, x), (b, { dy }, x, z) => whereLess(b, dy, x, z)],
  less: [none, none],
  lessEqual: [none, none],
  equal: [none, none],
  not: [none],
  and: [none, none],
  or: [none, none],
  select: [
    none,
    (b, { dy }, condition) => b.map("select", condition, dy, b.constant(0)),
    (b, { dy }, condition) => b.map("select", condition, b.constant(0), dy),
  ],
  stop: [none],
};

/** The gradient times a slope. */
const along = (b: Builder, { dy, absorbs }: Flow, slope: NodeId): NodeId => b.map(absorbs ? "times" : "mul", dy, slope);

/** The gradient times a slope of 1 / z. */
const over = (b: Builder, { dy, absorbs }: Flow, z: NodeId): NodeId =>
  absorbs ? b.map("times", dy, b.map("div", b.constant(1), z)) : b.map("div", dy, z);

/** The slope of the error function. */
const bell = (b: Builder, x: NodeId): NodeId =>
  b.map("mul", b.constant(2 / Math.sqrt(Math.PI)), b.map("exp", b.map("neg", b.map("mul", x, x))));

/** z x^(z-1). Of the first power it is 1, written so that no 0^0 or 0^-1 is ever asked for. */
const powerSlope = (b: Builder, { absorbs }: Flow, x: NodeId, z: NodeId): NodeId => {
  const exponent = b.node(z).op;
  if (exponent.tag !== "constant")
    return b.map(absorbs ? "times" : "mul", z, b.map("pow", x, b.map("sub", z, b.constant(1))));
  if (exponent.value === 0) return b.constant(0);
  if (exponent.value === 1) return b.constant(1);
  if (exponent.value === 2) return b.map("mul", z, x);
  return b.map("mul", z, b.map("pow", x, b.constant(exponent.value - 1)));
};

/** y log x, and 0 where x is not positive; the logarithm is kept away from there so that its own derivative is finite. */
const exponentShare = (b: Builder, flow: Flow, x: NodeId): NodeId => {
  const positive = b.map("less", b.constant(0), x);
  const log = b.map("log", b.map("select", positive, x, b.constant(1)));
  return b.map("select", positive, along(b, flow, b.map("mul", flow.y, log)), b.constant(0));
};

/** `dy` where one is less than the other, half of it at a tie, else 0. */
const whereLess = (b: Builder, dy: NodeId, one: NodeId, other: NodeId): NodeId =>
  b.map(
    "select",
    b.map("less", one, other),
    dy,
    b.map("select", b.map("equal", one, other), b.map("mul", b.constant(0.5), dy), b.constant(0)),
  );
