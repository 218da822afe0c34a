import { type Axis, sameAxis } from "../../circuit/axis.ts";
import type { NodeId } from "../../circuit/circuit.ts";

/** How a state is read: its sum with other factors over some of its components, or its last value. */
export type Reading = Sum | { readonly tag: "last" };

export interface Sum {
  readonly tag: "sum";
  /** Whether the state is read before it is written. */
  readonly isBefore: boolean;
  /** How the axes of the state are renamed before it is multiplied. */
  readonly renames: Renames;
  readonly over: ReadonlyArray<Axis>;
  readonly others: ReadonlyArray<NodeId>;
}

export type Renames = ReadonlyArray<readonly [from: Axis, to: Axis]>;

export const renamedAxes = (renames: Renames, axes: ReadonlyArray<Axis>): ReadonlyArray<Axis> =>
  axes.map((axis) => renames.find(([from]) => sameAxis(from, axis))?.[1] ?? axis);
