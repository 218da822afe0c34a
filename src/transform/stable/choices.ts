import type { Builder } from "../../circuit/build.ts";
import type { NodeId } from "../../circuit/circuit.ts";
import { constantOf, type Exponential, type Exponents, plain, positiveLogarithmOf } from "./exponent.ts";

/** The greater of two exponentials is that of the greater exponent, as the lesser is of the lesser. */
export const chosenExponential = (exponents: Exponents, id: NodeId, fn: "max" | "min"): Exponential => {
  const { b, exponentialOf } = exponents;
  const { inputs } = b.node(id);
  const logs = inputs.map((input) => positiveLogarithmOf(exponents, input));
  if (inputs.every((input) => exponentialOf(input).lead === undefined)) return plain(id);
  const [x, y] = logs;
  if (x !== undefined && y !== undefined) return { lead: b.map(fn, x, y) };
  // What is not above 0 is never the greater one.
  const positive = x ?? y;
  const isAbove = fn === "max" && inputs.some((input) => (constantOf(b, input) ?? 1) <= 0);
  return isAbove && positive !== undefined ? { lead: positive } : plain(id);
};

/** The greatest of exponentials over axes. */
export const greatestExponential = (exponents: Exponents, id: NodeId): Exponential => {
  const { b, exponentialOf } = exponents;
  const { op, inputs } = b.node(id);
  const [operand = -1] = inputs;
  const log = exponentialOf(operand).lead === undefined ? undefined : positiveLogarithmOf(exponents, operand);
  return op.tag !== "reduce" || log === undefined ? plain(id) : { lead: b.maximum(op.over, log) };
};

/**
 * A softplus far below 0 is the exponential of its operand to the last bit: what it lacks of that is half its square. It
 * vanishes where its logarithm does not.
 */
export const softplusExponential = (b: Builder, x: NodeId): Exponential => {
  const isFar = b.map("less", x, b.constant(far));
  const near = b.map("log", b.map("softplus", b.map("select", isFar, b.constant(0), x)));
  return { lead: b.map("select", isFar, x, near) };
};

const far = -40;
