import type { Model } from "../circuit/model.ts";
import { wholeCircuit } from "./circuit-diagram.ts";
import type { Diagram, DiagramNode } from "./diagram/diagram.ts";
import { groupParameters } from "./diagram/parameters.ts";

/** What the names in an adjoint's program stand for: those of adjoints begin with ∂, which no name of a program does. */
type Titles = ReadonlyMap<string, string>;

/** A picture of an adjoint, and whether gradients by parameters are missing in it. */
export interface AdjointDrawing {
  readonly diagram: Diagram;
  readonly isShortened: boolean;
}

/**
 * The circuit of an adjoint: of a program that has a model's gradient as equations. What the forward pass knows stands at
 * the side, as parameters do; from the loss it goes down. The gradients by parameters, which nothing reads, are left out
 * where the picture would be large, unless it is said.
 */
export const adjointDrawing = (adjoint: Model, titles: Titles, isFull?: boolean): AdjointDrawing => {
  const whole = retitled(wholeCircuit(adjoint), titles);
  const full = circuitOf(whole);
  if (isFull ?? full.nodes.filter(isBox).length <= mostBoxes) return { diagram: full, isShortened: false };
  const diagram = circuitOf(withoutEnds(whole));
  return { diagram, isShortened: diagram.nodes.length < full.nodes.length };
};

export const adjointDiagram = (adjoint: Model, titles: Titles, isFull?: boolean): Diagram =>
  adjointDrawing(adjoint, titles, isFull).diagram;

/** With the names that the model and its adjoint have, in place of those that the language can write. */
const retitled = ({ nodes, edges, ...rest }: Diagram, titles: Titles): Diagram => {
  const told = (text: string): string =>
    text.replaceAll(
      /([\p{L}_][\p{L}\p{M}\d_]*)('*)/gu,
      (_, name: string, primes: string) => `${titles.get(name) ?? name}${primes}`,
    );
  return {
    ...rest,
    nodes: nodes.map(({ frame: _, ...node }) => ({
      ...node,
      title: told(node.title),
      ...(node.rest === undefined ? {} : { rest: told(node.rest) }),
      ...(node.notes === undefined ? {} : { notes: node.notes.map(told) }),
    })),
    edges: edges.map((edge) => (edge.label === undefined ? edge : { ...edge, label: told(edge.label) })),
  };
};

const isBox = ({ kind }: DiagramNode): boolean => kind !== "parameter" && kind !== "delay";

const mostBoxes = 9;

/** Without the outputs that nothing reads. */
const withoutEnds = ({ nodes, edges, ...rest }: Diagram): Diagram => {
  const read = new Set(edges.map(({ from }) => from));
  const kept = nodes.filter(({ key, kind }) => kind !== "output" || read.has(key));
  const keys = new Set(kept.map(({ key }) => key));
  return { ...rest, nodes: kept, edges: edges.filter(({ to }) => keys.has(to)) };
};

const circuitOf = (whole: Diagram): Diagram => {
  const adjoints = whole.nodes.filter(({ title }) => title.startsWith("∂")).map(({ key }) => key);
  const derived = reachedFrom(whole, adjoints);
  const edges = whole.edges.filter(({ to }) => derived.has(to));
  const read = new Set(edges.map(({ from }) => from));
  const nodes = whole.nodes.flatMap((node): ReadonlyArray<DiagramNode> => {
    if (derived.has(node.key)) return [node];
    return read.has(node.key) ? [{ key: node.key, kind: "parameter", title: node.title }] : [];
  });
  return groupParameters({
    title: whole.title.replace("circuit", "adjoint"),
    nodes,
    edges: edges.map((edge) => (derived.has(edge.from) ? edge : { ...edge, kind: "weight" as const })),
    frames: [],
    isDownwards: true,
  });
};

const reachedFrom = ({ edges }: Diagram, starts: ReadonlyArray<string>): ReadonlySet<string> => {
  const found = new Set(starts);
  for (const key of found) for (const { from, to } of edges) if (from === key) found.add(to);
  return found;
};
