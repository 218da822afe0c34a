import { type Axis, firstOf, hasAxis, lengthAxes, sameAxis, unionAxes, withoutAxes } from "../../../circuit/axis.ts";
import type { NodeId } from "../../../circuit/circuit.ts";
import { nodeAt } from "../../../circuit/node-at.ts";
import { int, ints } from "./attributes.ts";
import { existence, indexAlong } from "./positions.ts";
import { constant, operation, type Scope, type Value, wholes } from "./scope.ts";
import { asReal, asWhole, expandedTo, inOrder, permuted, placeOf, pointwise, where } from "./tensors.ts";

/** What a sum is of, read by its scope. */
type Read = (scope: Scope, id: NodeId) => Value;

/** The axes among `axes` of which some position over `over` may not exist. */
const unsure = (axes: ReadonlyArray<Axis>, over: ReadonlyArray<Axis>): ReadonlyArray<Axis> =>
  axes.filter((axis) => hasAxis(over, axis) || lengthAxes(axis).some((outer) => hasAxis(over, outer)));

/** A value that is `filling` at positions over `over` that do not exist. */
const bounded = (scope: Scope, value: Value, over: ReadonlyArray<Axis>, filling: number): Value => {
  const exists = existence(scope, unsure(value.axes, over));
  return exists === undefined ? asReal(scope, value) : where(scope, exists, value, constant(scope, filling), "Valid");
};

/** The sum or the maximum of a value over axes that its node has. */
export const reduced = (
  scope: Scope,
  fn: "sum" | "max",
  over: ReadonlyArray<Axis>,
  operand: Value,
  hint: string,
): Value => {
  const full = expandedTo(scope, over, operand);
  const value = bounded(scope, full, over, fn === "sum" ? 0 : Number.NEGATIVE_INFINITY);
  const places = over.map((axis) => placeOf(value.axes, axis));
  const axes = withoutAxes(value.axes, over);
  const name =
    fn === "sum"
      ? operation(scope, "ReduceSum", [value.name, wholes(scope, places)], { keepdims: int(0) }, hint)
      : operation(scope, "ReduceMax", [value.name], { axes: ints(places), keepdims: int(0) }, hint);
  return { name, axes, kind: "real" };
};

export const summed = (scope: Scope, over: ReadonlyArray<Axis>, operand: Value, hint: string): Value =>
  reduced(scope, "sum", over, operand, hint);

/** The maximum over axes. ONNX leaves open what it is where something is no number: here it is none either. */
export const maximum = (scope: Scope, over: ReadonlyArray<Axis>, operand: Value, hint: string): Value => {
  const most = reduced(scope, "max", over, operand, hint);
  const isNone = pointwise(scope, "IsNaN", [asReal(scope, operand)], "truth");
  const some = pointwise(scope, "Greater", [reduced(scope, "max", over, isNone, "none"), constant(scope, 0)], "truth");
  return where(scope, some, constant(scope, Number.NaN), most, hint);
};

/** The sum of a product over axes, taken as one operation where there is one. */
export const summedProduct = (scope: Scope, read: Read, id: NodeId, over: ReadonlyArray<Axis>, hint: string): Value => {
  const { circuit } = scope.whole;
  const product = nodeAt(circuit, id);
  const [left, right] = product.inputs as readonly [NodeId, NodeId];
  for (const [onehot, other] of [
    [left, right],
    [right, left],
  ] as const) {
    const picked = pickOf(scope, onehot);
    if (picked !== undefined && hasAxis(over, picked.axis))
      return pickedFrom(scope, read, picked, read(scope, other), over, hint);
  }
  const operands = [left, right].map((each) => bounded(scope, read(scope, each), over, 0));
  return contracted(scope, operands[0]!, operands[1]!, over, hint);
};

interface Pick {
  /** The component or the position that is picked is one along this axis; where it stands, counted as circuits do. */
  readonly axis: Axis;
  readonly symbol: NodeId;
  readonly first: number;
}

