import type { Builder } from "../../circuit/build.ts";
import type { NodeId } from "../../circuit/circuit.ts";
import { constantOf, type Exponents, exponentOf, plus, times } from "./exponent.ts";

/** The logarithm of a value that is an exponential, or a power. */
export const logarithmOf = ({ b, exponentialOf }: Exponents, id: NodeId): NodeId | undefined => {
  const parts = exponentialOf(id);
  if (parts.lead === undefined) return logarithmOfPower(b, id);
  return plus(b, exponentOf({ b }, parts), parts.factor === undefined ? undefined : logarithmOfFactor(b, parts.factor));
};

const logarithmOfFactor = (b: Builder, id: NodeId): NodeId => logarithmOfPower(b, id) ?? b.map("log", id);

/** Of a power it is a multiple of that of its base: the power overflows, or vanishes, first. */
const logarithmOfPower = (b: Builder, id: NodeId): NodeId | undefined => {
  const { base, exponent } = powerOf(b, id);
  if (exponent === 1 || exponent === 0) return undefined;
  // An even power is positive whatever its base is; of another one there is no logarithm where there is none of the base.
  const size = exponent % 2 === 0 && !isEvenPower(b, base) ? b.map("max", base, b.map("neg", base)) : base;
  return times(b, b.constant(exponent), logarithmOfFactor(b, size));
};

const isEvenPower = (b: Builder, id: NodeId): boolean => {
  const { exponent } = powerOf(b, id);
  return exponent % 2 === 0 && exponent !== 0;
};

interface Power {
  readonly base: NodeId;
  readonly exponent: number;
}

/** A value as a power of another: of itself, if of nothing else that is found in a few steps. */
const powerOf = (b: Builder, id: NodeId, steps = 6): Power => {
  const { op, inputs } = b.node(id);
  const [x = -1, y = -1] = inputs;
  const itself: Power = { base: id, exponent: 1 };
  if (op.tag !== "map" || steps === 0) return itself;
  if (op.fn === "pow") {
    const exponent = numberOf(b, y);
    return exponent === undefined ? itself : { base: x, exponent };
  }
  if (op.fn !== "mul") return itself;
  const [first, second] = [powerOf(b, x, steps - 1), powerOf(b, y, steps - 1)];
  return first.base === second.base ? { base: first.base, exponent: first.exponent + second.exponent } : itself;
};

/** A constant, with its sign. */
const numberOf = (b: Builder, id: NodeId): number | undefined => {
  const { op, inputs } = b.node(id);
  const negated = op.tag === "map" && op.fn === "neg" ? constantOf(b, inputs[0]!) : undefined;
  return negated === undefined ? constantOf(b, id) : -negated;
};
