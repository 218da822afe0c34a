import { type Axis, withoutAxes } from "../circuit/axis.ts";
import type { Builder } from "../circuit/build.ts";
import type { Circuit, NodeId, Op, Output } from "../circuit/circuit.ts";
import { nodeAt } from "../circuit/node-at.ts";
import { copyNode, rewrite } from "../circuit/rewrite.ts";
import { axesOf } from "../circuit/shape.ts";
import { activeNodes } from "./active.ts";
import { type Contribution, rulesOf } from "./derivative-rules.ts";
import { guardsOf } from "./guards.ts";

/** What a gradient may be taken with respect to: a parameter or an input. */
export type Leaf = Extract<Op, { readonly tag: "parameter" | "input" }>;

export interface Derivative {
  /** The output to differentiate, without axes: by default the loss. */
  readonly of?: (output: Output) => boolean;
  readonly wrt: ReadonlyArray<Leaf>;
  /** The name of a leaf's gradient among the outputs: by default the leaf's own. */
  readonly called?: (leaf: Leaf) => string;
}

/**
 * Adds to a circuit the gradient of one of its outputs, as further outputs with role `gradient`.
 *
 * The adjoint of a node is the sum of what its consumers contribute. Walking the nodes backwards meets every consumer
 * before the node, but for a delay whose source comes later: its contribution is a delay that runs the other way, open
 * until the delay's own adjoint is known. That is backpropagation through time (Werbos 1990).
 */
export const differentiate =
  ({ of = isLoss, wrt, called = leafName }: Derivative) =>
  (circuit: Circuit): Circuit => {
    const root = circuit.outputs.find(of)?.node;
    const wanted = new Set(wrt.map(keyOf));
    const isWanted = (op: Op): boolean => isLeaf(op) && wanted.has(keyOf(op));
    const active = root === undefined ? new Set<NodeId>() : activeNodes(circuit, root, isWanted);
    const { b, renamed } = rewrite(circuit, copyNode);
    const adjoints = root === undefined ? new Map() : adjointNodes(b, circuit, renamed, root, active);

    const parts = new Map<string, NodeId[]>(wrt.map((leaf) => [keyOf(leaf), []]));
    for (const [id, adjoint] of adjoints) {
      const { op } = nodeAt(circuit, id);
      if (isLeaf(op)) parts.get(keyOf(op))?.push(adjoint);
    }
    const axesInUse = new Map(circuit.nodes.flatMap(({ op, axes }) => (isLeaf(op) ? [[keyOf(op), axes]] : [])));
    const gradients = wrt.map((leaf): Output => {
      const axes = axesInUse.get(keyOf(leaf)) ?? axesOf(leaf, []);
      return { role: "gradient", name: called(leaf), node: total(b, parts.get(keyOf(leaf))!), axes };
    });
    return b.finish([...circuit.outputs.map((output) => ({ ...output, node: renamed[output.node]! })), ...gradients]);
  };

/** The parameters and inputs of a circuit. */
export const leavesOf = (circuit: Circuit): ReadonlyArray<Leaf> =>
  circuit.nodes.flatMap(({ op }) => (op.tag === "parameter" || op.tag === "input" ? [op] : []));

export const leafName = (leaf: Leaf): string => (leaf.tag === "parameter" ? leaf.path : leaf.name);

const isLoss = ({ role }: Output): boolean => role === "loss";

const isLeaf = (op: Op): op is Leaf => op.tag === "parameter" || op.tag === "input";

const keyOf = (leaf: Leaf): string => `${leaf.tag} ${leafName(leaf)}`;

/** By active node of the circuit, its adjoint in the builder, where `renamed` has these nodes and their operands. */
export const adjointNodes = (
  b: Builder,
  circuit: Circuit,
  renamed: ReadonlyArray<NodeId>,
  root: NodeId,
  active: ReadonlySet<NodeId>,
  title: (name: string) => string = (name) => `∂${name}`,
): ReadonlyMap<NodeId, NodeId> => {
  const received = new Map<NodeId, NodeId[]>([[root, [b.constant(1)]]]);
  const feedbacks = new Map<NodeId, NodeId>();
  const adjoints = new Map<NodeId, NodeId>();
  const axesAt = (id: NodeId): ReadonlyArray<Axis> => b.node(renamed[id]!).axes;
  const contribute = (to: NodeId, contribution: Contribution): void => {
    const made = sumTo(b, axesAt(to), contribution);
    const before = received.get(to);
    if (before === undefined) received.set(to, [made]);
    else before.push(made);
  };

  const guards = guardsOf(circuit, active);
  for (const id of active) {
    const { op, inputs } = nodeAt(circuit, id);
    const source = inputs[1];
    if (op.tag !== "delay" || source === undefined || source < id || !active.has(source)) continue;
    const feedback = b.feedback(op.axis, -op.by, b.constant(0), axesAt(id));
    feedbacks.set(id, feedback);
    contribute(source, { value: feedback, space: axesAt(id) });
  }
  for (const id of [...active].sort((first, second) => second - first)) {
    const { op, inputs, name } = nodeAt(circuit, id);
    const dy = total(b, received.get(id) ?? []);
    adjoints.set(id, dy);
    if (name !== undefined && b.node(dy).op.tag !== "constant") b.name(dy, title(name));
    const feedback = feedbacks.get(id);
    if (feedback !== undefined) b.tie(feedback, dy);
    rulesOf(op).forEach((rule, i) => {
      const input = inputs[i]!;
      if (rule === undefined || !active.has(input) || (i === 1 && feedback !== undefined)) return;
      const operands = inputs.map((each) => renamed[each]!);
      contribute(input, rule(b, { dy, ...guards(id, i), y: renamed[id]!, inputs: operands }));
    });
  }
  return adjoints;
};

const total = (b: Builder, parts: ReadonlyArray<NodeId>): NodeId =>
  parts.length === 0 ? b.constant(0) : parts.reduce((sum, part) => b.map("add", sum, part));

/** Sums a contribution over the axes that the operand lacks: broadcasting's adjoint. */
const sumTo = (b: Builder, axes: ReadonlyArray<Axis>, { value, space }: Contribution): NodeId =>
  b.sum(withoutAxes(space, axes), value);
