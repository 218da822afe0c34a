import type { Diagram, DiagramEdge, DiagramNode, EdgeKind } from "./diagram/diagram.ts";

/** A picture as text: what stands in it, frame by frame, a node a line with what it reads. */
export const diagramText = (diagram: Diagram): string => {
  const { title, nodes, frames } = diagram;
  const lineOf = nodeLine(diagram);
  const section = (key: string | undefined, indent: string): ReadonlyArray<string> =>
    nodes.filter(({ frame, kind }) => frame === key && kind !== "caption").map((node) => `${indent}${lineOf(node)}`);
  return [
    title,
    ...section(undefined, "  "),
    ...frames.flatMap(({ key, label }) => [`  cell ${label}`, ...section(key, "    ")]),
  ]
    .map((line) => `${line.trimEnd()}\n`)
    .join("");
};

const nodeLine = ({ nodes, edges }: Diagram): ((node: DiagramNode) => string) => {
  const titles = new Map(nodes.map((node) => [node.key, titleOf(node)]));
  return (node) => {
    const reads = edges.filter(({ to }) => to === node.key).map((edge) => readText(edge, titles.get(edge.from)!));
    const notes = (node.notes ?? []).map((note) => `, ${note}`).join("");
    const from = reads.length === 0 ? "" : `  <- ${reads.join("; ")}`;
    return `${node.kind.padEnd(width)} ${titleOf(node)}${node.rest ?? ""}${notes}${from}`;
  };
};

const width = "determined".length;

/** A delay goes by its shift. */
const titleOf = ({ kind, title, component = title }: DiagramNode): string =>
  kind === "delay" ? `■ ${title}` : component;

const readText = ({ kind, label }: DiagramEdge, source: string): string => `${marks[kind]}${label ?? source}`;

const marks: { readonly [K in EdgeKind]: string } = {
  flow: "",
  step: "",
  feedback: "",
  delayed: "",
  initial: "at first ",
  weight: "",
  draw: "~ ",
};
