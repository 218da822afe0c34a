import { hasAxis, sameAxis, type TimeAxis } from "../circuit/axis.ts";
import type { Builder } from "../circuit/build.ts";
import type { Node, NodeId } from "../circuit/circuit.ts";
import { nodeAt } from "../circuit/node-at.ts";
import { copyNode } from "../circuit/rewrite.ts";

/** Whether a value depends on where one stands along an axis by the position's number only, not by data. */
export const dependsOnPositionOnly = (nodes: ReadonlyArray<Node>, id: NodeId, axis: TimeAxis): boolean => {
  const { op, inputs, axes } = nodeAt({ nodes }, id);
  if (!hasAxis(axes, axis)) return true;
  if (op.tag === "index") return sameAxis(op.axis, axis);
  const isLocal = op.tag === "map" || op.tag === "rename" || op.tag === "concat" || op.tag === "slice";
  return isLocal && inputs.every((input) => dependsOnPositionOnly(nodes, input, axis));
};

/** Such a value at one position, in the builder; `renamed` gives the nodes that lack the axis. */
export const atPosition = (
  b: Builder,
  nodes: ReadonlyArray<Node>,
  renamed: (id: NodeId) => NodeId,
  id: NodeId,
  axis: TimeAxis,
  position: number,
): NodeId => {
  let at = id;
  // A boundary for each position is a long chain of choices: one of them is known, and the others are not looked at.
  for (let next = chosenAt(nodes, at, axis, position); next !== undefined; next = chosenAt(nodes, at, axis, position))
    at = next;
  const node = nodeAt({ nodes }, at);
  if (!hasAxis(node.axes, axis)) return renamed(at);
  if (node.op.tag === "index") return b.constant(position);
  return copyNode(
    b,
    node,
    node.inputs.map((input) => atPosition(b, nodes, renamed, input, axis, position)),
  );
};

/** The branch that a choice by the number of the position takes, if it is one. */
const chosenAt = (nodes: ReadonlyArray<Node>, id: NodeId, axis: TimeAxis, position: number): NodeId | undefined => {
  const { op, inputs } = nodeAt({ nodes }, id);
  if (op.tag !== "map" || op.fn !== "select") return undefined;
  const condition = nodeAt({ nodes }, inputs[0]!);
  if (condition.op.tag !== "map" || condition.op.fn !== "equal") return undefined;
  const [one, other] = condition.inputs.map((input) => nodeAt({ nodes }, input).op);
  if (one?.tag !== "index" || !sameAxis(one.axis, axis) || other?.tag !== "constant") return undefined;
  return other.value === position ? inputs[1] : inputs[2];
};
