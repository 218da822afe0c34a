import type { Circuit, NodeId } from "../circuit/circuit.ts";
import type { Model } from "../circuit/model.ts";
import { nodeAt } from "../circuit/node-at.ts";
import { offset } from "../syntax/make.ts";
import type { Expression } from "../syntax/tree.ts";
import { cellBox } from "./diagram/cell-box.ts";
import type { Diagram, DiagramEdge, DiagramNode, EdgeKind } from "./diagram/diagram.ts";
import { foldedCells } from "./diagram/folded-cells.ts";
import { cellFrames, cellOfFrame, frameKey } from "./diagram/frames.ts";
import { lossKey, lossNode } from "./diagram/loss.ts";
import { nearestShown } from "./diagram/nearest.ts";
import { groupParameters } from "./diagram/parameters.ts";
import { fixedReads } from "./diagram/positions.ts";
import { type InCell, shortNames } from "./diagram/short-names.ts";
import { type Variable, type Variables, variablesOf } from "./diagram/variables.ts";
import type { EquationSystem } from "./equations/system.ts";
import type { Orders } from "./model-equations.ts";
import { leftText } from "./text.ts";

/**
 * The circuit diagram of a model (Goodfellow, Bengio and Courville 2016, section 10.1): a box for each variable with its
 * equation, and a black square for each delay.
 */
export const circuitDiagram = (model: Model, { orders, shapes = false }: CircuitOptions = {}): Diagram => {
  const variables = variablesOf(model, orders);
  const inCell = shortNames([...variables.of.values()].map(({ name }) => name));
  return groupParameters(diagramOf(variables, { inCell, shapes }));
};

export interface CircuitOptions {
  readonly orders?: Orders | undefined;
  /** Whether each edge tells the shape of what goes along it. */
  readonly shapes?: boolean;
}

/** The same with each cell as one box. */
export const foldedCircuit = (model: Model, { orders, shapes = false }: CircuitOptions = {}): Diagram => {
  const variables = variablesOf(model, orders);
  const whole = diagramOf(variables, { inCell: shortNames([]), shapes });
  return groupParameters(foldedCells(whole, (frame) => cellBox(variables, cellOfFrame(frame))));
};

/** The same with a node for each parameter. */
export const wholeCircuit = (model: Model): Diagram =>
  diagramOf(variablesOf(model), { inCell: shortNames([]), shapes: false });

/** Whether a circuit with cells does not fit a slide: it has several, or more boxes than these. */
export const isLarge = ({ nodes, frames }: Diagram): boolean => {
  const boxes = nodes.filter(({ kind }) => kind !== "parameter" && kind !== "delay").length;
  return frames.length > 0 && (frames.filter(({ inside }) => inside === undefined).length > 1 || boxes > mostBoxes);
};

const mostBoxes = 9;

interface Telling {
  readonly inCell: InCell;
  readonly shapes: boolean;
}

const diagramOf = (variables: Variables, telling: Telling): Diagram => {
  const { inCell } = telling;
  const { delays, minimized } = variables;
  const all = [...variables.of.values()];
  return {
    title: `circuit ${variables.model.name}`,
    nodes: [
      ...all.map(variableNode(inCell)),
      ...delays.map((id) => delayNode(variables, inCell, id)),
      ...(minimized === undefined ? [] : [lossNode(minimized.expression)]),
    ],
    edges: edgesOf(variables, telling),
    frames: cellFrames(all.map(({ cell }) => cell)),
  };
};

const variableKey = (id: NodeId): string => `n${id}`;
const delayKey = (id: NodeId): string => `d${id}`;

const variableNode =
  (inCell: InCell) =>
  ({ node, kind, title, rest, notes, cell }: Variable): DiagramNode => ({
    key: variableKey(node),
    kind,
    title: inCell(cell)(title),
    rest: kind === "parameter" ? "" : inCell(cell)(rest),
    notes: notes.map(inCell(cell)),
    ...(cell === "" ? {} : { frame: frameKey(cell) }),
  });

