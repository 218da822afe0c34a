import { type Axis, withoutAxes } from "../../circuit/axis.ts";
import type { Circuit, Node, NodeId } from "../../circuit/circuit.ts";
import { flattened } from "../../circuit/flattened.ts";
import { nodeAt } from "../../circuit/node-at.ts";
import { unexpanded } from "../../circuit/unexpanded.ts";
import { isRagged } from "../../loops/size.ts";
import type { isContraction } from "../../transform/contraction.ts";
import type { Recomputed } from "../recompute/recompute.ts";
import { isClean } from "./clean.ts";
import type { Share, sharesInPlace } from "./shares.ts";
import type { Pad, Statement, StatementId } from "./statement.ts";
import type { SumOrder } from "./sum-order.ts";
import { onehotOf, type spreading, type withLookups } from "./summand.ts";
import { liveNodes } from "./usage.ts";
import type { delayViews } from "./views.ts";

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

/** How nodes become statements, where there is a choice. */
export interface Forms {
  /** Splits the factors of a sum: symbols pick positions of the others. */
  readonly withLookups: typeof withLookups;
  /** Of the factors of a sum that is spread by a symbol, the one-hot one. */
  readonly spreading: typeof spreading;
  /** Whether a sum over axes of a product of two values with these axes is a matrix product. */
  readonly isContraction: typeof isContraction;
  /** Whether a map that so many statements read is computed in their loops. */
  readonly isAbsorbed: typeof isAbsorbed;
  readonly delayViews: typeof delayViews;
  readonly sharesInPlace: typeof sharesInPlace;
}

type IsProduct = (id: NodeId) => boolean;

