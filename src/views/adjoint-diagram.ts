import type { Model } from "../circuit/model.ts";
import { wholeCircuit } from "./circuit-diagram.ts";
import type { Diagram, DiagramNode } from "./diagram/diagram.ts";
import { groupParameters } from "./diagram/parameters.ts";

/**
 * The circuit of an adjoint: of a program that has a model's gradient as equations. What the forward pass knows stands at
 * the side, as parameters do; from the loss it goes down. `own` are the model's names, all others beginning so are adjoints.
 * The gradients by parameters, which nothing reads, are left out where the picture would be large.
 */
export const adjointDiagram = (adjoint: Model, own: ReadonlySet<string>, isFull?: boolean): Diagram => {
  const whole = wholeCircuit(adjoint);
  const drawn = circuitOf(whole, own);
  return (isFull ?? drawn.nodes.filter(isBox).length <= mostBoxes) ? drawn : circuitOf(withoutEnds(whole), own);
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

const circuitOf = (whole: Diagram, own: ReadonlySet<string>): Diagram => {
  const isAdjoint = ({ title }: DiagramNode): boolean => title.startsWith(prefix) && !own.has(nameIn(title));
  const derived = reachedFrom(
    whole,
    whole.nodes.filter(isAdjoint).map(({ key }) => key),
  );
  const edges = whole.edges.filter(({ to }) => derived.has(to));
  const read = new Set(edges.map(({ from }) => from));
  const told = (text: string): string =>
    text.replaceAll(/[\p{L}\p{M}\d_']+/gu, (word) =>
      word.startsWith(prefix) && !own.has(word) ? `∂${word.slice(prefix.length)}` : word,
    );
  const nodes = whole.nodes.flatMap(({ frame: _, ...node }): ReadonlyArray<DiagramNode> => {
    if (derived.has(node.key))
      return [
        {
          ...node,
          title: told(node.title),
          ...(node.rest === undefined ? {} : { rest: told(node.rest) }),
          ...(node.notes === undefined ? {} : { notes: node.notes.map(told) }),
        },
      ];
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

/** How the name of an adjoint begins in a program. */
const prefix = "d_";

const nameIn = (title: string): string => /^[\p{L}\p{M}\d_']*/u.exec(title)![0];

const reachedFrom = ({ edges }: Diagram, starts: ReadonlyArray<string>): ReadonlySet<string> => {
  const found = new Set(starts);
  for (const key of found) for (const { from, to } of edges) if (from === key) found.add(to);
  return found;
};
