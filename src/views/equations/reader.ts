import { type FeatureAxis, featureAxis, withoutAxes } from "../../circuit/axis.ts";
import type { NodeId, Op } from "../../circuit/circuit.ts";
import { match } from "../../match.ts";
import { binary, call, choose, concat, index, name, number, reduction } from "../../syntax/make.ts";
import { computedIn } from "./computed.ts";
import { readCondition } from "./conditions.ts";
import { counts, readOnly, readRename, readRows } from "./counted.ts";
import { readDelay } from "./delays.ts";
import { negate } from "./expressions.ts";
import { readProduct, readSymbol, timeKeys } from "./factors.ts";
import { components, readMap } from "./functions.ts";
import { captures, fromEnd, indexOf, isHere, labelOf, moved, placeOf, renamed, type Where } from "./places.ts";
import { isNamed, labelsOf, nodeOf, type Reading } from "./reading.ts";
import { readRunningProduct } from "./running-product.ts";
import { filled, onesOf, scalar, type Value } from "./value.ts";

/** Reads the nodes of a circuit as expressions: a named one by its name, any other by what it does. */
export const newReader = (
  given: Omit<Reading, "read" | "condition" | "ones" | "freshLabel" | "needName"> & {
    readonly need: (id: NodeId) => void;
  },
): Reading => {
  let fresh = 0;
  const { need, ...rest } = given;
  const reading: Reading = {
    ...rest,
    read: (id, where) => (isNamed(reading, id, where) ? byName(reading, id, where) : expand(reading, id, where)),
    condition: (id, where) => readCondition(reading, id, where),
    ones: onesOf(given.asProgram),
    freshLabel: ({ size }: FeatureAxis): FeatureAxis => {
      fresh += 1;
      return { ...featureAxis(0, size), key: `summed ${fresh}` };
    },
    needName: (id) => {
      need(id);
      return scalar(name("?"));
    },
  };
  return reading;
};

const byName = (reading: Reading, id: NodeId, where: Where): Value => ({
  expression: index(
    name(reading.names.get(id)!),
    reading.indicesOf(id).map((axis) => indexOf(placeOf(where, axis)!)),
  ),
  labels: labelsOf(reading, id, where),
});

const expand = (reading: Reading, id: NodeId, where: Where): Value => {
  const { inputs } = nodeOf(reading, id);
  const [first = -1] = inputs;
  return match<Op, Value>({
    constant: ({ value }) => scalar(numberOf(value)),
    parameter: ({ path }) => ({ expression: name(path), labels: labelsOf(reading, id, where) }),
    input: ({ name: called }) => ({ expression: name(called), labels: labelsOf(reading, id, where) }),
    index: ({ axis }) => {
      const place = placeOf(where, axis);
      if (place === undefined || place.tag === "component") reading.unwritable("the number of a component");
      return place === undefined ? scalar(number(0)) : scalar(indexOf(place));
    },
    length: ({ axis }) => scalar(axis.tag === "time" ? fromEnd(axis, 0) : number(0)),
    map: ({ fn }) => readRunningProduct(reading, id, where) ?? readMap(reading, id, fn, where),
    reduce: (op) => readReduction(reading, id, op, where),
    delay: (op) => readDelay(reading, id, op, where),
    at: ({ axis, position }) =>
      readRunningProduct(reading, id, where) ?? reading.read(first, moved(where, axis, { tag: "at", axis, position })),
    onehot: ({ axis }) =>
      axis.tag === "time"
        ? scalar(choose(binary("==", indexOf(placeOf(where, axis)!), reading.read(first, where).expression), one, zero))
        : { expression: call("onehot", readSymbol(reading, first, where)), labels: [labelOf(where, axis)] },
    concat: (op) => readConcat(reading, id, op, where),
    mark: () => readMarked(reading, id, first, where),
    grad: () => readDerivative(reading, id, where),
    slice: (op) => readSlice(reading, id, op, where),
    rename: (op) => (counts(op) ? readRename(reading, id, op, where) : reading.read(first, renamed(where, op))),
  })(nodeOf(reading, id).op);
};

const [zero, one] = [number(0), number(1)];

const numberOf = (value: number) =>
  Number.isFinite(value) ? number(value) : name(value > 0 ? "∞" : value < 0 ? "-∞" : "NaN");

