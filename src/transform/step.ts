import { type Axis, batchAxis, hasAxis, sameAxis, type TimeAxis, unionAxes, withoutAxes } from "../circuit/axis.ts";
import type { Circuit, Node, NodeId, Op, Output } from "../circuit/circuit.ts";
import { nodeAt } from "../circuit/node-at.ts";
import { contextName, positionName } from "../circuit/own-names.ts";
import { copyNode, rewrite } from "../circuit/rewrite.ts";
import { reachable } from "./active.ts";
import { leastAxes } from "./batch.ts";
import { atPosition } from "./boundary.ts";
import { dropDeadNodes } from "./dead-nodes.ts";
import { type CarriedState, isDelayAlong, statesOf } from "./stream.ts";

/** A value without the streamed axis that the steps need: computed once, when the stream starts. */
export interface ContextValue {
  readonly name: string;
  readonly node: NodeId;
  readonly axes: ReadonlyArray<Axis>;
}

/** What a stream along an axis carries: the states change at every step, the context stays. */
export interface StreamPlan {
  readonly states: ReadonlyArray<CarriedState>;
  readonly context: ReadonlyArray<ContextValue>;
}

/** For a circuit that streams along the axis, with the batch axis already if it is to have one. */
export const streamPlan = (circuit: Circuit, axis: TimeAxis): StreamPlan => {
  const outputs = steppedOutputs(circuit, axis).map(({ node }) => node);
  const isContext = (id: NodeId): boolean => !hasAxis(nodeAt(circuit, id).axes, axis) && !isAtHand(circuit.nodes, id);
  const cone = reachable(
    outputs,
    circuit.nodes.map(({ op, inputs }, id) => (isContext(id) ? [] : isDelayAlong(op, axis) ? [inputs[1]!] : inputs)),
  );
  return {
    states: statesOf(circuit, axis).filter(({ delay }) => cone.has(delay)),
    context: [...cone]
      .filter(isContext)
      .sort((first, second) => first - second)
      .map((node, k) => ({ name: contextName(k), node, axes: nodeAt(circuit, node).axes })),
  };
};

/** Computes the initial states and the context. */
export const startCircuit = (circuit: Circuit, axis: TimeAxis): Circuit => {
  const { states, context } = streamPlan(circuit, axis);
  const { b, renamed } = rewrite(circuit, copyNode);
  const initial = states.map(({ name, delay, ahead, axes }): Output => {
    const boundary = nodeAt(circuit, delay).inputs[0]!;
    const node = atPosition(b, circuit.nodes, (id) => renamed[id]!, boundary, axis, ahead);
    return { role: "state", name, node, axes };
  });
  const fixed = context.map(({ name, node, axes }): Output => ({ role: "state", name, node: renamed[node]!, axes }));
  return dropDeadNodes.run(b.finish([...initial, ...fixed]));
};

/**
 * The circuit at one position of the axis: what had the axis lacks it, delays along it read the carried states, and the
 * input `$position` says how many positions came before. The outputs are those along the axis, and the next states.
 * Streams that begin `apart` from each other have a position and all states of their own, whatever they depend on.
 */
export const stepCircuit = (
  circuit: Circuit,
  axis: TimeAxis,
  beginning: "together" | "apart" = "together",
): Circuit => {
  const own = beginning === "apart" ? [batchAxis] : [];
  const plan = streamPlan(circuit, axis);
  const { context } = plan;
  const states = plan.states.map((state) => ({ ...state, axes: unionAxes(state.axes, own) }));
  const outputs = [
    ...steppedOutputs(circuit, axis),
    ...states.map(({ name, delay, ahead, axes }): Output => {
      const isLast = !states.some((state) => state.delay === delay && state.ahead > ahead);
      return { role: "state", name, node: isLast ? nodeAt(circuit, delay).inputs[1]! : delay, axes };
    }),
  ];
  const cut = circuit.nodes.map((node, id): Node => {
    const axes = withoutAxes(node.axes, [axis]);
    const fixed = context.find((value) => value.node === id);
    if (fixed !== undefined) return { ...node, op: { tag: "input", name: fixed.name, axes }, inputs: [] };
    const state = states.find(({ delay, ahead }) => delay === id && ahead === 1);
    if (state !== undefined) {
      const carried = unionAxes(axes, own);
      return { ...node, axes: carried, op: { tag: "input", name: state.name, axes: carried }, inputs: [] };
    }
    if (node.op.tag === "input") return { ...node, axes, op: { ...node.op, axes } };
    return { ...node, axes };
  });
  const live = dropDeadNodes.run({ nodes: cut, outputs });
  const isPosition = ({ op }: Node): boolean => op.tag === "index" && sameAxis(op.axis, axis);
  const axes = leastAxes(
    live.nodes.map((node) => (isPosition(node) ? { ...node, op: positionOf(own), axes: own } : node)),
  );
  const { b, renamed } = rewrite(
    live,
    (builder, node, inputs) =>
      isPosition(node)
        ? builder.map("add", builder.input(positionName, own), builder.constant(1))
        : copyNode(builder, node, inputs),
    beginning === "apart" ? { feedbackAxes: (_, id) => axes[id]! } : {},
  );
  const later = (state: CarriedState): CarriedState | undefined =>
    states.find(({ delay, ahead }) => delay === state.delay && ahead === state.ahead + 1);
  return b.finish(
    live.outputs.map((output) => {
      const state = output.role === "state" ? states.find(({ name }) => name === output.name) : undefined;
      const next = state && later(state);
      const node = next === undefined ? renamed[output.node]! : b.input(next.name, next.axes);
      return { ...output, node, axes: withoutAxes(output.axes, [axis]) };
    }),
  );
};

const positionOf = (axes: ReadonlyArray<Axis>): Op => ({ tag: "input", name: positionName, axes });

const steppedOutputs = (circuit: Circuit, axis: TimeAxis): ReadonlyArray<Output> =>
  circuit.outputs.filter(({ role, axes }) => (role === "output" || role === "distribution") && hasAxis(axes, axis));

/** Constants and parameters, however they are laid out, need not be carried, nor does a number that constants make. */
const isAtHand = (nodes: ReadonlyArray<Node>, id: NodeId): boolean => {
  const { op, inputs, axes } = nodeAt({ nodes }, id);
  if (op.tag === "map" && axes.length === 0) return inputs.every((input) => isNumber(nodes, input));
  if (op.tag === "constant" || op.tag === "parameter") return true;
  return (op.tag === "rename" || op.tag === "slice") && inputs.every((input) => isAtHand(nodes, input));
};

const isNumber = (nodes: ReadonlyArray<Node>, id: NodeId): boolean => {
  const { op, inputs, axes } = nodeAt({ nodes }, id);
  return (
    op.tag === "constant" || (op.tag === "map" && axes.length === 0 && inputs.every((input) => isNumber(nodes, input)))
  );
};
