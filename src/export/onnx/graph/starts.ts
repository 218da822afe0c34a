import { type Axis, batchAxis, featuresOf, sameAxis, type TimeAxis, withoutAxes } from "../../../circuit/axis.ts";
import type { NodeId } from "../../../circuit/circuit.ts";
import { nodeAt } from "../../../circuit/node-at.ts";
import { positionName } from "../../../circuit/own-names.ts";
import { type ElementType, elementTypes } from "../../../onnx/messages.ts";
import { int } from "./attributes.ts";
import { extentOf, isCounted } from "./extents.ts";
import { componentsOf } from "./fixed.ts";
import { hasPositions, indexAlong, lengthAlong } from "./positions.ts";
import { broughtIn, freshName, operation, rootOf, type Scope, type Value } from "./scope.ts";
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

/** Symbols and positions that are read back are whole numbers, as those that are given. */
const typeOf = ({ whole: { circuit, model, element } }: Scope, delay: NodeId): ElementType => {
  const { op } = nodeAt(circuit, nodeAt(circuit, delay).inputs[1]!);
  const spec = op.tag === "input" ? model.inputs.find(({ name }) => name === op.name) : undefined;
  return spec !== undefined && isCounted(spec) ? "int64" : element;
};

const real = (scope: Scope, name: string, type: ElementType): string =>
  type === scope.whole.element
    ? name
    : operation(scope, "Cast", [name], { to: int(elementTypes[scope.whole.element]) }, `${name}_real`);

/** The positions along an axis as equations count them: of sequences that go on, from where the call before ended. */
export const positionAlong = (scope: Scope, axis: Axis): Value => {
  const index = indexAlong(scope, axis);
  const { along } = scope.whole;
  if (along === undefined || !sameAxis(along, axis)) return index;
  const root = rootOf(scope);
  return pointwise(scope, "Add", [index, broughtIn(scope, root, positionsBefore(root, along))], "real", "position");
};

/** How many positions came before, of each example: an input, and what the next call is given in its place. */
const positionsBefore = (root: Scope, along: TimeAxis): Value => {
  const { whole } = root;
  const axes = [batchAxis];
  const known = root.known.get(positionName);
  if (known !== undefined) return { name: known, axes, kind: "real" };
  const name = freshName(whole, "initial_position");
  whole.initial.add(name);
  whole.inputs.push({ name, type: "int64", shape: ["batch"], documentation: "how many positions came before" });
  const before: Value = { name: real(root, name, "int64"), axes, kind: "real" };
  root.known.set(positionName, before.name);
  const after = pointwise(root, "Add", [before, lengthAlong(root, along)]);
  whole.ends.push({ name: freshName(whole, "final_position"), type: "int64", value: expandedTo(root, axes, after) });
  return before;
};

const startInput = (scope: Scope, delay: NodeId, axes: ReadonlyArray<Axis>): Value => {
  const { whole } = scope;
  const name = freshName(whole, `initial_${hintOf(scope, delay)}`);
  const type = typeOf(scope, delay);
  const features = featuresOf(axes);
  const sizes = features.map(({ size }) => size);
  const documentation = "what stands before the first position";
  whole.initial.add(name);
  if (whole.carries) {
    whole.inputs.push({ name, type, shape: ["batch", ...sizes], documentation });
    return { name: real(scope, name, type), axes, kind: "real" };
  }
  const data = componentsOf(whole, nodeAt(whole.circuit, delay).inputs[0]!, features);
  whole.initializers.push({ name, type, shape: [1, ...sizes], data });
  whole.inputs.push({ name, type, shape: [`${name}_batch`, ...sizes], documentation });
  const extents = axes.map((axis) => extentOf(scope, axis));
  const shape = extents.length === 1 ? extents[0]! : operation(scope, "Concat", extents, { axis: int(0) }, "shape");
  return { name: operation(scope, "Expand", [real(scope, name, type), shape], {}, `${name}_full`), axes, kind: "real" };
};

/** Gives out what the next call starts with, if sequences go on: the last value of a state, or its start where there is none. */
export const endWith = (scope: Scope, delay: NodeId, last: Value): void => {
  const { whole } = scope;
  const start = whole.starts.get(delay);
  const { op } = nodeAt(whole.circuit, delay);
  if (!whole.carries || start === undefined || op.tag !== "delay") return;
  const name = freshName(whole, `final_${hintOf(scope, delay)}`);
  const value = expandedTo(scope, start.axes, where(scope, hasPositions(scope, op.axis), last, start));
  whole.ends.push({ name, type: typeOf(scope, delay), value });
};
