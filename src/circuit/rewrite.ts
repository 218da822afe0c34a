import type { Axis } from "./axis.ts";
import { type Builder, newBuilder } from "./build.ts";
import type { Circuit, Node, NodeId } from "./circuit.ts";

/**
 * Rebuilds a circuit node by node, in order: `rule` gives the new node for an old one whose inputs are rebuilt already.
 * A delay whose source comes later is an open feedback until its source is rebuilt; `feedbackAxes` says on which axes
 * (by default those it had). Names and spans go along. A builder of one's own may construct the nodes.
 */
export const rewrite = (
  circuit: Circuit,
  rule: (b: Builder, node: Node, inputs: ReadonlyArray<NodeId>, id: NodeId) => NodeId,
  feedbackAxes: (node: Node, id: NodeId) => ReadonlyArray<Axis> = (node) => node.axes,
  b: Builder = newBuilder(),
): { readonly b: Builder; readonly renamed: ReadonlyArray<NodeId> } => {
  const renamed: NodeId[] = [];
  const open: Array<readonly [feedback: NodeId, source: NodeId]> = [];
  circuit.nodes.forEach((node, id) => {
    const source = node.op.tag === "delay" ? node.inputs[1]! : -1;
    if (node.op.tag === "delay" && source >= id) {
      const feedback = b.feedback(node.op.axis, node.op.by, renamed[node.inputs[0]!]!, feedbackAxes(node, id));
      open.push([feedback, source]);
      renamed.push(feedback);
    } else {
      renamed.push(
        rule(
          b,
          node,
          node.inputs.map((input) => renamed[input]!),
          id,
        ),
      );
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
  }
};

/** A pass from a rule: the circuit rebuilt, its outputs following their nodes. */
export const rebuild = (
  circuit: Circuit,
  rule: (b: Builder, node: Node, inputs: ReadonlyArray<NodeId>, id: NodeId) => NodeId,
): Circuit => {
  const { b, renamed } = rewrite(circuit, rule);
  return b.finish(circuit.outputs.map((output) => ({ ...output, node: renamed[output.node]! })));
};
