import type { Axis } from "../circuit/axis.ts";
import type { Builder } from "../circuit/build.ts";
import type { NodeId } from "../circuit/circuit.ts";

/** The gradient by one leaf: `node` stands over `axes`, or lacks those that it is constant along. */
export interface Gradient {
  readonly node: NodeId;
  readonly axes: ReadonlyArray<Axis>;
}

/** Numbers: what gradients are scaled by, then the greatest norm of all, then the greatest size of an element. */
export interface Limits {
  readonly scale: NodeId;
  readonly norm: NodeId;
  readonly value: NodeId;
}

export interface Clipping {
  /** Of all gradients as one vector, scaled but not clipped. */
  readonly norm: NodeId;
  /** Of each by itself, in their order. */
  readonly norms: ReadonlyArray<NodeId>;
  /** One of the gradients, scaled and clipped. */
  readonly clipped: (gradient: NodeId) => NodeId;
}

/**
 * Scales gradients, shortens them to the greatest norm if they are longer (Pascanu, Mikolov and Bengio 2013), and bounds
 * every element. The norm is that of the gradients as they come, times the scale, and bounding follows on it: so sums of
 * squares stay products, and the loop that descends does the rest while it reads a gradient, which is never stored again.
 */
export const clipping = (b: Builder, limits: Limits, gradients: ReadonlyArray<Gradient>): Clipping => {
  const squares = gradients.map(({ node, axes }) => b.sum(axes, b.map("mul", node, node)));
  const scaled = (square: NodeId): NodeId => b.map("mul", limits.scale, b.map("sqrt", square));
  const norm = scaled(squares.reduce((sum, square) => b.map("add", sum, square), b.constant(0)));
  // A comparison, not a minimum: without limits, what is too large to be squared stays as it is.
  const isShort = b.map("lessEqual", norm, limits.norm);
  const shortening = b.map("select", isShort, b.constant(1), b.map("div", limits.norm, norm));
  const factor = b.map("mul", limits.scale, shortening);
  return {
    norm,
    norms: squares.map(scaled),
    clipped: (gradient) => bounded(b, limits.value, b.map("mul", factor, gradient)),
  };
};

/** The direction may change, and a small element never grows. Comparisons leave NaN as it is, for fewer instructions. */
const bounded = (b: Builder, limit: NodeId, value: NodeId): NodeId => {
  const below = b.map("select", b.map("less", limit, value), limit, value);
  const least = b.map("neg", limit);
  return b.map("select", b.map("less", below, least), least, below);
};
