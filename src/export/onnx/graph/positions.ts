import { type Axis, firstOf, knownSize, lengthAxes, sameAxis, sortAxes, type TimeAxis } from "../../../circuit/axis.ts";
import { invariant } from "../../../fault.ts";
import { elementTypes } from "../../../onnx/messages.ts";
import { int } from "./attributes.ts";
import { extentOf, isRunTime, lengthsNamed } from "./extents.ts";
import { filled } from "./filled.ts";
import { broughtIn, constant, given, operation, outsideOf, rootOf, type Scope, type Value, wholes } from "./scope.ts";
import { pointwise } from "./tensors.ts";

/** The positions along an axis, counted as circuits do. */
export const indexAlong = (scope: Scope, axis: Axis): Value => {
  const root = rootOf(scope);
  const first = firstOf(axis);
  if (axis.tag !== "time" || axis.extent.tag === "fixed") {
    const size = sizeOf(axis);
    const numbers = Array.from({ length: size }, (_, i) => i + first);
    const name = given(root, root.whole.element, [size], numbers, `positions_${size}`);
    return broughtIn(scope, root, { name, axes: [axis], kind: "real" });
  }
  const one = given(root, "int64", [], [1], "one");
  const extent = operation(root, "Squeeze", [extentOf(root, axis)], {}, "extent");
  const end = operation(root, "Add", [extent, one], {}, "end");
  const range = operation(root, "Range", [one, end, one], {}, `${axis.key}_positions`);
  const name = operation(root, "Cast", [range], { to: int(elementTypes[root.whole.element]) }, axis.key);
  return broughtIn(scope, root, { name, axes: [axis], kind: "real" });
};

/** How far an axis reaches that is known before it runs. The batch is never counted. */
const sizeOf = (axis: Axis): number => {
  const size = knownSize(axis);
  invariant("onnx", size !== undefined, `${axis.key} is counted`);
  return size ?? 1;
};

/** How many positions an axis has, over all that this depends on. */
export const lengthAlong = (scope: Scope, axis: Axis): Value => {
  const root = rootOf(scope);
  if (axis.tag === "feature") return constant(scope, axis.size);
  if (axis.tag === "time" && axis.extent.tag === "fixed") return constant(scope, axis.extent.size);
  if (axis.tag !== "time" || axis.extent.tag !== "length") {
    const name = operation(root, "Cast", [operation(root, "Squeeze", [extentOf(root, axis)])], {
      to: int(elementTypes[root.whole.element]),
    });
    return { name, axes: [], kind: "real" };
  }
  const cut = root.whole.lengths.get(axis.extent.name);
  if (cut !== undefined) return broughtIn(scope, root, cut);
  const over = sortAxes(lengthAxes(axis));
  const whole = filled(root, lengthsNamed(root, axis.extent), over);
  const name = operation(
    root,
    "Cast",
    [whole],
    { to: int(elementTypes[root.whole.element]) },
    `${axis.extent.name}_real`,
  );
  return broughtIn(scope, root, { name, axes: over, kind: "real" });
};

/** Whether an axis has any position. */
export const hasPositions = (scope: Scope, axis: Axis): Value =>
  pointwise(scope, "GreaterOrEqual", [lengthAlong(scope, axis), constant(scope, 1)], "truth");

/** Whether a position along an axis exists, if any might not. */
export const existenceOf = (scope: Scope, axis: Axis): Value | undefined =>
  isRunTime(axis)
    ? pointwise(
        scope,
        "LessOrEqual",
        [indexAlong(scope, axis), lengthAlong(scope, axis)],
        "truth",
        `${axis.key}_exists`,
      )
    : undefined;

/** Whether positions along all of some axes exist, if any might not. */
export const existence = (scope: Scope, axes: ReadonlyArray<Axis>): Value | undefined =>
  both(
    scope,
    axes.map((axis) => existenceOf(scope, axis)),
  );

export const both = (scope: Scope, conditions: ReadonlyArray<Value | undefined>): Value | undefined => {
  const [first, ...rest] = conditions.filter((each) => each !== undefined);
  return first === undefined
    ? undefined
    : rest.reduce((all, each) => pointwise(scope, "And", [all, each], "truth"), first);
};

/**
 * A value read `by` positions before along an axis that is whole here: `filling` where there is none in memory.
 */
export const shifted = (scope: Scope, axis: TimeAxis, by: number, value: Value, filling = 0): Value => {
  const place = value.axes.findIndex((each) => sameAxis(each, axis));
  if (place < 0) return value;
  const before = value.axes.map((_, i) => (i === place && by > 0 ? by : 0));
  const after = value.axes.map((_, i) => (i === place && by < 0 ? -by : 0));
  const padded = operation(
    scope,
    "Pad",
    [value.name, wholes(scope, [...before, ...after]), constant(scope, filling).name],
    {},
    `${value.name}_padded`,
  );
  const [from, to] = by > 0 ? [0, -by] : [-by, 2 ** 31 - 1];
  const ends = [wholes(scope, [from]), wholes(scope, [to]), wholes(scope, [place])];
  return {
    ...value,
    name: operation(scope, "Slice", [padded, ...ends], {}, `${value.name}_${by > 0 ? "before" : "after"}`),
  };
};

/**
 * Whether the position `by` before exists along `axis`, of a value over `axes`, where it might not though this one does. It
 * is computed where the axis is whole.
 */
export const existsBefore = (scope: Scope, axis: TimeAxis, by: number, axes: ReadonlyArray<Axis>): Value => {
  const outer = outsideOf(scope, axis);
  const index = indexAlong(outer, axis);
  const own =
    by > 0
      ? pointwise(outer, "Greater", [index, constant(outer, by)], "truth", "exists_before")
      : pointwise(
          outer,
          "LessOrEqual",
          [index, pointwise(outer, "Add", [lengthAlong(outer, axis), constant(outer, by)])],
          "truth",
          "exists_after",
        );
  const ragged = raggedAlong(axes, axis).map((other) =>
    pointwise(
      outer,
      "LessOrEqual",
      [indexAlong(outer, other), shifted(outer, axis, by, lengthAlong(outer, other))],
      "truth",
    ),
  );
  return broughtIn(scope, outer, both(outer, [own, ...ragged])!);
};

/** Those of the axes whose length differs along `axis`. */
export const raggedAlong = (axes: ReadonlyArray<Axis>, axis: Axis): ReadonlyArray<Axis> =>
  axes.filter((each) => lengthAxes(each).some((outer) => sameAxis(outer, axis)));
