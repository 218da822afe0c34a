import { hasAxis, type TimeAxis } from "../../circuit/axis.ts";
import type { Circuit, Node, NodeId } from "../../circuit/circuit.ts";
import { components } from "../../circuit/components.ts";
import { nodeAt } from "../../circuit/node-at.ts";
import { liveNodes } from "../statements/usage.ts";

/** Which values the scans of a circuit compute again. */
export interface RecomputePlan {
  readonly live: ReadonlySet<NodeId>;
  /** The scan that a node is computed in: it is part of its recurrence, or stands beside it. */
  readonly scanOf: (id: NodeId) => number | undefined;
  /** Whether only the scan reads a pointwise value that is no part of its recurrence. */
  readonly isBeside: (id: NodeId) => boolean;
  /** Whether a scan that reads a value computes it again. */
  readonly isCopied: (id: NodeId, scan: number) => boolean;
}

export const recomputePlan = (circuit: Circuit): RecomputePlan => {
  const { nodes, outputs } = circuit;
  const live = liveNodes(circuit);
  const readers = readersOf(circuit, live);
  const isOutput = new Set(outputs.map(({ node }) => node));
  const isDelayed = new Set(
    [...live].flatMap((id) => (nodeAt({ nodes }, id).op.tag === "delay" ? [nodeAt({ nodes }, id).inputs[1]!] : [])),
  );
  const axes: TimeAxis[] = [];
  const recurrence = new Map<NodeId, number>();
  for (const members of components(
    [...live].sort((a, b) => a - b),
    (id) => nodeAt({ nodes }, id).inputs,
  )) {
    const axis = scanAxis(circuit, members);
    if (axis === undefined) continue;
    for (const id of members) recurrence.set(id, axes.length);
    axes.push(axis);
  }

  const beside = new Map<NodeId, number>();
  const scanOf = (id: NodeId) => recurrence.get(id) ?? beside.get(id);
  const readersIn = (id: NodeId): ReadonlySet<number | undefined> => new Set(readers.get(id)!.map(scanOf));
  for (const id of [...live].sort((a, b) => b - a)) {
    const [scan, ...others] = readersIn(id);
    const isFree = !recurrence.has(id) && !isOutput.has(id) && !isDelayed.has(id) && isPointwise(nodeAt({ nodes }, id));
    if (isFree && scan !== undefined && others.length === 0 && hasAxis(nodeAt({ nodes }, id).axes, axes[scan]!))
      beside.set(id, scan);
  }

  /** Whether nothing reads a value but scans along the axis of its own. */
  const isForScans = (id: NodeId, axis: TimeAxis): boolean =>
    [...readersIn(id)].every((scan) => scan !== undefined && axes[scan]!.key === axis.key);
  return {
    live,
    scanOf,
    isBeside: (id) => beside.has(id),
    isCopied: (id, scan) => {
      const own = recurrence.get(id);
      const axis = axes[scan]!;
      return (
        own !== undefined &&
        own !== scan &&
        axes[own]!.key === axis.key &&
        !isOutput.has(id) &&
        !isDelayed.has(id) &&
        isRepeatable(nodeAt({ nodes }, id)) &&
        isForScans(id, axis)
      );
    },
  };
};

const readersOf = ({ nodes }: Circuit, live: ReadonlySet<NodeId>): ReadonlyMap<NodeId, ReadonlyArray<NodeId>> => {
  const readers = new Map<NodeId, NodeId[]>([...live].map((id) => [id, []]));
  for (const id of live) for (const input of nodeAt({ nodes }, id).inputs) readers.get(input)!.push(id);
  return readers;
};

/** The axis of a recurrence, if its delays are all along one. */
const scanAxis = ({ nodes }: Circuit, members: ReadonlyArray<NodeId>): TimeAxis | undefined => {
  const inside = new Set(members);
  const along = members.flatMap((id) => {
    const { op, inputs } = nodeAt({ nodes }, id);
    return op.tag === "delay" && inside.has(inputs[1]!) ? [op.axis] : [];
  });
  const [axis] = along;
  return axis !== undefined && along.every(({ key }) => key === axis.key) ? axis : undefined;
};

const isPointwise = ({ op }: Node): boolean =>
  op.tag === "map" || op.tag === "rename" || op.tag === "slice" || op.tag === "concat";

/** What a turn can compute from its own position alone: no sums over other positions, and no other positions' values. */
const isRepeatable = (node: Node): boolean =>
  isPointwise(node) ||
  node.op.tag === "delay" ||
  (node.op.tag === "reduce" && node.op.over.every((axis) => axis.tag === "feature"));