/** Of a one-hot vector, whose axis may be renamed. */
const pickOf = ({ whole: { circuit } }: Scope, id: NodeId): Pick | undefined => {
  const { op, inputs } = nodeAt(circuit, id);
  if (op.tag === "onehot") return { axis: op.axis, symbol: inputs[0]!, first: firstOf(op.axis) };
  if (op.tag !== "rename") return undefined;
  const inner = nodeAt(circuit, inputs[0]!);
  if (inner.op.tag !== "onehot") return undefined;
  const { axis } = inner.op;
  const to = op.renames.find(([from]) => sameAxis(from, axis))?.[1];
  return to === undefined || op.renames.length > 1
    ? undefined
    : { axis: to, symbol: inner.inputs[0]!, first: firstOf(axis) };
};

const pickedFrom = (
  scope: Scope,
  read: Read,
  { axis, symbol, first }: Pick,
  other: Value,
  over: ReadonlyArray<Axis>,
  hint: string,
): Value => {
  const chosen = asReal(scope, read(scope, symbol));
  const isApart = chosen.axes.every((each) => !hasAxis(other.axes, each));
  if (axis.tag === "feature" && hasAxis(other.axes, axis) && isApart && over.length === 1) {
    const from0 = first === 0 ? chosen : pointwise(scope, "Sub", [chosen, constant(scope, first)]);
    const place = placeOf(other.axes, axis);
    const name = operation(
      scope,
      "Gather",
      [asReal(scope, other).name, asWhole(scope, from0)],
      { axis: int(place) },
      hint,
    );
    const axes = [...other.axes.slice(0, place), ...chosen.axes, ...other.axes.slice(place + 1)];
    return inOrder(scope, name, axes);
  }
  const shift = firstOf(axis) - first;
  const at = shift === 0 ? chosen : pointwise(scope, "Add", [chosen, constant(scope, shift)]);
  const isThere = pointwise(scope, "Equal", [indexAlong(scope, axis), at], "truth");
  return summed(scope, over, where(scope, isThere, other, constant(scope, 0)), hint);
};

/** The sum over `over` of the product of two values. */
const contracted = (scope: Scope, a: Value, b: Value, over: ReadonlyArray<Axis>, hint: string): Value => {
  const axes = withoutAxes(unionAxes(a.axes, b.axes), over);
  const isLacking = over.some((axis) => !hasAxis(a.axes, axis) || !hasAxis(b.axes, axis));
  if (isLacking) return summed(scope, over, pointwise(scope, "Mul", [a, b]), hint);
  const product = matrixProduct(scope, a, b, over, axes, hint) ?? matrixProduct(scope, b, a, over, axes, hint);
  if (product !== undefined) return product;
  const isElementwise = a.axes.length === b.axes.length && withoutAxes(a.axes, b.axes).length === 0;
  if (isElementwise) return summed(scope, over, pointwise(scope, "Mul", [a, b]), hint);
  const letters = unionAxes(a.axes, b.axes).map((axis, i) => [axis.key, String.fromCharCode(97 + i)] as const);
  const written = (some: ReadonlyArray<Axis>): string =>
    some.map(({ key }) => letters.find(([known]) => known === key)![1]).join("");
  const equation = `${written(a.axes)},${written(b.axes)}->${written(axes)}`;
  const name = operation(scope, "Einsum", [a.name, b.name], { equation: { tag: "string", value: equation } }, hint);
  return { name, axes, kind: "real" };
};

/** A matrix or a vector of weights times vectors: one axis is summed, the last of the vectors' axes. */
const matrixProduct = (
  scope: Scope,
  weights: Value,
  vectors: Value,
  over: ReadonlyArray<Axis>,
  axes: ReadonlyArray<Axis>,
  hint: string,
): Value | undefined => {
  const [inner] = over;
  const last = vectors.axes[vectors.axes.length - 1];
  const own = withoutAxes(weights.axes, over);
  const [outer] = own;
  const isForm =
    over.length === 1 &&
    own.length <= 1 &&
    last !== undefined &&
    sameAxis(last, inner!) &&
    vectors.axes.length > 1 &&
    (outer === undefined ||
      (outer.tag === "feature" && !hasAxis(vectors.axes, outer) && sameAxis(axes[axes.length - 1]!, outer)));
  if (!isForm) return undefined;
  const matrix = outer === undefined ? weights.name : permuted(scope, weights.name, weights.axes, [inner!, outer]);
  return { name: operation(scope, "MatMul", [vectors.name, matrix], {}, hint), axes, kind: "real" };
};
