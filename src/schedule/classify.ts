import { type Axis, batchAxis, type FeatureAxis, hasAxis, sameAxis, withoutAxes } from "../circuit/axis.ts";
import type { Circuit, Node, NodeId } from "../circuit/circuit.ts";
import { isRagged } from "./size.ts";
import type { Pad, Renames, Statement, StatementId, Summand } from "./statement.ts";

/** A circuit seen as statements; every other node is read in place where it is used. */
export interface Classified {
  readonly circuit: Circuit;
  /** The nodes that some output needs. */
  readonly live: ReadonlySet<NodeId>;
  readonly statements: ReadonlyMap<StatementId, Statement>;
  /** By the source of a delay. A delay in `views` reads its source's buffer, shifted. */
  readonly pads: ReadonlyMap<NodeId, Pad>;
  readonly views: ReadonlySet<NodeId>;
  /** The statement that fills the pad of a source. */
  readonly boundaryOf: (source: NodeId) => StatementId;
  /** Whether a node's value is 0 at the padded positions of an axis wherever it is stored. */
  readonly isClean: (id: NodeId, axis: Axis) => boolean;
}

export const classify = (circuit: Circuit): Classified => {
  const { nodes } = circuit;
  const node = (id: NodeId): Node => nodes[id]!;
  const live = liveNodes(circuit);
  const uses = countUses(circuit, live);
  const pads = new Map<NodeId, Pad>();
  const views = new Set<NodeId>();
  const absorbed = new Set<NodeId>();
  const statements = new Map<StatementId, Statement>();

  const isGuarded = (id: NodeId, axis: Axis): boolean => canGuard(node(id).axes, axis);
  const isLeaf = (id: NodeId): boolean => node(id).op.tag === "input" || node(id).op.tag === "parameter";

  const isClean = (id: NodeId, axis: Axis): boolean => {
    const { op, inputs, axes } = node(id);
    if (!hasAxis(axes, axis)) return false;
    if (!isRagged(axis)) return true;
    switch (op.tag) {
      case "rename":
        return isClean(inputs[0]!, op.renames.find(([, to]) => sameAxis(to, axis))?.[0] ?? axis);
      case "slice":
        return isClean(inputs[0]!, axis);
      case "delay":
        // Position T + 1 of a delayed value holds the value at T; an advance is a view only of a clean source.
        return op.by < 0 && isGuarded(id, axis);
      case "reduce": {
        const statement = statements.get(id);
        return statement?.tag === "product"
          ? isClean(statement.left, axis) || isClean(statement.right, axis)
          : op.fn === "sum" && isGuarded(id, axis);
      }
      case "input":
      case "map":
      case "at":
      case "concat":
        return isGuarded(id, axis);
      case "constant":
      case "parameter":
      case "index":
      case "length":
      case "onehot":
        return false;
    }
  };

  /** A delay becomes a view when its source stands in a buffer and what lies outside 1..T can be written beside it. */
  const tryView = (id: NodeId): void => {
    const { op, inputs, axes } = node(id);
    if (op.tag !== "delay") return;
    const [boundary, source] = [inputs[0]!, inputs[1]!];
    const from = node(source);
    const buffered =
      from.op.tag === "input" ? sameAxis(from.axes[0]!, op.axis) : isBuffered(from) && !absorbed.has(source);
    const sameShape =
      axes.length === from.axes.length && hasAxis(from.axes, op.axis) && !hasAxis(node(boundary).axes, op.axis);
    const isZero = node(boundary).op.tag === "constant" && (node(boundary).op as { value: number }).value === 0;
    const backAllowed = op.by > 0 || !isRagged(op.axis) || (isZero && isClean(source, op.axis));
    const pad = pads.get(source) ?? {
      source,
      axis: op.axis,
      front: 0,
      back: 0,
      frontValue: undefined,
      backValue: undefined,
    };
    const agrees =
      sameAxis(pad.axis, op.axis) &&
      (op.by > 0
        ? pad.frontValue === undefined || pad.frontValue === boundary
        : pad.backValue === undefined || pad.backValue === boundary);
    if (!buffered || !sameShape || !backAllowed || !agrees) return;
    views.add(id);
    pads.set(
      source,
      op.by > 0
        ? { ...pad, front: Math.max(pad.front, op.by), frontValue: boundary }
        : { ...pad, back: Math.max(pad.back, -op.by), backValue: boundary },
    );
  };

  const factorsOf = (id: NodeId): ReadonlyArray<NodeId> => {
    const { op, inputs } = node(id);
    return op.tag === "map" && op.fn === "mul" && uses.get(id) === 1 ? inputs.flatMap(factorsOf) : [id];
  };
  const onehotOf = (
    id: NodeId,
    renames: Renames = [],
  ): { axis: FeatureAxis; symbol: NodeId; renames: Renames } | undefined => {
    const { op, inputs } = node(id);
    if (op.tag === "onehot") {
      const axis = renames.find(([from]) => sameAxis(from, op.axis))?.[1] ?? op.axis;
      return axis.tag === "feature" ? { axis, symbol: inputs[0]!, renames } : undefined;
    }
    return op.tag === "rename" && renames.length === 0 ? onehotOf(inputs[0]!, op.renames) : undefined;
  };
  /** Whether a product can read an operand as a strided view of a buffer. */
  const isViewable = (id: NodeId): boolean => {
    const { op, inputs } = node(id);
    if (op.tag === "rename" || op.tag === "slice") return isViewable(inputs[0]!);
    return views.has(id) || isLeaf(id) || isBuffered(node(id));
  };

  /** Takes the maps below `id` that nothing else uses into the loops of their one consumer. */
  const absorb = (id: NodeId, axes: ReadonlyArray<Axis> | undefined): void => {
    const { op, inputs, axes: own } = node(id);
    if (op.tag !== "map" || uses.get(id) !== 1) return;
    if (axes !== undefined && own.length !== axes.length) return;
    absorbed.add(id);
    for (const input of inputs) absorb(input, axes);
  };

  const summandOf = (
    operand: NodeId,
    over: ReadonlyArray<Axis>,
    picked: (axis: FeatureAxis) => boolean,
  ): Summand & { rest: ReadonlyArray<Axis> } => {
    const all = factorsOf(operand);
    const lookups: Array<Summand["lookups"][number]> = [];
    const factors = all.filter((factor) => {
      const found = onehotOf(factor);
      if (found === undefined || !picked(found.axis) || lookups.some(({ axis }) => sameAxis(axis, found.axis)))
        return true;
      lookups.push(found);
      return false;
    });
    return {
      factors,
      lookups,
      rest: withoutAxes(
        over,
        lookups.map(({ axis }) => axis),
      ),
    };
  };

  const markProducts = (id: NodeId): void => {
    const { op, inputs } = node(id);
    if (op.tag === "map" && op.fn === "mul" && uses.get(id) === 1) {
      absorbed.add(id);
      inputs.forEach(markProducts);
    }
  };

  const classifyReduce = (id: NodeId): Statement => {
    const { op, inputs, axes } = node(id);
    if (op.tag !== "reduce") throw new Error("not a reduction");
    const operand = inputs[0]!;
    if (op.fn === "max") {
      absorb(operand, node(operand).axes);
      return { tag: "reduction", id, node: id, axes, fn: "max", over: op.over, factors: [operand], lookups: [] };
    }
    const { factors, lookups, rest } = summandOf(operand, op.over, (axis) => hasAxis(op.over, axis));
    if (rest.length === 0) {
      markProducts(operand);
      for (const factor of factors) absorb(factor, undefined);
      return { tag: "lookup", id, node: id, axes, factors, lookups };
    }
    const scatter =
      lookups.length > 0
        ? undefined
        : factors.map((f) => onehotOf(f)).find((found) => found !== undefined && hasAxis(axes, found.axis));
    if (scatter !== undefined) {
      markProducts(operand);
      const others = factors.filter(
        (factor) => onehotOf(factor)?.axis.key !== scatter.axis.key || onehotOf(factor)?.symbol !== scatter.symbol,
      );
      return { tag: "scatter", id, node: id, axes, over: rest, factors: others, lookups: [], ...scatter };
    }
    const product = productOf(id, operand, op.over);
    if (product !== undefined) {
      absorbed.add(operand);
      return product;
    }
    markProducts(operand);
    for (const factor of factors) absorb(factor, lookups.length > 0 ? undefined : node(operand).axes);
    return { tag: "reduction", id, node: id, axes, fn: "sum", over: rest, factors, lookups };
  };

  const productOf = (id: NodeId, operand: NodeId, over: ReadonlyArray<Axis>): Statement | undefined => {
    const { op, inputs } = node(operand);
    if (op.tag !== "map" || op.fn !== "mul" || uses.get(operand) !== 1) return undefined;
    const [left, right] = [inputs[0]!, inputs[1]!];
    const [a, b] = [node(left).axes, node(right).axes];
    const shared = over.every((axis) => hasAxis(a, axis) && hasAxis(b, axis));
    const isMatrixProduct = withoutAxes(a, b).length > 0 && withoutAxes(b, a).length > 0;
    const isSafe = over.every((axis) => !isRagged(axis) || isClean(left, axis) || isClean(right, axis));
    return shared && isMatrixProduct && isSafe && isViewable(left) && isViewable(right)
      ? { tag: "product", id, node: id, axes: node(id).axes, left, right, over }
      : undefined;
  };

  nodes.forEach(({ op }, id) => {
    if (live.has(id) && op.tag === "reduce") statements.set(id, classifyReduce(id));
  });
  nodes.forEach((_, id) => {
    if (live.has(id)) tryView(id);
  });
  nodes.forEach(({ op, axes }, id) => {
    if (!live.has(id) || absorbed.has(id) || views.has(id)) return;
    if (op.tag === "map" || op.tag === "at" || op.tag === "delay")
      statements.set(id, { tag: "point", id, node: id, axes });
    if (op.tag === "concat") statements.set(id, { tag: "concat", id, node: id, axes });
  });

  const boundaryOf = (source: NodeId): StatementId => nodes.length + circuit.outputs.length + source;
  for (const pad of pads.values()) {
    const id = boundaryOf(pad.source);
    statements.set(id, { tag: "boundary", id, pad, axes: withoutAxes(node(pad.source).axes, [pad.axis]) });
  }
  circuit.outputs.forEach((output, i) => {
    const id = nodes.length + i;
    statements.set(id, { tag: "result", id, output, axes: output.axes });
  });
  return { circuit, live, statements, pads, views, boundaryOf, isClean };
};

/** Whether loops over these axes can tell the valid positions of `axis` from its padding. */
export const canGuard = (axes: ReadonlyArray<Axis>, axis: Axis): boolean =>
  axis.tag === "time" &&
  (axis.extent.tag === "fixed" ||
    (hasAxis(axes, batchAxis) && axis.extent.over.every((outer) => hasAxis(axes, outer))));

/** Nodes whose statement stores them. */
const isBuffered = (node: Node): boolean => ["map", "reduce", "at", "delay", "concat"].includes(node.op.tag);

const liveNodes = (circuit: Circuit): ReadonlySet<NodeId> => {
  const live = new Set<NodeId>();
  const pending = circuit.outputs.map(({ node }) => node);
  for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
    if (live.has(id)) continue;
    live.add(id);
    pending.push(...circuit.nodes[id]!.inputs);
  }
  return live;
};

const countUses = (circuit: Circuit, live: ReadonlySet<NodeId>): ReadonlyMap<NodeId, number> => {
  const uses = new Map<NodeId, number>();
  const use = (id: NodeId) => uses.set(id, (uses.get(id) ?? 0) + 1);
  for (const id of live) circuit.nodes[id]!.inputs.forEach(use);
  for (const { node } of circuit.outputs) use(node);
  return uses;
};
