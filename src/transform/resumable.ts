import { sameAxis, type TimeAxis } from "../circuit/axis.ts";
import type { Builder } from "../circuit/build.ts";
import type { NodeId, Output } from "../circuit/circuit.ts";
import { nodeAt } from "../circuit/node-at.ts";
import { positionName, resumeName } from "../circuit/own-names.ts";
import type { Pass } from "../circuit/pass.ts";
import { copyNode, rewrite } from "../circuit/rewrite.ts";
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
  run: (circuit) => {
    const states = statesOf(circuit, axis);
    const byDelay = new Map<NodeId, CarriedState[]>();
    for (const state of states) {
      if (!byDelay.has(state.delay)) byDelay.set(state.delay, []);
      byDelay.get(state.delay)!.push(state);
    }
    const { b, renamed } = rewrite(
      circuit,
      (builder, node, inputs) =>
        node.op.tag === "index" && sameAxis(node.op.axis, axis)
          ? builder.map("add", builder.index(axis), builder.input(positionName, []))
          : copyNode(builder, node, inputs),
      {
        boundary: (builder, { op }, boundary, id) =>
          isDelayAlong(op, axis) ? whenFresh(builder, boundary, carried(builder, axis, byDelay.get(id)!)) : boundary,
      },
    );
    const fresh = ({ delay, ahead }: CarriedState): NodeId =>
      atPosition(b, circuit.nodes, (id) => renamed[id]!, nodeAt(circuit, delay).inputs[0]!, axis, ahead);
    const next = [...byDelay].flatMap(([delay, own]) => {
      const source = renamed[nodeAt(circuit, delay).inputs[1]!]!;
      const before = own.map((state) => whenFresh(b, fresh(state), stateInput(b, state)));
      return nextStates(b, axis, source, before).map(
        (node, i): Output => ({ role: "state", name: own[i]!.name, node, axes: own[i]!.axes }),
      );
    });
    return b.finish([...circuit.outputs.map((output) => ({ ...output, node: renamed[output.node]! })), ...next]);
  },
});

const stateInput = (b: Builder, { name, axes }: CarriedState): NodeId => b.input(name, axes);

const whenFresh = (b: Builder, fresh: NodeId, resumed: NodeId): NodeId =>
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
