import { type Axis, featuresOf, withoutAxes } from "../../../circuit/axis.ts";
import type { NodeId } from "../../../circuit/circuit.ts";
import { nodeAt } from "../../../circuit/node-at.ts";
import { int } from "./attributes.ts";
import { extentOf } from "./extents.ts";
import { componentsOf } from "./fixed.ts";
import { lengthAlong } from "./positions.ts";
import { constant, freshName, operation, type Scope, type Value } from "./scope.ts";
import { expandedTo, pointwise, where } from "./tensors.ts";

/**
 * The input of the graph that a state starts with, along all of `axes`, where the program says no more than a number or
 * parameters: one for each example, or, unless sequences go on from call to call, one for all or none at all.
 */
export const givenStart = (scope: Scope, delay: NodeId, axes: ReadonlyArray<Axis>): Value | undefined => {
  const { starts } = scope.whole;
  const known = starts.get(delay);
  if (known !== undefined || !isGiven(scope, delay, axes)) return known;
  const start = startInput(scope, delay, axes);
  starts.set(delay, start);
  return start;
};

/** Whether a state of each example starts with a number or parameters. */
const isGiven = ({ parent, whole: { circuit } }: Scope, delay: NodeId, axes: ReadonlyArray<Axis>): boolean => {
  const { op, inputs } = nodeAt(circuit, delay);
  const [batch, ...besides] = withoutAxes(axes, featuresOf(axes));
  return (
    parent === undefined &&
    op.tag === "delay" &&
    Math.abs(op.by) === 1 &&
    nodeAt(circuit, inputs[0]!).axes.every(({ tag }) => tag === "feature") &&
    batch?.tag === "batch" &&
    besides.length === 0
  );
};

const hintOf = ({ whole: { circuit } }: Scope, delay: NodeId): string => {
  const node = nodeAt(circuit, nodeAt(circuit, delay).inputs[1]!);
  return node.name ?? (node.op.tag === "input" ? node.op.name : node.op.tag);
};

const startInput = (scope: Scope, delay: NodeId, axes: ReadonlyArray<Axis>): Value => {
  const { whole } = scope;
  const name = freshName(whole, `initial_${hintOf(scope, delay)}`);
  const features = featuresOf(axes);
  const sizes = features.map(({ size }) => size);
  const documentation = "what stands before the first position";
  if (whole.carries) {
    whole.inputs.push({ name, type: whole.element, shape: ["batch", ...sizes], documentation });
    return { name, axes, kind: "real" };
  }
  const data = componentsOf(whole, nodeAt(whole.circuit, delay).inputs[0]!, features);
  whole.initializers.push({ name, type: whole.element, shape: [1, ...sizes], data });
  whole.inputs.push({ name, type: whole.element, shape: [`${name}_batch`, ...sizes], documentation });
  const extents = axes.map((axis) => extentOf(scope, axis));
  const shape = extents.length === 1 ? extents[0]! : operation(scope, "Concat", extents, { axis: int(0) }, "shape");
  return { name: operation(scope, "Expand", [name, shape], {}, `${name}_full`), axes, kind: "real" };
};

/** Gives out what the next call starts with, if sequences go on: the last value of a state, or its start where there is none. */
export const endWith = (scope: Scope, delay: NodeId, last: Value): void => {
  const { whole } = scope;
  const start = whole.starts.get(delay);
  const { op } = nodeAt(whole.circuit, delay);
  if (!whole.carries || start === undefined || op.tag !== "delay") return;
  const isLong = pointwise(scope, "GreaterOrEqual", [lengthAlong(scope, op.axis), constant(scope, 1)], "truth");
  const name = freshName(whole, `final_${hintOf(scope, delay)}`);
  whole.ends.push({ name, value: expandedTo(scope, start.axes, where(scope, isLong, last, start)) });
};