/** `h[t-1]`; of what has no name, `[t-1]`. */
const shiftedTitle = (
  { names, indicesOf }: EquationSystem,
  source: NodeId,
  by: Readonly<Record<string, number>>,
): string =>
  leftText({
    name: names.get(source) ?? "",
    indices: indicesOf(source).map(({ key }) => offset(key, by[key] ?? 0)),
  });

/** It stands in the cell of what it carries. */
const delayNode = ({ of, circuit, system }: Variables, inCell: InCell, id: NodeId): DiagramNode => {
  const { op, inputs } = nodeAt(circuit, id);
  const source = of.get(inputs[1]!);
  const frame = source === undefined || source.cell === "" ? {} : { frame: frameKey(source.cell) };
  const by: Readonly<Record<string, number>> = op.tag === "delay" ? { [op.axis.key]: -op.by } : {};
  const title = inCell(source?.cell ?? "")(shiftedTitle(system, inputs[1]!, by));
  return { key: delayKey(id), kind: "delay", title, ...frame };
};

const edgesOf = (
  { model, circuit, of, delays, minimized }: Variables,
  { inCell, shapes }: Telling,
): ReadonlyArray<DiagramEdge> => {
  const squares = new Set(delays);
  const axes = new Set(model.axes.map(({ key }) => key));
  const isShown = (id: NodeId): boolean => of.has(id) || squares.has(id);
  const sources = nearestShown(
    circuit.nodes.map(({ inputs }) => inputs),
    isShown,
  );
  const shownFor = (id: NodeId): ReadonlyArray<NodeId> => (isShown(id) ? [id] : sources(id));
  const edge = (source: NodeId, to: string, kind: EdgeKind, expression?: Expression, cell = ""): DiagramEdge => {
    const variable = of.get(source);
    const read =
      variable === undefined || expression === undefined ? undefined : fixedReads(expression, variable.name, axes);
    const shape = shapes && variable?.kind !== "parameter" ? shapeText(model, circuit, source) : undefined;
    const label = [read, shape].filter((text) => text !== undefined).join(" : ") || undefined;
    return {
      from: variable === undefined ? delayKey(source) : variableKey(source),
      to,
      kind: variable?.kind === "parameter" ? "weight" : variable === undefined && kind === "flow" ? "delayed" : kind,
      ...(label === undefined ? {} : { label: inCell(cell)(label) }),
    };
  };
  const intoVariable = ({ node, drawnFrom, expression, cell }: Variable): ReadonlyArray<DiagramEdge> => [
    ...(squares.has(node)
      ? [{ from: delayKey(node), to: variableKey(node), kind: "delayed" as const }]
      : sources(node).map((source) => edge(source, variableKey(node), "flow", expression, cell))),
    ...[...new Set(drawnFrom.flatMap(shownFor))].map((source) => edge(source, variableKey(node), "draw")),
  ];
  const intoDelay = (id: NodeId): ReadonlyArray<DiagramEdge> => {
    const [boundary = -1, source = -1] = nodeAt(circuit, id).inputs;
    return [
      ...shownFor(source).map((from) => edge(from, delayKey(id), "feedback")),
      ...shownFor(boundary).map((from) => edge(from, delayKey(id), "initial")),
    ];
  };
  return [
    ...[...of.values()].flatMap(intoVariable),
    ...delays.flatMap(intoDelay),
    ...(minimized === undefined
      ? []
      : shownFor(minimized.node).map((source) => edge(source, lossKey, "flow", minimized.expression))),
  ];
};

/** `R[3]`, and nothing of a number; of a symbol how many there are. */
const shapeText = ({ inputs }: Model, circuit: Circuit, id: NodeId): string | undefined => {
  const { op, axes } = nodeAt(circuit, id);
  const input = op.tag === "input" ? inputs.find(({ name }) => name === op.name) : undefined;
  if (input?.symbols !== undefined) return `symbol[${input.symbols}]`;
  const sizes = axes.flatMap((axis) => (axis.tag === "feature" ? [axis.size] : []));
  return sizes.length === 0 ? undefined : `R[${sizes.join(",")}]`;
};
