import type { Axis } from "./axis.ts";
import { type Builder, newBuilder } from "./build.ts";
import type { Circuit, Node, NodeId } from "./circuit.ts";

export interface RewriteOptions {
  /** The axes of a delay whose source comes later: by default those it had. */
  readonly feedbackAxes?: (node: Node, id: NodeId) => ReadonlyArray<Axis>;
  /** The new boundary of a delay, given its rebuilt one: by default that. */
  readonly boundary?: (b: Builder, node: Node, boundary: NodeId, id: NodeId) => NodeId;
  /** What constructs the nodes. */
  readonly builder?: Builder;
}

/** The new node for an old one, whose inputs are rebuilt already, as is all that stands before it. */
export type Rewriting = (
  b: Builder,
  node: Node,
  inputs: ReadonlyArray<NodeId>,
  id: NodeId,
  renamed: ReadonlyArray<NodeId>,
) => NodeId;

/**
 * Rebuilds a circuit node by node, in order: `rule` gives the new node for an old one whose inputs are rebuilt already.
 * A delay whose source comes later is an open feedback until its source is rebuilt. Names and spans go along.
 */
export const rewrite = (
  circuit: Circuit,
  rule: Rewriting,
  {
    feedbackAxes = (node) => node.axes,
    boundary: boundaryOf = (_, __, same) => same,
    builder: b = newBuilder(),
  }: RewriteOptions = {},
): { readonly b: Builder; readonly renamed: ReadonlyArray<NodeId> } => {
  const renamed: NodeId[] = [];
  const open: Array<readonly [feedback: NodeId, source: NodeId]> = [];
  circuit.nodes.forEach((node, id) => {
    const inputs = node.inputs.map((input) => renamed[input]!);
    const source = node.inputs[1]!;
    if (node.op.tag !== "delay") {
      renamed.push(rule(b, node, inputs, id, renamed));
    } else {
      const boundary = boundaryOf(b, node, inputs[0]!, id);
      if (source < id) {
        renamed.push(rule(b, node, [boundary, inputs[1]!], id, renamed));
      } else {
        renamed.push(b.feedback(node.op.axis, node.op.by, boundary, feedbackAxes(node, id)));
        open.push([renamed[id]!, source]);
      }
    }
    if (node.name !== undefined) b.name(renamed[id]!, node.name, node.span);
  });
  for (const [feedback, source] of open) b.tie(feedback, renamed[source]!);
  return { b, renamed };
};

/** The same operation on new inputs. */
export const copyNode = (b: Builder, node: Node, inputs: ReadonlyArray<NodeId>): NodeId => {
  const [x = -1, y = -1] = inputs;
  const { op } = node;
  switch (op.tag) {
    case "constant":
      return b.constant(op.value);
    case "parameter":
      return b.parameter(op.path, op.shape);
    case "input":
      return b.input(op.name, op.axes);
    case "index":
      return b.index(op.axis);
    case "length":
      return b.length(op.axis);
    case "map":
      return b.map(op.fn, ...inputs);
    case "reduce":
      return op.fn === "sum" ? b.sum(op.over, x) : b.maximum(op.over, x);
    case "delay":
      return b.delay(op.axis, op.by, x, y, node.axes);
    case "at":
      return b.at(op.axis, op.position, x);
    case "onehot":
      return b.onehot(op.axis, x);
    case "concat":
      return b.concat(op.axis.slot, op.sizes, inputs);
    case "slice":
      return b.slice(op.axis, op.from, op.size, x);
    case "rename":
      return b.rename(op.renames, x);
    case "mark":
      return b.mark(op.name, op.axes, x);
    case "grad":
      return b.grad(op.over, op.span, x, y);
  }
};

/** A pass from a rule: the circuit rebuilt, its outputs following their nodes. */
export const rebuild = (circuit: Circuit, rule: Rewriting): Circuit => {
  const { b, renamed } = rewrite(circuit, rule);
  return b.finish(circuit.outputs.map((output) => ({ ...output, node: renamed[output.node]! })));
};
