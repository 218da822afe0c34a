import type { NodeId, Pointwise } from "../../circuit/circuit.ts";
import { call, choose, index, name, number, reduction } from "../../syntax/make.ts";
import type { Expression } from "../../syntax/tree.ts";
import { composedOf } from "./composed.ts";
import { decided, isComparison } from "./conditions.ts";
import { minus, plus, power } from "./expressions.ts";
import { readNormed, readProduct, readSoftmax } from "./factors.ts";
import { meanOf } from "./mean.ts";
import { isHere, labelOf, moved, type Where } from "./places.ts";
import { constantOf, nodeOf, operandsOf, type Reading } from "./reading.ts";
import { asMinimum, asNorm, readGreatestPlace } from "./shorter.ts";
import { logSoftmaxOf, logSumExpOf } from "./softmax.ts";
import { spread, type Value } from "./value.ts";

/** A function at every position, in the form that the language has for it. */
export const readMap = (reading: Reading, id: NodeId, fn: Pointwise, where: Where): Value => {
  const { inputs } = nodeOf(reading, id);
  if (fn === "neg") {
    const value = readGreatestPlace(reading, id, where) ?? readProduct(reading, id, where);
    return { ...value, expression: asMinimum(value.expression) };
  }
  const composed = composedOf(reading, id, fn);
  if (composed !== undefined) {
    const { labels, operands } = broadcast(reading, composed.operands, where);
    return { expression: call(composed.fn, ...operands), labels };
  }
  if (fn === "mul" || fn === "times") return readProduct(reading, id, where);
  if (fn === "div") return readMean(reading, id, where) ?? readProduct(reading, id, where);
  if (fn === "select") return readChoice(reading, inputs, where);
  if (isComparison(fn)) {
    const { labels } = broadcast(reading, inputs, where);
    return { expression: choose(reading.condition(id, where), number(1), number(0)), labels };
  }
  const special =
    fn === "sub" ? readLogSoftmax(reading, id, where) : fn === "add" ? readLogSum(reading, id, where) : undefined;
  if (special !== undefined) return special;
  const { labels, operands } = broadcast(reading, inputs, where);
  const [x, y] = operands;
  const forms: Partial<Record<Pointwise, () => Expression>> = {
    add: () => plus(x!, y!),
    sub: () => minus(x!, y!),
    pow: () => power(x!, y!),
    sqrt: () => asNorm(call("sqrt", x!)),
  };
  return { expression: forms[fn]?.() ?? call(fn, ...operands), labels };
};

/** A number goes with any shape; otherwise shapes are equal. */
const broadcast = (
  reading: Reading,
  inputs: ReadonlyArray<NodeId>,
  where: Where,
): { readonly labels: Value["labels"]; readonly operands: ReadonlyArray<Expression> } => {
  const values = inputs.map((input) => reading.read(input, where));
  const most = Math.max(...values.map(({ labels }) => labels.length));
  const { labels } = values.find((value) => value.labels.length === most)!;
  const operands = values.map((value) => spread(reading, value, labels));
  return { labels, operands: operands.map(({ expression }) => expression) };
};

const readChoice = (reading: Reading, inputs: ReadonlyArray<NodeId>, where: Where): Value => {
  const [condition = -1, chosen = -1, otherwise = -1] = inputs;
  const known = decided(reading, condition, where);
  if (known !== undefined) return reading.read(known ? chosen : otherwise, where);
  const [operand, zero] = operandsOf(reading, condition, "lessEqual") ?? [];
  const isRelu = zero !== undefined && constantOf(reading, zero) === 0 && operand === otherwise;
  if (isRelu && constantOf(reading, chosen) === 0) {
    const { expression, labels } = reading.read(otherwise, where);
    return { expression: call("relu", expression), labels };
  }
  const { labels, operands } = broadcast(reading, [chosen, otherwise], where);
  const compared = nodeOf(reading, condition).inputs;
  const all = labels.length > 0 || compared.length === 0 ? labels : broadcast(reading, compared, where).labels;
  return { expression: choose(reading.condition(condition, where), operands[0]!, operands[1]!), labels: all };
};

const readMean = (reading: Reading, id: NodeId, where: Where): Value | undefined => {
  const mean = meanOf(reading, id, where);
  if (mean === undefined) return undefined;
  const { axis, operand } = mean;
  if (axis.tag !== "time") return { expression: call("mean", reading.read(operand, where).expression), labels: [] };
  const { expression, labels } = reading.read(operand, moved(where, axis, { tag: "shift", axis, by: 0 }));
  return { expression: reduction("mean", [axis.key], expression), labels };
};

const readLogSoftmax = (reading: Reading, id: NodeId, where: Where): Value | undefined => {
  const found = logSoftmaxOf(reading, id);
  if (found?.over.every((axis) => isHere(where, axis)) !== true) return undefined;
  const { expression, labels } = readSoftmax(reading, ...found.ratio, where);
  return { expression: call("log", expression), labels };
};

const readLogSum = (reading: Reading, id: NodeId, where: Where): Value | undefined => {
  const found = logSumExpOf(reading, id);
  if (found?.over.every((axis) => isHere(where, axis)) !== true) return undefined;
  const { expression, labels } = readNormed(reading, "logsumexp", found, where);
  const summed = found.over.flatMap((axis) => (axis.tag === "feature" ? [labelOf(where, axis).key] : []));
  return { expression, labels: labels.filter(({ key }) => !summed.includes(key)) };
};

/** Components of a vector by their numbers: for the eye, as the language has only splits. */
export const components = (target: Expression, from: number, size: number): Expression =>
  index(target, [size === 1 ? number(from + 1) : name(`${from + 1}..${from + size}`)]);
