import type { FeatureAxis, TimeAxis } from "../../circuit/axis.ts";
import type { Circuit, Node, NodeId } from "../../circuit/circuit.ts";
import { nodeAt } from "../../circuit/node-at.ts";
import type { Expression } from "../../syntax/tree.ts";
import { labelOf, type Where } from "./places.ts";
import type { Ones, Value } from "./value.ts";

/**
 * A circuit while it is read back as equations. What cannot be written as things stand is noted: a node that needs a
 * name of its own, so that all is read again with it, or a form that the language lacks.
 */
export interface Reading extends Ones {
  readonly circuit: Circuit;
  /** The nodes that stand for themselves, by the name to show. */
  readonly names: ReadonlyMap<NodeId, string>;
  /** The time axes of a named node, in the order of its indices. */
  readonly indicesOf: (id: NodeId) => ReadonlyArray<TimeAxis>;
  /** The node whose equation is being read. */
  readonly root: { readonly node: NodeId; readonly where: Where };
  /** Whether the program must mean the same for every length; else `h[T-1]` may stand though T could be 1. */
  readonly strict: boolean;
  /** Whether it is to be a program, which has a part of a vector only as a variable; else `z[t][1..8]` may stand. */
  readonly asProgram: boolean;
  readonly read: (id: NodeId, where: Where) => Value;
  readonly condition: (id: NodeId, where: Where) => Expression;
  readonly needName: (id: NodeId) => Value;
  /** Notes what a named node is outside its axis; false if it is known to be something else there. */
  readonly bound: (boundary: Bound) => boolean;
  readonly unwritable: (what: string) => void;
  /** A component to sum over that nothing else stands for. */
  readonly freshLabel: (axis: FeatureAxis) => FeatureAxis;
}

/** The value of a named node at a position outside `axis`: an equation `h[0] = …`. */
export interface Bound {
  readonly node: NodeId;
  readonly axis: TimeAxis;
  /** How far before the first position (0, -1, …) or, after the end, behind the last (1, 2, …). */
  readonly side: "before" | "after";
  readonly position: number;
  /** Absent where any value will do, as a factor beside it is 0. */
  readonly value: Value | undefined;
}

/** What is known before anything is read. */
interface Nodes {
  readonly circuit: Pick<Circuit, "nodes">;
}

export const nodeOf = ({ circuit }: Nodes, id: NodeId): Node => nodeAt(circuit, id);

/** Whether a node stands for itself, as the one whose equation is being read does at other positions. */
export const isNamed = ({ names, root }: Reading, id: NodeId, where: Where): boolean =>
  names.has(id) && !(id === root.node && where === root.where);

export const constantOf = (reading: Nodes, id: NodeId): number | undefined => {
  const { op } = nodeOf(reading, id);
  return op.tag === "constant" ? op.value : undefined;
};

/** The components of a node, as they are known where it is read. */
export const labelsOf = (reading: Reading, id: NodeId, where: Where): ReadonlyArray<FeatureAxis> =>
  nodeOf(reading, id).axes.flatMap((axis) => (axis.tag === "feature" ? [labelOf(where, axis)] : []));

/** The operands of a function at every position, if the node is one. */
export const operandsOf = (reading: Nodes, id: NodeId, fn: string): ReadonlyArray<NodeId> | undefined => {
  const { op, inputs } = nodeOf(reading, id);
  return op.tag === "map" && op.fn === fn ? inputs : undefined;
};
