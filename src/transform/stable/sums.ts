import { type Axis, hasAxis } from "../../circuit/axis.ts";
import type { Builder } from "../../circuit/build.ts";
import type { NodeId } from "../../circuit/circuit.ts";
import { logAddExp, logSumExp } from "../../circuit/log-sums.ts";
import { factorsOf, product } from "../contraction.ts";
import {
  constantOf,
  type Exponential,
  type Exponents,
  exponentOf,
  plain,
  plus,
  positiveLogarithmOf,
} from "./exponent.ts";
import { isNormed } from "./large.ts";
import { lookupOf } from "./lookup.ts";
import { type Relative, relativeAlong, relativeTo } from "./relative.ts";

/** The parts of a sum or a difference of two values, or of a sum over axes. */
export const summedExponential = (exponents: Exponents, id: NodeId, over: ReadonlyArray<Axis>): Exponential => {
  const { b } = exponents;
  const { op, inputs } = b.node(id);
  if (op.tag === "reduce") return lookedUpExponential(exponents, id, over) ?? sumOverAxes(exponents, id, over);
  const logs = op.tag === "map" && op.fn === "add" ? inputs.map((input) => positiveLogarithmOf(exponents, input)) : [];
  const isBounded = !exponents.isLarge(id) && inputs.some((input) => constantOf(b, input) !== undefined);
  const hasExponent = inputs.some((input) => exponents.exponentialOf(input).lead !== undefined);
  const [x, y] = logs;
  if (x !== undefined && y !== undefined && hasExponent && !isBounded) return { lead: addExponents(exponents, x, y) };
  return exponents.isLarge(id) ? relativeExponential(exponents, id) : plain(id);
};

/** log(exp(x) + exp(y)), where one of them is 0 a softplus. */
const addExponents = ({ b }: Pick<Exponents, "b">, x: NodeId, y: NodeId): NodeId => {
  if (constantOf(b, x) === 0) return b.map("softplus", y);
  return constantOf(b, y) === 0 ? b.map("softplus", x) : logAddExp(b, x, y);
};

const sumOverAxes = (exponents: Exponents, id: NodeId, over: ReadonlyArray<Axis>): Exponential => {
  const { b, isLarge, exponentialOf } = exponents;
  const operand = b.node(id).inputs[0]!;
  // Where the greatest exponent is 0 already, the sum is safe as it stands; its logarithm is small.
  if (isNormed(b, operand, over)) return { rest: b.map("log", id) };
  if (!hasSizeOfFactor(b, operand)) return isLarge(operand) ? matrixProduct(exponents, id, over) : plain(id);
  const exponent = exponentialOf(operand).lead === undefined ? undefined : positiveLogarithmOf(exponents, operand);
  if (!isLarge(operand) && exponent === undefined) return plain(id);
  if (exponent === undefined) return relativeExponential(exponents, id);
  const { greatest, others } = logSumExp(b, over, exponent);
  return { lead: greatest, rest: others };
};

/** Whether a product has no more components than one of its factors: a matrix product is not taken apart. */
export const hasSizeOfFactor = (b: Builder, operand: NodeId): boolean =>
  factorsOf(b, operand).some((factor) => b.node(factor).axes.length === b.node(operand).axes.length);

/**
 * A matrix product stays one: each operand is taken relative to its own greatest along the sum. Nothing overflows, though
 * what is great in one where the other vanishes may be lost.
 */
const matrixProduct = (exponents: Exponents, id: NodeId, over: ReadonlyArray<Axis>): Exponential => {
  const { b, isLarge } = exponents;
  const factors = factorsOf(b, b.node(id).inputs[0]!).map((factor) =>
    isLarge(factor) ? relativeAlong(exponents, factor, commonAxes(over, b.node(factor).axes)) : { value: factor },
  );
  const lead = factors.reduce<NodeId | undefined>((sum, { size }: Partial<Relative>) => plus(b, sum, size), undefined);
  const values = factors.map(({ value }) => value);
  return { lead, factor: b.sum(over, product(b, values)) };
};

const commonAxes = (axes: ReadonlyArray<Axis>, others: ReadonlyArray<Axis>): ReadonlyArray<Axis> =>
  axes.filter((axis) => hasAxis(others, axis));

const relativeExponential = (exponents: Exponents, id: NodeId): Exponential => {
  const { size, value } = relativeTo(exponents, id);
  return { lead: size, factor: value };
};

/** What is picked from exponentials has the exponent that is picked from theirs. */
const lookedUpExponential = (exponents: Exponents, id: NodeId, over: ReadonlyArray<Axis>): Exponential | undefined => {
  const { b, exponentialOf } = exponents;
  const pick = lookupOf(b, over, b.node(id).inputs[0]!);
  if (pick?.value === undefined || pick.over.length > 0) return undefined;
  const parts = exponentialOf(pick.value);
  const exponent = parts.lead === undefined ? undefined : exponentOf(exponents, parts);
  if (exponent === undefined) return undefined;
  return { lead: pick.of(exponent), factor: parts.factor === undefined ? undefined : pick.of(parts.factor) };
};
