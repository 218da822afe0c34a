import { type Axis, type FeatureAxis, featureAxis, type TimeAxis } from "../../circuit/axis.ts";
import type { NodeId, Op } from "../../circuit/circuit.ts";
import { binary, call, index, number, offset, reduction } from "../../syntax/make.ts";
import type { Expression } from "../../syntax/tree.ts";
import { transpose } from "./expressions.ts";
import { captures, indexOf, labelOf, moved, placeOf, renamed, type Where } from "./places.ts";
import { constantOf, isNamed, nodeOf, operandsOf, type Reading } from "./reading.ts";
import type { Value } from "./value.ts";

type Rename = Extract<Op, { readonly tag: "rename" }>;

/** Whether a renaming is more than other letters: components become positions, or positions components. */
export const counts = ({ renames }: Rename): boolean => renames.some(([from, to]) => from.tag !== to.tag);

/** `A[a]`, the components under an axis; or the other way `sum[a](outer(onehot(a), e))`, positions as components. */
export const readRename = (reading: Reading, id: NodeId, op: Rename, where: Where): Value => {
  const [operand = -1] = nodeOf(reading, id).inputs;
  const stacked = op.renames.flatMap(([from, to]) =>
    from.tag === "time" && to.tag === "feature" ? [{ from, to }] : [],
  );
  if (stacked.length > 0)
    return readStack(
      reading,
      id,
      stacked.map(({ from, to }) => ({ axis: from, label: labelOf(where, to), before: 0 })),
      where,
    );
  const picks = op.renames.flatMap(([from, to]) => (from.tag === "feature" && to.tag === "time" ? [{ from, to }] : []));
  return picks.reduce<(node: NodeId, inner: Where) => Value>(
    (read, { from, to }) =>
      (node, inner) =>
        readComponent(reading, node, from, indexOf(placeOf(where, to)!), inner, read),
    reading.read,
  )(operand, renamed(where, op));
};

/** Of a sum over one component, which is what its slice is, the component. */
export const readOnly = (reading: Reading, id: NodeId, axis: FeatureAxis, where: Where): Value | undefined => {
  const { op } = nodeOf(reading, id);
  if (axis.size !== 1 || op.tag !== "slice" || op.axis.slot !== axis.slot || isNamed(reading, id, where))
    return undefined;
  return readComponent(reading, id, axis, number(1), where, reading.read);
};

/** What `read` gives of a node, at one component of an axis. */
const readComponent = (
  reading: Reading,
  id: NodeId,
  axis: FeatureAxis,
  count: Expression,
  where: Where,
  read: (node: NodeId, where: Where) => Value,
): Value => {
  const { op, inputs } = nodeOf(reading, id);
  if (op.tag === "slice" && op.axis.slot === axis.slot && op.size === axis.size && !isNamed(reading, id, where))
    return readComponent(reading, inputs[0]!, op.axis, plusNumber(count, op.from), where, read);
  const label = reading.freshLabel(axis);
  const { expression, labels } = read(id, moved(where, axis, { tag: "component", axis: label }));
  const rest = labels.filter(({ key }) => key !== label.key);
  if (rest.length === labels.length) return { expression, labels };
  const isRow = labels[0]!.key === label.key;
  return { expression: componentOf(isRow ? expression : transpose(expression), count), labels: rest };
};

/** `x[t,i]` is `x[t][i]`. */
const componentOf = (target: Expression, count: Expression): Expression =>
  target.tag === "index" ? { ...target, indices: [...target.indices, count] } : index(target, [count]);

/** The values along an axis become components, from one after `before` others on. */
interface Stack {
  readonly axis: TimeAxis;
  readonly label: FeatureAxis;
  readonly before: number;
}

