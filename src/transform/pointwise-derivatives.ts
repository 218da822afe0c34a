import type { Builder } from "../circuit/build.ts";
import type { NodeId, Pointwise } from "../circuit/circuit.ts";

/** What an operand's share of a derivative is made from: `dy` is the gradient of the value `y`. */
export interface Flow {
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
  mul: [(b, { dy }, _, z) => b.map("mul", dy, z), (b, { dy }, x) => b.map("mul", dy, x)],
  div: [
    (b, { dy }, _, z) => b.map("div", dy, z),
    (b, { dy, y }, _, z) => b.map("neg", b.map("div", b.map("mul", dy, y), z)),
  ],
  pow: [(b, flow, x, z) => b.map("mul", flow.dy, powerSlope(b, x, z)), (b, flow, x) => exponentShare(b, flow, x)],
  exp: [(b, { dy, y }) => b.map("mul", dy, y)],
  log: [(b, { dy }, x) => b.map("div", dy, x)],
  sqrt: [(b, { dy, y }) => b.map("div", b.map("mul", b.constant(0.5), dy), y)],
  sin: [(b, { dy }, x) => b.map("mul", dy, b.map("cos", x))],
  cos: [(b, { dy }, x) => b.map("neg", b.map("mul", dy, b.map("sin", x)))],
  tanh: [(b, { dy, y }) => b.map("mul", dy, b.map("sub", b.constant(1), b.map("mul", y, y)))],
  sigmoid: [(b, { dy, y }) => b.map("mul", dy, b.map("mul", y, b.map("sub", b.constant(1), y)))],
  softplus: [(b, { dy }, x) => b.map("mul", dy, b.map("sigmoid", x))],
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

/** z x^(z-1). Of the first power it is 1, written so that no 0^0 or 0^-1 is ever asked for. */
const powerSlope = (b: Builder, x: NodeId, z: NodeId): NodeId => {
  const exponent = b.node(z).op;
  if (exponent.tag !== "constant") return b.map("mul", z, b.map("pow", x, b.map("sub", z, b.constant(1))));
  if (exponent.value === 0) return b.constant(0);
  if (exponent.value === 1) return b.constant(1);
  if (exponent.value === 2) return b.map("mul", z, x);
  return b.map("mul", z, b.map("pow", x, b.constant(exponent.value - 1)));
};

/** y log x, and 0 where x is not positive; the logarithm is kept away from there so that its own derivative is finite. */
const exponentShare = (b: Builder, { dy, y }: Flow, x: NodeId): NodeId => {
  const positive = b.map("less", b.constant(0), x);
  const log = b.map("log", b.map("select", positive, x, b.constant(1)));
  return b.map("select", positive, b.map("mul", dy, b.map("mul", y, log)), b.constant(0));
};

/** `dy` where one is less than the other, half of it at a tie, else 0. */
const whereLess = (b: Builder, dy: NodeId, one: NodeId, other: NodeId): NodeId =>
  b.map(
    "select",
    b.map("less", one, other),
    dy,
    b.map("select", b.map("equal", one, other), b.map("mul", b.constant(0.5), dy), b.constant(0)),
  );
