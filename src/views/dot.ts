import {
  type Box,
  type Diagram,
  type DiagramEdge,
  type DiagramNode,
  type EdgeKind,
  type NodeKind,
  parameterLines,
} from "./diagram/diagram.ts";

/** A picture in the language of Graphviz. */
export const diagramDot = (diagram: Diagram): string => {
  const { title, nodes, edges, frames, isDownwards = false } = diagram;
  const squares = new Set(nodes.filter(({ kind }) => kind === "delay").map(({ key }) => key));
  const joined = new Set(edges.map(({ from, to }) => `${from}\n${to}`));
  const isLoop = ({ from, to, kind }: DiagramEdge): boolean => kind === "feedback" && joined.has(`${to}\n${from}`);
  const outside = nodes.filter(({ frame }) => frame === undefined);
  return [
    `digraph ${quoted(title)} {`,
    ...graphDefaults.map((line) => `  ${line}`),
    ...(isDownwards ? ["  graph [rankdir=TB]"] : []),
    ...(nodes.some(({ place }) => place !== undefined)
      ? [`  graph [layout=neato, splines=${nodes.length > many ? "line" : "true"}]`]
      : []),
    ...outside.map((node) => `  ${nodeLine(node)}`),
    ...frames.filter(({ inside }) => inside === undefined).flatMap((frame) => frameLines(diagram, frame, "  ")),
    ...edges.map((edge) => `  ${edgeLine(edge, squares, isLoop(edge))}`),
    "}",
    "",
  ].join("\n");
};

/** From so many nodes on, edges that go round them take too long to find. */
const many = 150;

const graphDefaults = [
  `graph [rankdir=BT, newrank=true, splines=true, nodesep=0.3, ranksep=0.45, pad=0.2, esep="+3", fontname="Verdana", fontsize=11, bgcolor="white"]`,
  `node [fontname="Verdana", fontsize=11, style="filled,rounded", shape=box, penwidth=1.2, margin="0.12,0.06", height=0.35]`,
  `edge [fontname="Verdana", fontsize=10, color="#555555", arrowsize=0.7]`,
];

const frameLines = (diagram: Diagram, frame: Box, indent: string): ReadonlyArray<string> => [
  `${indent}subgraph ${quoted(`cluster ${frame.key}`)} {`,
  `${indent}  style="rounded,dashed"; color="#999999"; fontcolor="#666666"; labeljust=l; label=${quoted(frame.label)}`,
  ...diagram.nodes.filter((node) => node.frame === frame.key).map((node) => `${indent}  ${nodeLine(node)}`),
  ...diagram.frames
    .filter(({ inside }) => inside === frame.key)
    .flatMap((inner) => frameLines(diagram, inner, `${indent}  `)),
  `${indent}}`,
];

const nodeLine = (node: DiagramNode): string => {
  const { key, kind, title, place, component } = node;
  const label = `label=${kind === "delay" ? squareLabel(title) : labelOf(node)}`;
  const pos = place === undefined ? "" : `, pos="${inches(place.x)},${inches(place.y)}!"`;
  const shape = component !== undefined ? ", shape=circle, width=0.3, fixedsize=true, fontsize=8" : "";
  return `${quoted(key)} [${nodeStyles[kind]}${shape}, ${label}${pos}]`;
};

/** The square with its name beside it; edges end at the square, its port. */
const squareLabel = (title: string): string =>
  `<<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="0"><TR><TD PORT="square" BGCOLOR="black" FIXEDSIZE="TRUE" WIDTH="12" HEIGHT="12"></TD><TD>&#160;${escaped(title)}</TD></TR></TABLE>>`;

const inches = (points: number): number => Number((points / 72).toFixed(3));

