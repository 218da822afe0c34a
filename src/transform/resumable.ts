import { type Axis, batchAxis, sameAxis, type TimeAxis, unionAxes } from "../circuit/axis.ts";
import type { Builder } from "../circuit/build.ts";
import type { Circuit, Node, NodeId, Output } from "../circuit/circuit.ts";
import { nodeAt } from "../circuit/node-at.ts";
import { positionName, resumeName } from "../circuit/own-names.ts";
import type { Pass } from "../circuit/pass.ts";
import { copyNode, rewrite } from "../circuit/rewrite.ts";
import { reachable } from "./active.ts";
import { leastAxes } from "./batch.ts";
import { atPosition } from "./boundary.ts";
import { type CarriedState, isDelayAlong, statesOf } from "./stream.ts";

/**
 * Lets sequences be given in chunks: where the input `$resume` is 1, each delay along the axis starts from its carried
 * state instead of its boundary, and positions count on from the input `$position`. The next states are outputs. They
 * are inputs when they come back, so no gradient flows over the cut.
 *
 * For a circuit that streams along the axis. It comes after the batch axis is added, because those two inputs are one
 * number for all examples.
 */
export const resumable = (axis: TimeAxis): Pass => ({
  name: "resumable",
  description: `carries the state of the delays along ${axis.key} from one chunk to the next`,
  run: (circuit) => carrying(circuit, axis, { beginning: whenFresh, own: [] }),
});

/**
 * The same where there always is a state to go on from, which before the first position is the boundary. Each example
 * has a state and a position of its own, though it may be that of all.
 */
export const goingOn = (axis: TimeAxis): Pass => ({
  name: "going-on",
  description: `takes the delays along ${axis.key} from the states that are given, and gives the next ones`,
  run: (circuit) => carrying(circuit, axis, { beginning: (_, __, resumed) => resumed, own: [batchAxis] }),
});

/** What a delay begins with, of its boundary and of what is carried, and the axes that whatever is carried has. */
interface Carrying {
  readonly beginning: (b: Builder, fresh: NodeId, resumed: NodeId) => NodeId;
  readonly own: ReadonlyArray<Axis>;
}

const carrying = (circuit: Circuit, axis: TimeAxis, { beginning, own }: Carrying): Circuit => {
  const states = statesOf(circuit, axis).map((state) => ({ ...state, axes: unionAxes(state.axes, own) }));
  const byDelay = new Map<NodeId, CarriedState[]>();
  for (const state of states) {
    if (!byDelay.has(state.delay)) byDelay.set(state.delay, []);
    byDelay.get(state.delay)!.push(state);
  }
  const axes = leastAxes(circuit.nodes.map(withOwn(axis, own)));
  const { b, renamed } = rewrite(
    circuit,
    (builder, node, inputs) =>
      node.op.tag === "index" && sameAxis(node.op.axis, axis)
        ? builder.map("add", builder.index(axis), builder.input(positionName, own))
        : copyNode(builder, node, inputs),
    {
      feedbackAxes: (_, id) => axes[id]!,
      boundary: (builder, { op }, boundary, id) =>
        isDelayAlong(op, axis) ? beginning(builder, boundary, carried(builder, axis, byDelay.get(id)!)) : boundary,
    },
  );
  const fresh = ({ delay, ahead }: CarriedState): NodeId =>
    atPosition(b, circuit.nodes, (id) => renamed[id]!, nodeAt(circuit, delay).inputs[0]!, axis, ahead);
  const next = [...byDelay].flatMap(([delay, kept]) => {
    const source = renamed[nodeAt(circuit, delay).inputs[1]!]!;
    const before = kept.map((state) => beginning(b, fresh(state), stateInput(b, state)));
    return nextStates(b, axis, source, before).map(
      (node, i): Output => ({ role: "state", name: kept[i]!.name, node, axes: kept[i]!.axes }),
    );
  });
  return b.finish([...circuit.outputs.map((output) => ({ ...output, node: renamed[output.node]! })), ...next]);
};

/** A node that has further axes once what is carried has them. */
const withOwn =
  (axis: TimeAxis, own: ReadonlyArray<Axis>) =>
  (node: Node): Node => {
    const axes = unionAxes(node.axes, own);
    if (isDelayAlong(node.op, axis)) return { ...node, axes };
    const isPosition = node.op.tag === "index" && sameAxis(node.op.axis, axis);
    return isPosition ? { ...node, op: { tag: "input", name: positionName, axes }, axes } : node;
  };

/** What a chunk takes over for nothing but its loss, outputs alone need not. */
export const readStates: Pass = {
  name: "read-states",
  description: "drops the states of delays that no other output depends on",
  run: ({ nodes, outputs }) => {
    const others = outputs.flatMap(({ role, node }) => (role === "state" ? [] : [node]));
    const edges = nodes.map(({ inputs }) => inputs);
    const read = new Set(
      [...reachable(others, edges)].flatMap((id) => {
        const { op } = nodeAt({ nodes }, id);
        return op.tag === "input" ? [op.name] : [];
      }),
    );
    return { nodes, outputs: outputs.filter(({ role, name }) => role !== "state" || read.has(name)) };
  },
};

const stateInput = (b: Builder, { name, axes }: CarriedState): NodeId => b.input(name, axes);

const whenFresh: Carrying["beginning"] = (b, fresh, resumed) =>
  b.map("select", b.input(resumeName, []), resumed, fresh);

/** The carried value at each of the first positions. */
const carried = (b: Builder, axis: TimeAxis, [first, ...others]: ReadonlyArray<CarriedState>): NodeId =>
  others.reduce(
    (value, state) =>
      b.map("select", b.map("equal", b.index(axis), b.constant(state.ahead)), stateInput(b, state), value),
    stateInput(b, first!),
  );

/**
 * The delay's values at the positions after the last, as many as it looks back: from its source, or in a chunk too short
 * for that what was carried before, moved on by the chunk's length.
 */
const nextStates = (
  b: Builder,
  axis: TimeAxis,
  source: NodeId,
  before: ReadonlyArray<NodeId>,
): ReadonlyArray<NodeId> => {
  const length = b.length(axis);
  return movedBy(b, length, before).map((kept, i) => {
    const back = before.length - 1 - i;
    const reached = b.at(axis, { tag: "fromEnd", offset: -back }, source);
    return b.map("select", b.map("less", length, b.constant(back + 1)), kept, reached);
  });
};

/**
 * The values moved towards the first by so many places, which are fewer than they: by each power of two in turn that is
 * part of the distance. Where nothing is left to move in, what stood there stays.
 */
const movedBy = (b: Builder, distance: NodeId, values: ReadonlyArray<NodeId>): ReadonlyArray<NodeId> => {
  let [left, moved] = [distance, values];
  let greatest = 1;
  while (2 * greatest < values.length) greatest *= 2;
  for (let by = greatest; by >= 1 && by < values.length; by /= 2) {
    const isPart = b.map("lessEqual", b.constant(by), left);
    const from = moved;
    moved = from.map((value, i) =>
      from[i + by] === undefined ? value : b.map("select", isPart, from[i + by]!, value),
    );
    left = b.map("sub", left, b.map("select", isPart, b.constant(by), b.constant(0)));
  }
  return moved;
};