/** The values along an axis as the components of a vector or the rows of a matrix; along two, as a matrix. */
const readStack = (reading: Reading, id: NodeId, stacks: ReadonlyArray<Stack>, where: Where): Value => {
  if (stacks.some(({ axis }) => captures(where, axis))) return reading.needName(id);
  const { op, inputs } = nodeOf(reading, id);
  const isStacked = ({ key }: Axis): boolean => stacks.some(({ axis }) => axis.key === key);
  const renames = op.tag === "rename" ? op.renames.filter(([from]) => !isStacked(from)) : [];
  const standing = stacks.reduce((soFar, { axis }) => moved(soFar, axis, { tag: "shift", axis, by: 0 }), where);
  const { expression, labels } = reading.read(inputs[0]!, renamed(standing, { tag: "rename", renames }));
  const term = placedAt(
    reading,
    { expression, labels },
    stacks.map(({ axis, before }) => call("onehot", offset(axis.key, before))),
  );
  return {
    expression: reduction(
      "sum",
      stacks.map(({ axis }) => axis.key),
      term,
    ),
    labels: [...stacks.map(({ label }) => label), ...labels],
  };
};

/** A value at the components that one-hot vectors say, 0 elsewhere. */
const placedAt = (
  reading: Reading,
  { expression, labels }: Value,
  [first, second]: ReadonlyArray<Expression>,
): Expression => {
  if (labels.length + (second === undefined ? 1 : 2) > 2) reading.unwritable("a tensor with three sides");
  if (labels.length > 0) return call("outer", first!, expression);
  return binary("*", expression, second === undefined ? first! : call("outer", first!, second));
};

/** Rows that stand between rows of zeros: `outer(onehot(2), e)`, or all the positions of an axis from some row on. */
export const readRows = (
  reading: Reading,
  id: NodeId,
  { axis, sizes }: Extract<Op, { readonly tag: "concat" }>,
  where: Where,
): Value | undefined => {
  const { inputs } = nodeOf(reading, id);
  const [part, ...others] = inputs.flatMap((node, i) => (constantOf(reading, node) === 0 ? [] : [{ node, i }]));
  if (part === undefined || others.length > 0) return undefined;
  const before = sizes.slice(0, part.i).reduce((sum, size) => sum + size, 0);
  const own = featureAxis(axis.slot, sizes[part.i]!);
  const { op, axes } = nodeOf(reading, part.node);
  const label = labelOf(where, axis);
  const stack = op.tag === "rename" ? op.renames.find(([, to]) => to.key === own.key)?.[0] : undefined;
  if (stack?.tag === "time" && !isNamed(reading, part.node, where))
    return readStack(reading, part.node, [{ axis: stack, label, before }], where);
  if (own.size !== 1 || axes.some(({ key }) => key === own.key)) return undefined;
  const value = reading.read(part.node, where);
  return {
    expression: placedAt(reading, value, [call("onehot", number(before + 1))]),
    labels: [label, ...value.labels],
  };
};

/** What a one-hot vector counts, from 1, if that is a number or a position and no symbol. */
export const countOf = (reading: Reading, id: NodeId, where: Where): Expression | undefined => {
  const known = constantOf(reading, id);
  if (known !== undefined) return number(known + 1);
  const { op } = nodeOf(reading, id);
  if (isNamed(reading, id, where)) return undefined;
  if (op.tag === "index") {
    const place = placeOf(where, op.axis);
    return place === undefined || place.tag === "component" ? undefined : plusNumber(indexOf(place), 1);
  }
  for (const [fn, sign] of [
    ["add", 1],
    ["sub", -1],
  ] as const) {
    const [counted, by] = operandsOf(reading, id, fn) ?? [];
    const moves = by === undefined ? undefined : constantOf(reading, by);
    const count = counted === undefined || moves === undefined ? undefined : countOf(reading, counted, where);
    if (count !== undefined) return plusNumber(count, sign * moves!);
  }
  return undefined;
};

/** `a + 1 + 1` is `a + 2`. */
const plusNumber = (expression: Expression, by: number): Expression => {
  if (expression.tag === "number") return number(expression.value + by);
  if (expression.tag === "name") return offset(expression.text, by);
  if (expression.tag !== "binary" || expression.left.tag !== "name" || expression.right.tag !== "number")
    return by === 0 ? expression : binary("+", expression, number(by));
  const { operator, left, right } = expression;
  return offset(left.text, (operator === "-" ? -right.value : right.value) + by);
};