export const classify = (
  { circuit, uses, sums, segments }: Recomputed,
  { withLookups, spreading, isContraction, isAbsorbed, delayViews, sharesInPlace }: Forms,
): Classified => {
  const { nodes } = circuit;
  const node = (id: NodeId): Node => nodeAt({ nodes }, id);
  const live = liveNodes(circuit, segments?.roots);
  /** Maps that are computed inside the loops of their one consumer. */
  const absorbed = new Set<NodeId>();
  const statements = new Map<StatementId, Statement>();
  const clean = isClean(circuit, statements);

  const isOwn = (id: NodeId, fn: "mul" | "times"): boolean => {
    const { op } = node(id);
    return op.tag === "map" && op.fn === fn && uses.get(id) === 1;
  };
  const isOwnProduct: IsProduct = (id) => isOwn(id, "mul");
  /** Where the symbol is read off, what it picks is multiplied by nothing: there zero need not absorb. */
  const isPicking: IsProduct = (id) =>
    isOwn(id, "times") && node(id).inputs.some((input) => onehotOf(circuit, input) !== undefined);
  const isOwnOrPicking: IsProduct = (id) => isOwnProduct(id) || isPicking(id);
  const factorsOf = (id: NodeId, isFlat: IsProduct): ReadonlyArray<NodeId> =>
    flattened(id, (each) => (isFlat(each) ? node(each).inputs : undefined));
  const absorbProduct = (id: NodeId, isFlat: IsProduct): void =>
    void flattened(id, (each) => {
      if (!isFlat(each)) return undefined;
      absorbed.add(each);
      return node(each).inputs;
    });
  /** Takes in the maps below `id` that nothing else uses, if they are over `axes` (if given) and so not computed again. */
  const absorb = (id: NodeId, axes?: ReadonlyArray<Axis>): void =>
    void flattened(id, (each) => {
      const { op, inputs, axes: own } = node(each);
      if (op.tag !== "map" || !isAbsorbed(uses.get(each)!) || (axes !== undefined && own.length !== axes.length))
        return undefined;
      absorbed.add(each);
      return inputs;
    });

  const maximum = (id: NodeId, operand: NodeId, over: ReadonlyArray<Axis>): Statement => {
    absorb(operand, node(operand).axes);
    return { tag: "reduction", id, node: id, axes: node(id).axes, fn: "max", over, factors: [operand], lookups: [] };
  };
  const sum = (id: NodeId, operand: NodeId, over: ReadonlyArray<Axis>): Statement => {
    const { axes } = node(id);
    const isFlat = isReadOff(operand, over, axes) ? isOwnOrPicking : isOwnProduct;
    const all = factorsOf(operand, isFlat);
    const { factors, lookups } = withLookups(circuit, all, over);
    const rest = withoutAxes(
      over,
      lookups.map(({ axis }) => axis),
    );
    if (rest.length === 0) {
      absorbProduct(operand, isFlat);
      for (const factor of factors) absorb(factor);
      return { tag: "lookup", id, node: id, axes, factors, lookups };
    }
    const spread = spreading(circuit, all, axes);
    if (lookups.length === 0 && spread !== undefined) {
      absorbProduct(operand, isFlat);
      const others = all.filter((factor) => {
        const found = onehotOf(circuit, factor);
        return found?.axis.key !== spread.axis.key || found.symbol !== spread.symbol;
      });
      return { tag: "scatter", id, node: id, axes, over, factors: others, lookups: [], ...spread };
    }
    if (lookups.length === 0 && isMatrixProduct(operand, over)) {
      absorbed.add(operand);
      const [left, right] = [node(operand).inputs[0]!, node(operand).inputs[1]!];
      return { tag: "product", id, node: id, axes, left, right, over };
    }
    absorbProduct(operand, isFlat);
    for (const factor of factors) absorb(factor, lookups.length > 0 ? undefined : node(operand).axes);
    return { tag: "reduction", id, node: id, axes, fn: "sum", over: rest, factors, lookups };
  };
  /** Whether no symbol is left among the factors of a sum once one is read off, or spreads the others. */
  const isReadOff = (operand: NodeId, over: ReadonlyArray<Axis>, axes: ReadonlyArray<Axis>): boolean => {
    const all = factorsOf(operand, isOwnOrPicking);
    const { factors, lookups } = withLookups(circuit, all, over);
    const left = factors.filter((factor) => onehotOf(circuit, factor) !== undefined).length;
    return left === (lookups.length === 0 && spreading(circuit, all, axes) !== undefined ? 1 : 0);
  };
  const isMatrixProduct = (operand: NodeId, over: ReadonlyArray<Axis>): boolean => {
    if (!isOwnProduct(operand)) return false;
    const [left, right] = [node(operand).inputs[0]!, node(operand).inputs[1]!];
    const [a, b] = [node(left).axes, node(right).axes];
    return (
      isContraction(over, a, b) &&
      over.every((axis) => !isRagged(axis) || clean(left, axis) || clean(right, axis)) &&
      isViewable(left) &&
      isViewable(right)
    );
  };
  /** Whether a product can read an operand as a strided view of a buffer; a diagonal strides along two axes at once. */
  const isViewable = (id: NodeId): boolean => {
    const { op, inputs, axes } = node(id);
    const isDiagonal = op.tag === "rename" && axes.length < node(inputs[0]!).axes.length;
    return op.tag === "rename" || op.tag === "slice" ? !isDiagonal && isViewable(inputs[0]!) : isStored(node(id));
  };

  const ids = [...live].sort((a, b) => a - b);
  for (const id of ids) {
    const { op, inputs } = node(id);
    if (op.tag === "reduce") statements.set(id, (op.fn === "max" ? maximum : sum)(id, inputs[0]!, op.over));
  }
  const { views, pads } = delayViews(
    circuit,
    ids.filter((id) => node(id).op.tag === "delay"),
    // A view is nowhere stored, so a delay of a delay is copied.
    (id) => node(id).op.tag !== "parameter" && node(id).op.tag !== "delay" && isStored(node(id)) && !absorbed.has(id),
    clean,
  );
  for (const id of ids) {
    const { op, axes } = node(id);
    if (absorbed.has(id) || views.has(id)) continue;
    if (op.tag === "map" || op.tag === "at" || op.tag === "delay")
      statements.set(id, { tag: "point", id, node: id, axes });
  }
  const shares = sharesInPlace(circuit, {
    live,
    isWritten: (id) => statements.has(id),
    isPadded: (id) => pads.has(id),
    isClean: clean,
  });
  const wholes = new Set([...shares.values()].map(({ whole }) => whole));
  for (const id of ids) {
    const { op, axes } = node(id);
    if (op.tag === "concat" && !wholes.has(id)) statements.set(id, { tag: "concat", id, node: id, axes });
  }
  const boundaryOf = (source: NodeId): StatementId => nodes.length + circuit.outputs.length + source;
  for (const pad of pads.values()) {
    const id = boundaryOf(pad.source);
    statements.set(id, { tag: "boundary", id, pad, axes: withoutAxes(node(pad.source).axes, [pad.axis]) });
  }
  circuit.outputs.forEach((output, i) => {
    const id = nodes.length + i;
    statements.set(id, { tag: "result", id, output, axes: output.axes });
  });
  const phaseOf = (statement: Statement): number | undefined =>
    segments?.phaseOf(
      statement.tag === "boundary"
        ? statement.pad.source
        : statement.tag === "result"
          ? statement.output.node
          : statement.node,
    );
  for (const [id, statement] of statements) {
    const phase = phaseOf(statement);
    if (phase !== undefined) statements.set(id, { ...statement, phase });
  }
  return { circuit, live, statements, pads, views, shares, wholes, boundaryOf, isClean: clean, sums };
};

export const isAbsorbed = (uses: number): boolean => uses === 1;

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

/** Whether a node's value stands in a buffer, if it is no part of another's loops. */
const isStored = ({ op }: Node): boolean => {
  switch (op.tag) {
    case "parameter":
    case "input":
    case "map":
    case "reduce":
    case "at":
    case "delay":
    case "concat":
      return true;
    case "constant":
    case "index":
    case "length":
    case "onehot":
    case "slice":
    case "rename":
    case "mark":
      return false;
    case "grad":
      return unexpanded("schedule");
  }
};
