import type { Axis } from "../../circuit/axis.ts";
import type { Circuit } from "../../circuit/circuit.ts";
import type { Lengths } from "./unfolded-graph.ts";

/** How many numbers the unfolded graph has, at most. */
export const unfoldedSize = ({ nodes }: Circuit, lengths: Lengths): number =>
  nodes.reduce((sum, { axes }) => sum + axes.reduce((size, axis) => size * lengthOf(axis, lengths), 1), 0);

const lengthOf = (axis: Axis, lengths: Lengths): number => {
  if (axis.tag === "feature") return axis.size;
  if (axis.tag === "batch") return 1;
  return axis.extent.tag === "fixed" ? axis.extent.size : lengths[axis.extent.name]!;
};
