import type { Diagram, DiagramNode } from "./diagram.ts";
import type { Step } from "./tile.ts";

/** The part of an unfolded graph that stands at one step, with what it reads. */
export const atStep = (diagram: Diagram, { axis, position }: Step): Diagram => {
  const isThere = ({ step, kind }: DiagramNode): boolean =>
    step?.axis === axis && step.position === position && kind !== "boundary";
  const there = new Set(diagram.nodes.filter(isThere).map(({ key }) => key));
  const edges = diagram.edges.filter(({ to }) => there.has(to));
  const kept = new Set([...there, ...edges.map(({ from }) => from)]);
  const instances = new Set(diagram.nodes.filter(({ key }) => kept.has(key)).map(instanceOf));
  const isNamed = (node: DiagramNode): boolean => node.kind === "caption" && instances.has(instanceOf(node));
  return { ...diagram, nodes: diagram.nodes.filter((node) => kept.has(node.key) || isNamed(node)), edges };
};

const instanceOf = ({ row, step }: DiagramNode): string => `${row} ${step?.axis} ${step?.position}`;
