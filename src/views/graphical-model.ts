import type { Model } from "../circuit/model.ts";
import type { GraphicalModel, GraphicalVariable } from "./d-separation.ts";
import type { Diagram, DiagramEdge, DiagramNode, NodeKind } from "./diagram/diagram.ts";
import { onGrid } from "./diagram/on-grid.ts";
import { type Lengths, unfoldedGraph } from "./diagram/unfolded-graph.ts";
import { type Variable, variablesOf } from "./diagram/variables.ts";
import type { Orders } from "./model-equations.ts";

export interface GraphicalOptions {
  readonly lengths: Lengths;
  /** Whether states stand in the picture; without, what is random depends on all that it reads through them. */
  readonly states: boolean;
  readonly orders?: Orders;
}

/**
 * The directed graphical model of sequences of a given length (Goodfellow, Bengio and Courville 2016, section 10.2.3):
 * random variables as ellipses, states, which the rest determines, as boxes. Parameters and constants are not in it.
 */
export const graphicalDiagram = (model: Model, { lengths, states, orders }: GraphicalOptions): Diagram => {
  const isShown = ({ kind, isCarried }: Variable): boolean =>
    isRandom(kind) || kind === "input" || (states && isCarried);
  const { circuit, ...variables } = variablesOf(model, orders);
  const outputs = circuit.outputs.filter(({ role }) => role !== "loss");
  const graph = unfoldedGraph(
    { ...variables, circuit: { ...circuit, outputs }, minimized: undefined },
    { lengths, isShown, inUnits: false },
  );
  const readers = new Set(graph.edges.map(({ to }) => to));
  const nodes = graph.nodes.filter(({ key, kind }) => kind !== "boundary" || readers.has(key)).map(asDetermined);
  const keys = new Set(nodes.map(({ key }) => key));
  const edges = graph.edges
    .filter(({ from, to }) => keys.has(from) && keys.has(to))
    .map((edge): DiagramEdge => (edge.kind === "draw" ? { ...edge, kind: "flow" } : edge));
  return onGrid({ ...graph, title: `graphical model ${graph.title}`, nodes, edges });
};

/** A picture with the variables that are known filled. */
export const markGiven = (diagram: Diagram, given: ReadonlyArray<string>): Diagram => ({
  ...diagram,
  nodes: diagram.nodes.map((node) => (given.includes(node.title) ? { ...node, kind: "given" } : node)),
});

/** What the picture says of dependence: each variable with its parents, parents first. Inputs are known. */
export const graphicalModelOf = ({ nodes, edges }: Diagram): GraphicalModel => {
  const byKey = new Map(nodes.map((node) => [node.key, node]));
  const found = new Map<string, GraphicalVariable>();
  const visit = ({ key, kind, title: name }: DiagramNode): void => {
    if (found.has(name)) return;
    const parents = edges.filter(({ to }) => to === key).map(({ from }) => byKey.get(from)!);
    for (const parent of parents) visit(parent);
    found.set(name, { name, parents: parents.map(({ title }) => title), isDetermined: !isRandom(kind) });
  };
  for (const node of nodes) if (node.kind !== "caption") visit(node);
  return { variables: [...found.values()] };
};

const isRandom = (kind: NodeKind): boolean => kind === "random" || kind === "noise";

/** A state, and a boundary that is computed. */
const asDetermined = (node: DiagramNode): DiagramNode =>
  isRandom(node.kind) || node.kind === "input" ? node : { ...node, kind: "determined", rest: "" };
