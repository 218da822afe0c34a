import type { Diagram, DiagramNode } from "./diagram.ts";

/** Parameters that are read by the same nodes stand together in one. */
export const groupParameters = (diagram: Diagram): Diagram => {
  const groups = new Map<string, DiagramNode[]>();
  for (const node of diagram.nodes) {
    if (node.kind !== "parameter") continue;
    const readers = diagram.edges.filter(({ from }) => from === node.key).map(({ to }) => to);
    const group = readers.sort().join();
    groups.set(group, [...(groups.get(group) ?? []), node]);
  }
  const first = new Map([...groups.values()].flatMap((group) => group.map(({ key }) => [key, group[0]!.key] as const)));
  const merged = [...groups.values()].map(
    (group): DiagramNode => ({
      ...group[0]!,
      title: group
        .map(({ title }) => title)
        .sort()
        .join(", "),
    }),
  );
  return {
    ...diagram,
    nodes: [...merged, ...diagram.nodes.filter(({ kind }) => kind !== "parameter")],
    edges: diagram.edges.filter(({ from }) => (first.get(from) ?? from) === from),
  };
};