const nodeStyles: { readonly [K in NodeKind]: string } = {
  input: colours("#DCEBFA", "#3B78B5"),
  parameter: `${colours("#F3F3F3", "#BBBBBB")}, shape=note, style=filled, fontsize=9, fontcolor="#444444"`,
  noise: `${colours("#EBE1F7", "#7A4FB5")}, style="filled,dashed", shape=ellipse`,
  value: colours("#FFFFFF", "#666666"),
  state: colours("#FFE9D2", "#D9822B"),
  output: colours("#DFF3E0", "#3F9A4A"),
  random: `${colours("#EBE1F7", "#7A4FB5")}, shape=ellipse`,
  given: `${colours("#BFA8DF", "#7A4FB5")}, shape=ellipse`,
  determined: `${colours("#FFE9D2", "#D9822B")}, style=filled`,
  boundary: `${colours("#FFFFFF", "#D9822B")}, style="filled,rounded,dashed", fontsize=10`,
  delay: `shape=plaintext, style="", width=0, height=0, margin=0, fontsize=9`,
  loss: colours("#FBE0E0", "#C0453E"),
  caption: `shape=plaintext, style="", width=0, height=0.2, fontcolor="#666666"`,
};

function colours(fill: string, line: string): string {
  return `fillcolor="${fill}", color="${line}"`;
}

/** Of a box that is reached from its square: on another side of it. */
const loopStyle = `, headport=e`;

/**
 * What leads back into a square is told from the square up: so it has a place of its own in each row that it passes, and
 * passes beside what stands there. It has no arrow.
 */
const edgeLine = ({ from, to, kind, label }: DiagramEdge, squares: ReadonlySet<string>, isLoop: boolean): string => {
  const isBack = kind === "feedback";
  const [start, end] = isBack ? [to, from] : [from, to];
  const style = `${edgeStyles[kind]}${isLoop ? loopStyle : ""}`;
  return `${endOf(start, squares)} -> ${endOf(end, squares)} [${style}${label === undefined ? "" : `, label=${quoted(` ${label} `)}`}]`;
};

const endOf = (key: string, squares: ReadonlySet<string>): string =>
  squares.has(key) ? `${quoted(key)}:square` : quoted(key);

const edgeStyles: { readonly [K in EdgeKind]: string } = {
  flow: `weight=2`,
  step: `constraint=false, color="#D9822B"`,
  delayed: `color="#D9822B"`,
  feedback: `color="#D9822B", arrowhead=none`,
  initial: `color="#D9822B", style=dashed`,
  weight: `color="#BBBBBB", arrowsize=0.5`,
  draw: `color="#7A4FB5", style=dashed`,
};

/** A line of the title in bold with what comes behind it, then the notes. */
const labelOf = ({ kind, title, rest = "", notes = [], component }: DiagramNode): string => {
  if (kind === "parameter") return `<${parameterLines(title).map(escaped).join("<BR/>")}>`;
  const [first = "", ...more] = wrapped(`${title}${component === undefined ? rest : ""}`);
  const behind = first.slice(title.length);
  const lines = [
    `<B>${escaped(title)}</B>${escaped(behind)}`,
    ...more.map((line) => escaped(`    ${line}`)),
    ...notes.map((note) => `<FONT POINT-SIZE="9" COLOR="#777777">${escaped(note)}</FONT>`),
  ];
  return lines.length === 1 ? `<${lines[0]}>` : `<${lines.map((line) => `${line}<BR ALIGN="LEFT"/>`).join("")}>`;
};

const longest = 32;

/** Lines of moderate length, broken before what is added, and before `else`, in at most one bracket. */
const wrapped = (text: string): ReadonlyArray<string> => {
  const lines: string[] = [];
  for (const part of terms(text)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + part.length <= longest) lines[lines.length - 1] = last + part;
    else lines.push(last === undefined ? part : part.trimStart());
  }
  return lines;
};

const terms = (text: string): ReadonlyArray<string> => {
  const depthAt = (place: number): number =>
    [...text.slice(0, place)].reduce((depth, c) => depth + (opening.has(c) ? 1 : closing.has(c) ? -1 : 0), 0);
  const breaks = [...text.matchAll(/ (?:[-+]|else) /g)].map(({ index }) => index).filter((place) => depthAt(place) < 2);
  return [0, ...breaks].map((from, i) => text.slice(from, breaks[i]));
};

const opening = new Set("([{");
const closing = new Set(")]}");

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

const quoted = (text: string): string => `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
