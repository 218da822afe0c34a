import { type Axis, withoutAxes } from "../../circuit/axis.ts";
import type { Circuit, Node, NodeId } from "../../circuit/circuit.ts";
import { nodeAt } from "../../circuit/node-at.ts";
import type { Recomputed } from "../recompute/recompute.ts";
import { isClean } from "./clean.ts";
import type { Forms } from "./forms.ts";
import { reductionOf } from "./reduction.ts";
import type { Share } from "./shares.ts";
import type { Pad, Statement, StatementId } from "./statement.ts";
import { isStored } from "./stored.ts";
import type { SumOrder } from "./sum-order.ts";
import { liveNodes } from "./usage.ts";

/** A circuit seen as statements; every other node is read in place where it is used. */
export interface Classified {
  readonly circuit: Circuit;
  /** The nodes that some output needs. */
  readonly live: ReadonlySet<NodeId>;
  readonly statements: ReadonlyMap<StatementId, Statement>;
  /** By the source of a delay. A delay in `views` reads its source's buffer, shifted. */
  readonly pads: ReadonlyMap<NodeId, Pad>;
  readonly views: ReadonlySet<NodeId>;
  /** The parts of concatenations that stand where the whole does, and those concatenations, which are no statements. */
  readonly shares: ReadonlyMap<NodeId, Share>;
  readonly wholes: ReadonlySet<NodeId>;
  /** The statement that fills the pad of a source. */
  readonly boundaryOf: (source: NodeId) => StatementId;
  readonly isClean: (id: NodeId, axis: Axis) => boolean;
  readonly sums: SumOrder;
}

/** Sums take their forms first: what they take in, and what they leave in its padding, decides about the others. */
export const classify = ({ circuit, uses, sums, segments }: Recomputed, forms: Forms): Classified => {
  const node = (id: NodeId): Node => nodeAt(circuit, id);
  const live = liveNodes(circuit, segments?.roots);
  const ids = [...live].sort((a, b) => a - b);
  const { reductions, absorbed } = reductionsOf(circuit, uses, forms, ids);
  const clean = isClean(circuit, reductions);
  const { views, pads } = forms.delayViews(
    circuit,
    ids.filter((id) => node(id).op.tag === "delay"),
    // A view is nowhere stored, so a delay of a delay is copied.
    (id) => node(id).op.tag !== "parameter" && node(id).op.tag !== "delay" && isStored(node(id)) && !absorbed.has(id),
    clean,
  );
  const points = ids.filter((id) => isPoint(node(id)) && !absorbed.has(id) && !views.has(id));
  const written = new Set([...reductions.keys(), ...points]);
  const shares = forms.sharesInPlace(circuit, {
    live,
    isWritten: (id) => written.has(id),
    isPadded: (id) => pads.has(id),
    isClean: clean,
  });
  const wholes = new Set([...shares.values()].map(({ whole }) => whole));
  const concats = ids.filter((id) => node(id).op.tag === "concat" && !wholes.has(id));
  const boundaryOf = (source: NodeId): StatementId => circuit.nodes.length + circuit.outputs.length + source;
  const all: ReadonlyArray<Statement> = [
    ...reductions.values(),
    ...points.map((id): Statement => ({ tag: "point", id, node: id, axes: node(id).axes })),
    ...concats.map((id): Statement => ({ tag: "concat", id, node: id, axes: node(id).axes })),
    ...[...pads.values()].map((pad): Statement => {
      const axes = withoutAxes(node(pad.source).axes, [pad.axis]);
      return { tag: "boundary", id: boundaryOf(pad.source), pad, axes };
    }),
    ...circuit.outputs.map((output, i): Statement => {
      return { tag: "result", id: circuit.nodes.length + i, output, axes: output.axes };
    }),
  ];
  const statements = new Map(all.map((statement) => [statement.id, inPhase(statement, segments)]));
  return { circuit, live, statements, pads, views, shares, wholes, boundaryOf, isClean: clean, sums };
};

/** The sums and maxima, in order: whether one is a product depends on the form of those that it reads. */
const reductionsOf = (
  circuit: Circuit,
  uses: ReadonlyMap<NodeId, number>,
  forms: Forms,
  ids: ReadonlyArray<NodeId>,
): { readonly reductions: ReadonlyMap<StatementId, Statement>; readonly absorbed: ReadonlySet<NodeId> } => {
  const reductions = new Map<StatementId, Statement>();
  const absorbed = new Set<NodeId>();
  const forming = {
    circuit,
    uses,
    forms,
    furtherAxes: forms.furtherAxes(circuit),
    isClean: isClean(circuit, reductions),
  };
  for (const id of ids) {
    const formed = reductionOf(forming, id);
    if (formed === undefined) continue;
    reductions.set(id, formed.statement);
    for (const each of formed.absorbed) absorbed.add(each);
  }
  return { reductions, absorbed };
};

const isPoint = ({ op }: Node): boolean => op.tag === "map" || op.tag === "at" || op.tag === "delay";

/** A statement with the pass over segments that its value is computed in, if there are any. */
const inPhase = (statement: Statement, segments: Recomputed["segments"]): Statement => {
  const phase = segments?.phaseOf(nodeOf(statement));
  return phase === undefined ? statement : { ...statement, phase };
};

const nodeOf = (statement: Statement): NodeId => {
  switch (statement.tag) {
    case "boundary":
      return statement.pad.source;
    case "result":
      return statement.output.node;
    default:
      return statement.node;
  }
};

/** The parameter or input whose place a result takes. */
export const updatedLeaf = ({ circuit, live }: Classified, statement: Statement): NodeId | undefined => {
  if (statement.tag !== "result" || statement.output.role !== "update") return undefined;
  const { name } = statement.output;
  const leaf = circuit.nodes.findIndex(
    ({ op }, id) =>
      live.has(id) && ((op.tag === "parameter" && op.path === name) || (op.tag === "input" && op.name === name)),
  );
  return leaf === -1 ? undefined : leaf;
};
