import type { FeatureAxis, TimeAxis } from "../../circuit/axis.ts";
import type { Circuit, NodeId, Position } from "../../circuit/circuit.ts";
import { nodeAt } from "../../circuit/node-at.ts";
import { number } from "../../syntax/make.ts";
import type { Expression } from "../../syntax/tree.ts";
import { here, indexOf, placeOf, type ReadPlace, type Where } from "./places.ts";
import { newReader } from "./reader.ts";
import type { Bound, Reading } from "./reading.ts";
import { referencesIn } from "./references.ts";
import { oriented, type Value } from "./value.ts";
import { hasPositions, withoutEmpty } from "./without-empty.ts";

/** What one reading of a circuit gives, the names being what they are. */
export interface Once {
  /** In the order of the nodes. */
  readonly equations: ReadonlyArray<Equation>;
  /** The values outside the axes; those that matter, and those for which any would do. */
  readonly boundaries: ReadonlyArray<Equation & { readonly bound: Bound }>;
  /** The equations of adjoints at the end where nothing comes after: what is left of them. */
  readonly bases: ReadonlyArray<Equation>;
  /** The nodes asked for, by their names or written out. */
  readonly shown: ReadonlyMap<NodeId, Value>;
  /** Forms that the language lacks: the equations are then for the eye only. */
  readonly unwritable: ReadonlyArray<string>;
  /** The time axes of a node, in the order of its indices. */
  readonly indicesOf: (id: NodeId) => ReadonlyArray<TimeAxis>;
  /** What would have to have a name before all can be written. */
  readonly needed: ReadonlyArray<NodeId>;
  /** The names that the equations speak of. */
  readonly spoken: ReadonlySet<string>;
}

/** `name[indices] = value` */
export interface Equation {
  readonly node: NodeId;
  readonly name: string;
  readonly indices: ReadonlyArray<Expression>;
  readonly value: Value;
  readonly labels: ReadonlyArray<FeatureAxis>;
}

interface Wanted {
  readonly reached: ReadonlySet<NodeId>;
  readonly orders: ReadonlyMap<string, ReadonlyArray<string>>;
  readonly shown: ReadonlyArray<NodeId>;
  readonly asProgram: boolean;
}

export const readOnce = (
  circuit: Circuit,
  names: ReadonlyMap<NodeId, string>,
  { reached, orders, shown, asProgram }: Wanted,
): Once => {
  const needed = new Set<NodeId>();
  const unwritable = new Set<string>();
  const bounds = new Map<string, Bound>();
  const indicesOf = (id: NodeId): ReadonlyArray<TimeAxis> => {
    const { op, axes, name: title } = nodeAt(circuit, id);
    const order: ReadonlyArray<string> = orders.get(op.tag === "input" ? op.name : (title ?? "")) ?? [];
    const times = axes.flatMap((axis) => (axis.tag === "time" ? [axis] : []));
    return [...times].sort((a, b) => order.indexOf(a.key) - order.indexOf(b.key));
  };
  const readerOf = (root: Reading["root"], strict: boolean, noted: Bound[] = []) =>
    newReader({
      circuit: withoutEmpty(circuit, names, (axis) => !asProgram || hasPositions(circuit, root.node, axis)),
      names,
      indicesOf,
      root,
      strict,
      asProgram,
      need: (id) => void needed.add(id),
      unwritable: (what) => void unwritable.add(what),
      bound: (bound) => {
        noted.push(bound);
        return agrees(bounds, bound);
      },
    });
  const equation = (id: NodeId, where: Where, value: Value): Equation => {
    const labels = nodeAt(circuit, id).axes.flatMap((axis) => (axis.tag === "feature" ? [axis] : []));
    const indices = indicesOf(id).map((axis) => indexOf(placeOf(where, axis)!));
    return { node: id, name: names.get(id)!, indices, value: oriented(value, labels), labels };
  };
  const defined = [...names.keys()].filter((id) => reached.has(id) && !isLeaf(circuit, id)).sort((a, b) => a - b);
  const read = defined.map((id) => {
    const noted: Bound[] = [];
    return { id, value: readerOf({ node: id, where: here }, true, noted).read(id, here), end: baseOf(circuit, noted) };
  });
  const bases = read.flatMap(({ id, end }) => {
    if (end === undefined) return [];
    const where: Where = new Map([[end.axis.key, end]]);
    return [equation(id, where, readerOf({ node: id, where }, false).read(id, where))];
  });
  const equations = read.map(({ id, value }) => equation(id, here, value));
  const none = { node: -1, where: here };
  const written = new Map(shown.map((id) => [id, readerOf(none, true).read(id, here)] as const));
  const boundaries = [...bounds.values()].map((bound) => ({
    ...equation(bound.node, new Map([[bound.axis.key, outsideOf(bound)]]), bound.value ?? zero),
    bound,
  }));
  const all = [...[...equations, ...boundaries].map(({ value }) => value), ...written.values()];
  const spoken = new Set(all.flatMap(({ expression }) => referencesIn(expression).map((reference) => reference.name)));
  return {
    equations,
    boundaries,
    bases,
    shown: written,
    unwritable: [...unwritable],
    indicesOf,
    needed: [...needed],
    spoken,
  };
};

const zero: Value = { expression: number(0), labels: [] };

/** The end at which an equation of an adjoint loses its terms from further on. */
const baseOf = (
  { nodes }: Circuit,
  noted: ReadonlyArray<Bound>,
): Extract<ReadPlace, { readonly tag: "at" }> | undefined => {
  const far = noted.filter(({ node, value }) => value !== undefined && nodeAt({ nodes }, node).name?.startsWith("∂"));
  const [first] = far;
  const isOne = far.every(
    ({ axis, side, position }) =>
      axis.key === first!.axis.key && side === first!.side && position === (side === "before" ? 0 : 1),
  );
  if (first === undefined || !isOne) return undefined;
  const position: Position =
    first.side === "before" ? { tag: "fromStart", position: 1 } : { tag: "fromEnd", offset: 0 };
  return { tag: "at", axis: first.axis, position };
};

/** Whether a boundary is what it was said to be before; one for which any value does gives way. */
const agrees = (bounds: Map<string, Bound>, bound: Bound): boolean => {
  const key = [bound.node, bound.axis.key, bound.side, bound.position].join();
  const known = bounds.get(key)?.value;
  if (known === undefined) bounds.set(key, bound);
  return known === undefined || bound.value === undefined || JSON.stringify(known) === JSON.stringify(bound.value);
};

const outsideOf = ({ axis, side, position }: Bound): ReadPlace => ({
  tag: "at",
  axis,
  position: side === "before" ? { tag: "fromStart", position } : { tag: "fromEnd", offset: position },
});

const isLeaf = ({ nodes }: Circuit, id: NodeId): boolean =>
  nodeAt({ nodes }, id).op.tag === "parameter" || nodeAt({ nodes }, id).op.tag === "input";
