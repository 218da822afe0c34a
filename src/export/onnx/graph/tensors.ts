import { type Axis, sameAxis, sortAxes, unionAxes, withoutAxes } from "../../../circuit/axis.ts";
import { elementTypes } from "../../../onnx/messages.ts";
import { int, ints } from "./attributes.ts";
import { extentOf } from "./extents.ts";
import { operation, type Scope, type Value, wholes } from "./scope.ts";

/** Where an axis stands among the extents of a tensor. */
export const placeOf = (axes: ReadonlyArray<Axis>, axis: Axis): number =>
  axes.findIndex((each) => sameAxis(each, axis));

/**
 * The name of a tensor that goes with others over `axes`: where it lacks one behind the first that it has, it gets an
 * extent of 1 there. Extents before its first are added by the operation itself.
 */
const alignedTo = (scope: Scope, axes: ReadonlyArray<Axis>, { name, axes: own }: Value): string => {
  const behind = axes.slice(
    Math.max(
      0,
      axes.findIndex((axis) => placeOf(own, axis) >= 0),
    ),
  );
  const lacking = behind.flatMap((axis, place) => (placeOf(own, axis) < 0 ? [place] : []));
  return own.length === 0 || lacking.length === 0
    ? name
    : operation(scope, "Unsqueeze", [name, wholes(scope, lacking)], {}, `${name}_along`);
};

/** An operation at every position of its operands. */
export const pointwise = (
  scope: Scope,
  type: string,
  operands: ReadonlyArray<Value>,
  kind: Value["kind"] = "real",
  hint: string = type,
): Value => {
  const axes = unionAxes(...operands.map((operand) => operand.axes));
  const names = operands.map((operand) => alignedTo(scope, axes, operand));
  return { name: operation(scope, type, names, {}, hint), axes, kind };
};

const cast = (scope: Scope, { name, axes }: Value, to: number, kind: Value["kind"], hint: string): Value => ({
  name: operation(scope, "Cast", [name], { to: int(to) }, `${name}_${hint}`),
  axes,
  kind,
});

export const asReal = (scope: Scope, value: Value): Value =>
  value.kind === "real" ? value : cast(scope, value, elementTypes[scope.whole.element], "real", "real");

/** What is not 0 is true. */
export const asTruth = (scope: Scope, value: Value): Value =>
  value.kind === "truth" ? value : cast(scope, value, elementTypes.bool, "truth", "truth");

/** The name of a real value as whole numbers. */
export const asWhole = (scope: Scope, value: Value): string =>
  cast(scope, value, elementTypes.int64, "real", "whole").name;

/** A value along all of some axes, of which it may lack some. */
export const expandedTo = (scope: Scope, axes: ReadonlyArray<Axis>, value: Value): Value => {
  if (withoutAxes(axes, value.axes).length === 0) return value;
  const all = unionAxes(axes, value.axes);
  const extents = all.map((axis) => extentOf(scope, axis));
  const shape = extents.length === 1 ? extents[0]! : operation(scope, "Concat", extents, { axis: int(0) }, "shape");
  const name = operation(scope, "Expand", [alignedTo(scope, all, value), shape], {}, `${value.name}_full`);
  return { ...value, name, axes: all };
};

/** A tensor whose extents stand for `axes` in this order, as a value. */
export const inOrder = (scope: Scope, name: string, axes: ReadonlyArray<Axis>, kind: Value["kind"] = "real"): Value => {
  const sorted = sortAxes(axes);
  return { name: permuted(scope, name, axes, sorted), axes: sorted, kind };
};

/** A tensor over the axes of `from` with its extents in the order of `to`. */
export const permuted = (scope: Scope, name: string, from: ReadonlyArray<Axis>, to: ReadonlyArray<Axis>): string => {
  const places = to.map((axis) => placeOf(from, axis));
  return places.every((place, i) => place === i)
    ? name
    : operation(scope, "Transpose", [name], { perm: ints(places) }, `${name}_transposed`);
};

/** `value` where a condition holds, and another one elsewhere. */
export const where = (scope: Scope, condition: Value, value: Value, otherwise: Value, hint = "Where"): Value =>
  pointwise(scope, "Where", [condition, asReal(scope, value), asReal(scope, otherwise)], "real", hint);