/** Over components a contraction; over time `sum[t](…)`, within which `t` is the summed position. */
const readReduction = (
  reading: Reading,
  id: NodeId,
  { fn, over }: Extract<Op, { readonly tag: "reduce" }>,
  where: Where,
): Value => {
  const [operand = -1] = nodeOf(reading, id).inputs;
  const times = over.flatMap((axis) => (axis.tag === "time" ? [axis] : []));
  const computed = fn === "sum" ? computedIn(reading, operand, over, where) : undefined;
  if (computed !== undefined) {
    const rest = withoutAxes(over, [computed.axis]);
    return readReduction(reading, id, { tag: "reduce", fn, over: rest }, moved(where, computed.axis, computed));
  }
  if (times.some((axis) => captures(where, axis))) return reading.needName(id);
  const inner = times.reduce((soFar, axis) => moved(soFar, axis, { tag: "shift", axis, by: 0 }), where);
  const features = over.flatMap((axis) => (axis.tag === "feature" ? [axis] : []));
  const axes = timeKeys(times);
  const around = ({ expression, labels }: Value): Value => {
    if (axes.length === 0) return { expression, labels };
    const isNegated = fn === "sum" && expression.tag === "negate";
    const whole = reduction(fn, axes, isNegated ? expression.operand : expression);
    return { expression: isNegated ? negate(whole) : whole, labels };
  };
  const [only, ...others] = features;
  const component =
    fn === "sum" && only !== undefined && others.length === 0 ? readOnly(reading, operand, only, inner) : undefined;
  if (component !== undefined) return around(component);
  if (fn === "sum") return around(readProduct(reading, operand, inner, features));
  const value = reading.read(operand, inner);
  if (features.length === 0) return around(value);
  const summed = features.map((axis) => labelOf(inner, axis).key);
  const labels = value.labels.filter(({ key }) => !summed.includes(key));
  if (labels.length > 0) reading.unwritable("the greatest along one side of a matrix");
  return around({ expression: call(fn, value.expression), labels });
};

/** In a program what is marked may be an equation of its own, in which a number stands for all components. */
const readMarked = (reading: Reading, id: NodeId, marked: NodeId, where: Where): Value => {
  const value = reading.read(marked, where);
  const isRoot = id === reading.root.node && where === reading.root.where;
  return reading.asProgram && isRoot ? filled(reading, value, labelsOf(reading, id, where)) : value;
};

/** Whether a derivative is taken by the value of a boundary, and not by the variable or number that is given there. */
const isBoundary = (reading: Reading, id: NodeId): boolean => {
  const { op, inputs } = nodeOf(reading, id);
  const from = op.tag === "mark" ? nodeOf(reading, inputs[0]!).op.tag : "delay";
  return from !== "delay" && from !== "rename";
};

/** A derivative stands at the bare axes of its variable, by what has a name or is a reading of it. */
const readDerivative = (reading: Reading, id: NodeId, where: Where): Value => {
  const { axes, inputs } = nodeOf(reading, id);
  const [what = -1, by = -1] = inputs;
  if (!axes.every((axis) => isHere(where, axis))) return reading.needName(id);
  const place = reading.read(by, where).expression;
  if (!isNamed(reading, by, where) && isBoundary(reading, by)) return reading.needName(by);
  const isPlace = place.tag === "name" || (place.tag === "index" && place.target.tag === "name");
  if (!isPlace) return reading.needName(by);
  return {
    expression: call("grad", reading.read(what, where).expression, place),
    labels: labelsOf(reading, id, where),
  };
};

/** Some components. In a program a part is a variable of its own, whose equation has the whole on the right. */
const readSlice = (
  reading: Reading,
  id: NodeId,
  { axis, from, size }: Extract<Op, { readonly tag: "slice" }>,
  where: Where,
): Value => {
  const [operand = -1] = nodeOf(reading, id).inputs;
  const isRoot = id === reading.root.node && where === reading.root.where;
  if (reading.asProgram && !isRoot) return reading.needName(id);
  const isVector = nodeOf(reading, id).axes.filter(({ tag }) => tag === "feature").length === 1;
  if (!isVector) reading.unwritable("a part of a matrix");
  const { expression, labels } = reading.read(operand, where);
  if (reading.asProgram) return { expression, labels };
  const own = labelOf(where, featureAxis(axis.slot, size));
  const whole = labelOf(where, axis).key;
  return {
    expression: components(expression, from, size),
    labels: labels.map((label) => (label.key === whole ? own : label)),
  };
};

/** In a program a part that is constant over several components is written so many times. */
const readConcat = (
  reading: Reading,
  id: NodeId,
  { axis, sizes }: Extract<Op, { readonly tag: "concat" }>,
  where: Where,
): Value => {
  const { inputs, axes } = nodeOf(reading, id);
  const parts = inputs.flatMap((input, i) => {
    const size = sizes[i]!;
    const own = featureAxis(axis.slot, size);
    const { expression, labels } = reading.read(
      input,
      moved(where, own, { tag: "component", axis: labelOf(where, axis) }),
    );
    const isConstant = labels.length === 0 && reading.asProgram;
    return isConstant ? Array.from({ length: size }, () => expression) : [expression];
  });
  const isVector = withoutAxes(axes, [axis]).every(({ tag }) => tag !== "feature");
  const rows = isVector ? undefined : readRows(reading, id, { tag: "concat", axis, sizes }, where);
  if (rows !== undefined) return rows;
  if (!isVector) reading.unwritable("matrices laid side by side");
  return { expression: concat(parts), labels: labelsOf(reading, id, where) };
};
