import {
  type Axis,
  hasAxis,
  lengthAxes,
  raggedOver,
  sameAxis,
  type TimeAxis,
  unionAxes,
  withoutAxes,
} from "../circuit/axis.ts";
import type { Circuit, Node, NodeId, Op } from "../circuit/circuit.ts";
import { nodeAt } from "../circuit/node-at.ts";
import { stateName } from "../circuit/own-names.ts";
import { reachable } from "./active.ts";
import { dependsOnPositionOnly } from "./boundary.ts";

/**
 * The axis along which a model can be stepped: one along which nothing reads ahead. What is summed over the axis, or taken
 * at one of its positions, may be a result but may not flow back to what has the axis. Of several it is one along which
 * something is drawn, then one of a length of its own, then the last declared.
 */
export const streamAxis = (circuit: Circuit): TimeAxis | undefined => {
  const axes = unionAxes(...circuit.nodes.map((node) => node.axes)).filter((axis) => axis.tag === "time");
  const streaming = axes.filter((axis) => streamsAlong(circuit, axis));
  const generating = streaming.filter((axis) => isDrawnAlong(circuit, axis));
  const wanted = generating.length > 0 ? generating : streaming;
  // What comes step by step has no length that is known before.
  return wanted.findLast(({ extent }) => extent.tag === "length") ?? wanted.at(-1);
};

const isDrawnAlong = ({ outputs }: Circuit, axis: TimeAxis): boolean =>
  outputs.some(({ role, axes }) => role === "distribution" && hasAxis(axes, axis));

/** Whether nothing that has the axis reads ahead along it, directly or through what lacks it. */
export const streamsAlong = ({ nodes }: Circuit, axis: TimeAxis): boolean => {
  const axes = unionAxes(...nodes.map((node) => node.axes));
  const having = nodes.flatMap((node, id) => (hasAxis(node.axes, axis) ? [id] : []));
  const needed = reachable(
    having,
    nodes.map(({ inputs }) => inputs),
  );
  const flows = having.some((id) => {
    const { op } = nodeAt({ nodes }, id);
    return op.tag === "input" || op.tag === "delay";
  });
  return (
    flows &&
    !nodes.some(({ op }) => op.tag === "onehot" && isAsLong(op.axis, axis)) &&
    raggedOver(axes, axis).length === 0 &&
    [...needed].every((id) => isCausal(nodes, nodeAt({ nodes }, id), axis))
  );
};

/** Where positions along an axis are picked by number, the whole of it must be there. */
const isAsLong = (picked: Axis, { extent }: TimeAxis): boolean =>
  picked.tag === "time" &&
  picked.extent.tag === extent.tag &&
  (picked.extent.tag === "fixed" || (extent.tag === "length" && picked.extent.name === extent.name));

/** A delay's value some positions ahead: what it carries from one call to the next. */
export interface CarriedState {
  /** `$state.<k>.<p>`: of the k-th delay along the axis, the value at the p-th position after the cut. */
  readonly name: string;
  readonly delay: NodeId;
  readonly ahead: number;
  readonly axes: ReadonlyArray<Axis>;
}

/** The states of all delays along an axis, those of one delay together and in order. */
export const statesOf = (circuit: Circuit, axis: TimeAxis): ReadonlyArray<CarriedState> =>
  delaysAlong(circuit, axis).flatMap((delay, k) => {
    const { op, axes } = nodeAt(circuit, delay);
    return Array.from({ length: op.tag === "delay" ? op.by : 0 }, (_, i) => ({
      name: stateName(k, i + 1),
      delay,
      ahead: i + 1,
      axes: withoutAxes(axes, [axis]),
    }));
  });

export const isDelayAlong = (op: Op, axis: TimeAxis): boolean => op.tag === "delay" && sameAxis(op.axis, axis);

/** In the order of the nodes. */
const delaysAlong = (circuit: Circuit, axis: TimeAxis): ReadonlyArray<NodeId> =>
  circuit.nodes.flatMap(({ op }, id) => (isDelayAlong(op, axis) ? [id] : []));

const isCausal = (nodes: ReadonlyArray<Node>, { op, inputs, axes }: Node, axis: TimeAxis): boolean => {
  if (op.tag === "delay" && sameAxis(op.axis, axis)) {
    return op.by > 0 && dependsOnPositionOnly(nodes, inputs[0]!, axis);
  }
  if (op.tag === "length") return !sameAxis(op.axis, axis) && !hasAxis(lengthAxes(op.axis), axis);
  if (op.tag === "at") return !sameAxis(op.axis, axis);
  if (op.tag === "reduce") return !hasAxis(op.over, axis);
  // How far such a reading reaches is known only once the whole sequence is.
  if (op.tag === "onehot" && op.axis.tag === "time") return !hasAxis(axes, axis);
  return op.tag !== "rename" || !op.renames.some((pair) => hasAxis(pair, axis));
};
