import { hasAxis, type TimeAxis, withoutAxes } from "../../circuit/axis.ts";
import type { Circuit, Node, NodeId, Op } from "../../circuit/circuit.ts";
import { nodeAt } from "../../circuit/node-at.ts";
import { activeNodes, reachable } from "../active.ts";

/** A derivative in a circuit as it was written. */
export interface Derivation {
  readonly id: NodeId;
  readonly what: NodeId;
  readonly by: NodeId;
  /** Position by position along these; it is the derivative through all positions of every other axis. */
  readonly over: ReadonlyArray<TimeAxis>;
}

/** In the order in which they can be expanded: one that stands in another comes first. */
export const derivationsIn = ({ nodes }: Circuit): ReadonlyArray<Derivation> =>
  nodes.flatMap(({ op, inputs: [what = -1, by = -1] }, id) =>
    op.tag === "grad" ? [{ id, what, by, over: op.over }] : [],
  );

/**
 * The nodes between what is differentiated and what it is differentiated by. Along `over` a derivative looks at one
 * position: what comes from another one, through a delay, is given there.
 */
export const pathsOf = (circuit: Circuit, { what, by, over }: Derivation): ReadonlySet<NodeId> =>
  activeNodes(circuit, what, (_, id) => id === by, isDelayAlong(over));

const isDelayAlong =
  (axes: ReadonlyArray<TimeAxis>) =>
  (op: Op): boolean =>
    op.tag === "delay" && hasAxis(axes, op.axis);

/** Why there is no derivative position by position: a node that looks at other positions, and the axis. */
export interface Obstacle {
  readonly node: NodeId;
  readonly axis: TimeAxis;
  readonly tag: "gathers" | "delays";
}

/**
 * What stands in the way of a derivative position by position: a value on the way that lacks the axis, since it was summed,
 * taken at a position or read along another; or a delay, but for those of a recurrence in which both it and that by which
 * is differentiated stand: such a recurrence is a step from given states. These all look to one side.
 */
export const obstacleOf = (circuit: Circuit, derivation: Derivation): Obstacle | undefined => {
  const { what, by, over } = derivation;
  const active = [...pathsOf(circuit, derivation)].sort((first, second) => first - second);
  for (const axis of over) {
    const node = active.find((id) => !hasAxis(nodeAt(circuit, id).axes, axis));
    if (node !== undefined) return { node, axis, tag: "gathers" };
  }
  const all = activeNodes(circuit, what, (_, id) => id === by);
  const delays = [...all].filter((id) => isDelayAlong(over)(nodeAt(circuit, id).op));
  if (delays.length === 0) return undefined;
  const around = recurrenceOf(circuit, by);
  const free = delays.find((id) => !around.has(id));
  const torn = delays.find((id) => delays.some((other) => looksOtherWay(nodeAt(circuit, id), nodeAt(circuit, other))));
  const node = free ?? torn;
  const op = node === undefined ? undefined : nodeAt(circuit, node).op;
  return node === undefined || op?.tag !== "delay" ? undefined : { node, axis: op.axis, tag: "delays" };
};

/** The nodes from which and to which a node leads. */
const recurrenceOf = ({ nodes }: Circuit, id: NodeId): ReadonlySet<NodeId> => {
  const edges = nodes.map(({ inputs }) => inputs);
  const users: ReadonlyArray<NodeId[]> = nodes.map(() => []);
  edges.forEach((inputs, user) => {
    for (const input of inputs) users[input]!.push(user);
  });
  const before = reachable([id], edges);
  return new Set([...reachable([id], users)].filter((each) => before.has(each)));
};

const looksOtherWay = ({ op: one }: Node, { op: other }: Node): boolean =>
  one.tag === "delay" &&
  other.tag === "delay" &&
  withoutAxes([one.axis], [other.axis]).length === 0 &&
  Math.sign(one.by) !== Math.sign(other.by);
