import type { OnnxGraph, OnnxNode } from "../../../onnx/messages.ts";

/** A graph without what its outputs do not need: it is made of all nodes of a circuit, and an operation may stand for many. */
export const pruned = (graph: OnnxGraph): OnnxGraph => {
  const needed = new Set(graph.outputs.map(({ name }) => name));
  const nodes: OnnxNode[] = [];
  for (const node of graph.nodes.toReversed()) {
    if (!node.outputs.some((output) => needed.has(output))) continue;
    const kept = withPrunedBodies(node);
    nodes.push(kept);
    for (const name of readBy(kept)) needed.add(name);
  }
  const isNeeded = ({ name }: { readonly name: string }): boolean => needed.has(name);
  return { ...graph, nodes: nodes.reverse(), initializers: graph.initializers.filter(isNeeded) };
};

const withPrunedBodies = (node: OnnxNode): OnnxNode => ({
  ...node,
  attributes: Object.fromEntries(
    Object.entries(node.attributes).map(([key, attribute]) => [
      key,
      attribute.tag === "graph" ? { tag: "graph", value: pruned(attribute.value) } : attribute,
    ]),
  ),
});

/** What a node reads, and what its bodies do: some of that is their own, which does no harm. */
const readBy = ({ inputs, attributes }: OnnxNode): ReadonlyArray<string> => [
  ...inputs,
  ...Object.values(attributes).flatMap((attribute) =>
    attribute.tag === "graph"
      ? [...attribute.value.nodes.flatMap(readBy), ...attribute.value.outputs.map(({ name }) => name)]
      : [],
  ),
];

/** All that is read in a graph or given out by it. */
export const namesRead = ({ nodes, outputs }: OnnxGraph): ReadonlySet<string> =>
  new Set([...nodes.flatMap(readBy), ...outputs.map(({ name }) => name)]);
