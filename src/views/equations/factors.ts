import type { Axis, FeatureAxis } from "../../circuit/axis.ts";
import type { NodeId } from "../../circuit/circuit.ts";
import { match } from "../../match.ts";
import { call, number, reduction } from "../../syntax/make.ts";
import type { Expression } from "../../syntax/tree.ts";
import { combined, contract, type Factor } from "./contraction.ts";
import { countOf } from "./counted.ts";
import { minus, negate, plus } from "./expressions.ts";
import { isHere, labelOf, moved, placeKey, type Where } from "./places.ts";
import { type Part, type PlacedNode, type Quotient, quotientOf } from "./quotient.ts";
import { constantOf, isNamed, labelsOf, nodeOf, type Reading } from "./reading.ts";
import { type Normed, softmaxOf } from "./softmax.ts";
import { spread, type Value } from "./value.ts";

/** A product, or (with `over`) its sum over components, in terms of its factors. */
export const readProduct = (
  reading: Reading,
  node: NodeId,
  where: Where,
  over: ReadonlyArray<FeatureAxis> = [],
): Value => {
  const inner = over.reduce(
    (soFar, axis) => moved(soFar, axis, { tag: "component", axis: reading.freshLabel(axis) }),
    where,
  );
  const summed = over.map((axis) => labelOf(inner, axis));
  const kept = labelsOf(reading, node, inner).filter((label) => !summed.some(({ key }) => key === label.key));
  return quotientValue(reading, quotientOf(reading, node, inner), summed, kept);
};

const quotientValue = (
  reading: Reading,
  quotient: Quotient,
  summed: ReadonlyArray<FeatureAxis>,
  kept: ReadonlyArray<FeatureAxis>,
): Value => {
  const size = Math.abs(quotient.coefficient);
  const factors = factorsOf(reading, quotient);
  const all =
    size === 1 && factors.length > 0 ? factors : [factor({ expression: number(size), labels: [] }, -1), ...factors];
  const { expression, labels } = contract(all, summed, kept, reading);
  return { expression: quotient.coefficient < 0 ? negate(expression) : expression, labels };
};

const factor = (value: Value, order: number, below = false): Factor => ({ value, exponent: 1, below, order });

/** Equal factors become powers; an exponential over the sum of its like is a softmax. */
const factorsOf = (reading: Reading, { above, below }: Quotient): ReadonlyArray<Factor> => {
  const used = new Set<Part>();
  const factors = above.map((part, order): Factor => {
    const sum = below.find((other) => !used.has(other) && isSoftmax(reading, part, other));
    if (sum?.tag !== "node" || part.tag !== "node") return factorOf(reading, part, false, order);
    used.add(sum);
    return factor(readSoftmax(reading, part.node, sum.node, part.where), order);
  });
  const divisors = below.filter((part) => !used.has(part));
  return powers([...factors, ...divisors.map((part, i) => factorOf(reading, part, true, above.length + i))]);
};

const isSoftmax = (reading: Reading, above: Part, below: Part): boolean =>
  above.tag === "node" &&
  below.tag === "node" &&
  nodeOf(reading, below.node).axes.every((axis) => placeKey(above.where, axis) === placeKey(below.where, axis)) &&
  softmaxOf(reading, above.node, below.node)?.over.every((axis) => isHere(above.where, axis)) === true;

const factorOf = (reading: Reading, part: Part, below: boolean, order: number): Factor =>
  match<Part, Factor>({
    node: (placed) => ({ ...factor(nodeValue(reading, placed), order, below), ...symbolOf(reading, placed) }),
    terms: ({ fn, terms, labels }) => {
      const [left, right] = terms.map((term) => quotientValue(reading, term, [], labels));
      const join = fn === "add" ? plus : minus;
      const whole = combined([factor(left!, 0), factor(right!, 1)]).labels;
      const expression = join(spread(reading, left!, whole).expression, spread(reading, right!, whole).expression);
      return factor({ expression, labels: whole }, order, below);
    },
    sum: ({ over, operand, labels }) => {
      const value = quotientValue(reading, operand, [], labels);
      return factor({ ...value, expression: reduction("sum", timeKeys(over), value.expression) }, order, below);
    },
  })(part);

const nodeValue = (reading: Reading, { node, where }: PlacedNode): Value => {
  const constant = constantOf(reading, node);
  return constant === undefined ? reading.read(node, where) : { expression: number(constant), labels: [] };
};

const symbolOf = (reading: Reading, { node, where }: PlacedNode): Pick<Factor, "symbol"> => {
  const { op, inputs } = nodeOf(reading, node);
  const isSymbol = op.tag === "onehot" && !isNamed(reading, node, where);
  return isSymbol ? { symbol: readSymbol(reading, inputs[0]!, where) } : {};
};

/** A component as it is counted, from 1, or the symbol that names it. */
export const readSymbol = (reading: Reading, symbol: NodeId, where: Where): Expression =>
  countOf(reading, symbol, where) ?? reading.read(symbol, where).expression;

const powers = (factors: ReadonlyArray<Factor>): ReadonlyArray<Factor> => {
  const groups = new Map<unknown, Factor>();
  for (const next of factors) {
    const isAlone = next.value.expression.tag === "number" || next.symbol !== undefined;
    const key = isAlone ? next : JSON.stringify([next.below, next.value]);
    groups.set(key, {
      ...next,
      order: groups.get(key)?.order ?? next.order,
      exponent: (groups.get(key)?.exponent ?? 0) + 1,
    });
  }
  return [...groups.values()];
};

/** By its name, if the user gave the same softmax one. */
export const readSoftmax = (reading: Reading, above: NodeId, below: NodeId, where: Where): Value => {
  const known = reading.circuit.nodes.findIndex(
    ({ op, inputs }) => op.tag === "map" && op.fn === "div" && inputs[0] === above && inputs[1] === below,
  );
  if (known !== -1 && isNamed(reading, known, where)) return reading.read(known, where);
  return readNormed(reading, "softmax", softmaxOf(reading, above, below)!, where);
};

export const readNormed = (reading: Reading, fn: string, { operand, over }: Normed, where: Where): Value => {
  const { expression, labels } = reading.read(operand, where);
  const axes = timeKeys(over);
  return { expression: axes.length === 0 ? call(fn, expression) : reduction(fn, axes, expression), labels };
};

export const timeKeys = (axes: ReadonlyArray<Axis>): ReadonlyArray<string> =>
  axes.flatMap((axis) => (axis.tag === "time" ? [axis.key] : []));
