import type { Builder } from "../../circuit/build.ts";
import type { NodeId } from "../../circuit/circuit.ts";
import { constantValue } from "../../elementary/value.ts";

/**
 * A value as exp(lead + rest) * factor. Only the lead may be large; the rest is what a sum of exponentials adds to its
 * greatest. A value without a lead is no exponential: it is its own factor, but for a sum that is safe as it stands.
 */
export interface Exponential {
  readonly lead?: NodeId | undefined;
  readonly rest?: NodeId | undefined;
  readonly factor?: NodeId | undefined;
}

/** What a value is the exponential of. */
export interface Exponents {
  readonly b: Builder;
  readonly exponentialOf: (id: NodeId) => Exponential;
  readonly isLarge: (id: NodeId) => boolean;
  /** Says of a node, before it is asked for, that it has the parts of another one that means the same. */
  readonly sameParts: (id: NodeId, as: NodeId) => void;
  /** What was made before under the same key. */
  readonly remember: (key: string, make: () => NodeId) => NodeId;
}

export const plain = (id: NodeId): Exponential => ({ factor: id });

/** The exponent of a value, if it has one. */
export const exponentOf = ({ b }: Pick<Exponents, "b">, { lead, rest }: Exponential): NodeId | undefined =>
  plus(b, lead, rest);

/** The logarithm of a value that is positive whatever it is made of: an exponential, or a positive constant. */
export const positiveLogarithmOf = (exponents: Exponents, id: NodeId): NodeId | undefined => {
  const { b, exponentialOf } = exponents;
  const parts = exponentialOf(id);
  const constant = parts.factor === undefined ? 1 : constantOf(b, parts.factor);
  if (constant === undefined || !(constant > 0)) return undefined;
  const log = constant === 1 ? undefined : b.constant(constantValue("log", constant, 0, 0));
  return plus(b, exponentOf(exponents, parts), log) ?? b.constant(0);
};

export const constantOf = (b: Builder, id: NodeId): number | undefined => {
  const { op } = b.node(id);
  return op.tag === "constant" ? op.value : undefined;
};

export const plus = (b: Builder, x: NodeId | undefined, y: NodeId | undefined): NodeId | undefined =>
  x === undefined ? y : y === undefined ? x : b.map("add", x, y);

export const times = (b: Builder, x: NodeId | undefined, y: NodeId | undefined): NodeId | undefined =>
  x === undefined ? y : y === undefined ? x : b.map("mul", x, y);
