import { sameAxis, type TimeAxis } from "../circuit/axis.ts";
import type { Builder } from "../circuit/build.ts";
import type { NodeId, Output } from "../circuit/circuit.ts";
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
    const { b, renamed } = rewrite(
      circuit,
      (builder, node, inputs) =>
        node.op.tag === "index" && sameAxis(node.op.axis, axis)
          ? builder.map("add", builder.index(axis), builder.input(positionName, []))
          : copyNode(builder, node, inputs),
      {
        boundary: (builder, { op }, boundary, id) =>
          isDelayAlong(op, axis)
            ? whenFresh(builder, boundary, carried(builder, axis, statesAt(states, id)))
            : boundary,
      },
    );
    const fresh = ({ delay, ahead }: CarriedState): NodeId =>
      atPosition(b, circuit.nodes, (id) => renamed[id]!, circuit.nodes[delay]!.inputs[0]!, axis, ahead);
    const next = states.map((state): Output => {
      const source = renamed[circuit.nodes[state.delay]!.inputs[1]!]!;
      const node = nextState(b, axis, state, source, statesAt(states, state.delay), fresh);
      return { role: "state", name: state.name, node, axes: state.axes };
    });
    return b.finish([...circuit.outputs.map((output) => ({ ...output, node: renamed[output.node]! })), ...next]);
  },
});

const statesAt = (states: ReadonlyArray<CarriedState>, delay: NodeId): ReadonlyArray<CarriedState> =>
  states.filter((state) => state.delay === delay);

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

/** The delay's value `ahead` positions after the last: from its source, or in a chunk too short for that its boundary. */
const nextState = (
  b: Builder,
  axis: TimeAxis,
  { ahead }: CarriedState,
  source: NodeId,
  states: ReadonlyArray<CarriedState>,
  fresh: (state: CarriedState) => NodeId,
): NodeId => {
  const length = b.length(axis);
  const reached = b.at(axis, { tag: "fromEnd", offset: ahead - states.length }, source);
  return states
    .filter((state) => state.ahead >= ahead)
    .reduce(
      (value, state) =>
        b.map(
          "select",
          b.map("equal", length, b.constant(state.ahead - ahead)),
          whenFresh(b, fresh(state), stateInput(b, state)),
          value,
        ),
      reached,
    );
};
