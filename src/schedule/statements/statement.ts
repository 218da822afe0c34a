import type { Axis, CountedAxis, TimeAxis } from "../../circuit/axis.ts";
import type { NodeId, Output } from "../../circuit/circuit.ts";

/**
 * What has to be executed: every node that is more than another way of reading what stands in a buffer, with the ways
 * of computing it that differ in their loops.
 */
export type Statement = {
  /** The pass over the segments of an axis that it is part of, if there are any. */
  readonly phase?: number;
} /** A value at each position of the node's axes: a map, a value at a position, a delay that must be copied. */ & (
  | { readonly tag: "point"; readonly id: StatementId; readonly node: NodeId; readonly axes: ReadonlyArray<Axis> }
  /** A sum of products in which a one-hot factor picks one position: the other factors, read at the symbol. */
  | (Summand & {
      readonly tag: "lookup";
      readonly id: StatementId;
      readonly node: NodeId;
      readonly axes: ReadonlyArray<Axis>;
    })
  | { readonly tag: "concat"; readonly id: StatementId; readonly node: NodeId; readonly axes: ReadonlyArray<Axis> }
  /** A sum or a maximum computed by plain loops. */
  | (Summand & {
      readonly tag: "reduction";
      readonly id: StatementId;
      readonly node: NodeId;
      readonly axes: ReadonlyArray<Axis>;
      readonly fn: "sum" | "max";
      readonly over: ReadonlyArray<Axis>;
    })
  /** A sum over `over` of products spread over `axis` by a symbol: result[symbol] += product. */
  | (Summand & {
      readonly tag: "scatter";
      readonly id: StatementId;
      readonly node: NodeId;
      readonly axes: ReadonlyArray<Axis>;
      readonly over: ReadonlyArray<Axis>;
      readonly axis: CountedAxis;
      readonly symbol: NodeId;
      /** How the axes of the one-hot factor were renamed: the symbol is read through them. */
      readonly renames: Renames;
    })
  /** A contraction of two operands that stand in buffers: a (batched) matrix product. */
  | {
      readonly tag: "product";
      readonly id: StatementId;
      readonly node: NodeId;
      readonly axes: ReadonlyArray<Axis>;
      readonly left: NodeId;
      readonly right: NodeId;
      readonly over: ReadonlyArray<Axis>;
    }
  /** Writes the boundary values of delays beside the buffer of their source. */
  | { readonly tag: "boundary"; readonly id: StatementId; readonly pad: Pad; readonly axes: ReadonlyArray<Axis> }
  /** Copies a value to where the caller expects it. */
  | { readonly tag: "result"; readonly id: StatementId; readonly output: Output; readonly axes: ReadonlyArray<Axis> }
);

/** A node's number for its statement; boundary and result statements are numbered after all nodes. */
export type StatementId = number;

/** Which loops over time axes and examples a statement stands in: statements with the same key can share them. */
export const loopKey = ({ axes, phase }: Statement): string =>
  [
    ...axes.filter((axis) => axis.tag !== "feature").map((axis) => axis.key),
    ...(phase === undefined ? [] : [phase]),
  ].join();

export type Renames = ReadonlyArray<readonly [from: Axis, to: Axis]>;

/** The product of the factors, read where each look-up's axis stands at its symbol. */
export interface Summand {
  readonly factors: ReadonlyArray<NodeId>;
  readonly lookups: ReadonlyArray<{ readonly axis: CountedAxis; readonly symbol: NodeId; readonly renames: Renames }>;
}

/** Rows before position 1 and after position T of a buffer, so that a delay is a shifted view of its source. */
export interface Pad {
  readonly source: NodeId;
  readonly axis: TimeAxis;
  readonly front: number;
  readonly back: number;
  readonly frontValue: NodeId | undefined;
  readonly backValue: NodeId | undefined;
}
