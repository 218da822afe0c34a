import type { Builder } from "../../circuit/build.ts";
import type { NodeId } from "../../circuit/circuit.ts";
import { factorsOf, product } from "../contraction.ts";
import { constantOf, type Exponents, exponentOf, positiveLogarithmOf, times } from "./exponent.ts";
import { reduced, relativeTo } from "./relative.ts";

/** A quotient whose divisor may overflow: a share of a sum is a sigmoid, others are taken relative to the divisor's size. */
export const quotient = (exponents: Exponents, above: NodeId, below: NodeId): NodeId | undefined => {
  const { b, isLarge } = exponents;
  if (!isLarge(below)) return undefined;
  const share = shareOf(exponents, above, below);
  if (share !== undefined) return share;
  const { size, value } = isSum(b, below) ? relativeTo(exponents, below) : sizedBy(exponents, below);
  const relative = reduced(exponents, above, size);
  return value === undefined ? relative : b.map("div", relative, value);
};

const isSum = (b: Builder, id: NodeId): boolean => {
  const { op } = b.node(id);
  return op.tag === "reduce" || (op.tag === "map" && (op.fn === "add" || op.fn === "sub" || op.fn === "select"));
};

const sizedBy = (
  { b, exponentialOf }: Exponents,
  id: NodeId,
): { readonly size: NodeId; readonly value: NodeId | undefined } => {
  const { lead, rest, factor } = exponentialOf(id);
  if (lead === undefined) return { size: b.constant(0), value: id };
  return { size: lead, value: times(b, rest && b.map("exp", rest), factor) };
};

/** A product of what may overflow and what may vanish. */
export const productOf = (exponents: Exponents, id: NodeId): NodeId | undefined => {
  const { b, isLarge, exponentialOf } = exponents;
  const { inputs } = b.node(id);
  const mayMeet = inputs.some(isLarge) && inputs.every((input) => exponentialOf(input).lead !== undefined);
  const { factor, ...power } = mayMeet ? exponentialOf(id) : {};
  const exponent = exponentOf(exponents, power);
  return exponent === undefined ? undefined : times(b, b.map("exp", exponent), factor);
};

/** A power of what may overflow. */
export const power = (exponents: Exponents, base: NodeId, exponent: NodeId): NodeId | undefined => {
  const log = exponents.isLarge(base) ? positiveLogarithmOf(exponents, base) : undefined;
  return log === undefined ? undefined : exponents.b.map("exp", exponents.b.map("mul", exponent, log));
};

/** x / (x + y) = sigmoid(log x - log y), also where x is one factor of several above, or a constant that goes into one. */
const shareOf = (exponents: Exponents, above: NodeId, below: NodeId): NodeId | undefined => {
  const { b } = exponents;
  const { op, inputs: terms } = b.node(below);
  if (op.tag !== "map" || op.fn !== "add") return undefined;
  const logs = terms.map((term) => positiveLogarithmOf(exponents, term));
  const factors = factorsOf(b, above);
  const isConstant = (id: NodeId): boolean => constantOf(b, id) !== undefined;
  const same = terms.findIndex((term) => factors.includes(term));
  const chosen = same >= 0 ? same : factors.some(isConstant) ? terms.findIndex(isConstant) : -1;
  const [first, other] = [logs[chosen], logs[1 - chosen]];
  if (first === undefined || other === undefined) return undefined;
  const share = b.map("sigmoid", b.map("sub", first, other));
  const taken = same >= 0 ? factors.indexOf(terms[same]!) : factors.findIndex(isConstant);
  const ratio = same >= 0 ? 1 : constantOf(b, factors[taken]!)! / constantOf(b, terms[chosen]!)!;
  const rest = factors.filter((_, i) => i !== taken);
  return product(b, [...(ratio === 1 ? [] : [b.constant(ratio)]), ...rest, share]);
};
