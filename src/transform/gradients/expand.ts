import type { Circuit, NodeId } from "../../circuit/circuit.ts";
import { nodeAt } from "../../circuit/node-at.ts";
import type { Pass } from "../../circuit/pass.ts";
import { copyNode, rebuild, rewrite } from "../../circuit/rewrite.ts";
import { adjointNodes } from "../differentiate.ts";
import { type Derivation, derivationsIn, pathsOf } from "./paths.ts";
import { withBefore } from "./reorder.ts";

/**
 * Derivatives that a program speaks of become circuits, by the rules that make the gradient of a loss: so they may be
 * differentiated again, by another of them or by the loss. What a derivative is taken by is marked; once all are
 * expanded, marks are what they mark.
 */
export const expandGradients: Pass = {
  name: "expand-gradients",
  description: "makes circuits of the derivatives in equations",
  run: (circuit) => withoutMarks(expandAll(circuit)),
};

const expandAll = (circuit: Circuit): Circuit => {
  const [first, ...others] = derivationsIn(circuit);
  if (first === undefined) return circuit;
  const alike = others.filter(({ what, over }) => what === first.what && keysOf(over) === keysOf(first.over));
  return expandAll(expanded(circuit, [first, ...alike]));
};

const keysOf = (axes: Derivation["over"]): string => axes.map(({ key }) => key).join();

/**
 * Without derivatives of one value by several, of which the first stands before all other derivatives, and so in none of
 * whose operands there is one: they share one walk back.
 */
const expanded = (unordered: Circuit, group: readonly [Derivation, ...Derivation[]]): Circuit => {
  const [first] = group;
  const before = new Set(group.flatMap((derivation) => [...pathsOf(unordered, derivation)]));
  const { circuit, moved } = withBefore(unordered, first.id, before);
  const wanted = new Map(group.map(({ id, by }) => [moved(id), moved(by)]));
  const what = moved(first.what);
  const active = new Set([...before].map(moved));
  const called = nodeAt(circuit, what).name ?? "e";
  const title = (name: string): string => `${called}_by_${name}`;
  let adjoints: ReadonlyMap<NodeId, NodeId> | undefined;
  const { b, renamed } = rewrite(circuit, (builder, node, inputs, id, sofar) => {
    const by = wanted.get(id);
    if (by === undefined) return copyNode(builder, node, inputs);
    adjoints ??= adjointNodes(builder, circuit, sofar, what, active, title);
    return adjoints.get(by) ?? builder.constant(0);
  });
  return b.finish(circuit.outputs.map((output) => ({ ...output, node: renamed[output.node]! })));
};

const withoutMarks = (circuit: Circuit): Circuit =>
  circuit.nodes.some(({ op }) => op.tag === "mark")
    ? rebuild(circuit, (b, node, inputs) => (node.op.tag === "mark" ? inputs[0]! : copyNode(b, node, inputs)))
    : circuit;
