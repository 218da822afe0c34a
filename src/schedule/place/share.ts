import { type Axis, sameAxis } from "../../circuit/axis.ts";
import type { NodeId } from "../../circuit/circuit.ts";
import { nodeAt } from "../../circuit/node-at.ts";
import { CompilerFault } from "../../fault.ts";
import type { Share } from "../statements/shares.ts";
import type { BufferPlace } from "./places.ts";
import type { Placing } from "./placing.ts";

/** A part of a concatenation stands where the whole does, which is given a place with the first of its parts. */
export const placeInWhole = (
  { classified: { circuit }, places }: Placing,
  part: NodeId,
  { whole, from }: Share,
  axesOfWhole: () => ReadonlyArray<Axis>,
): BufferPlace => {
  const { op, name } = nodeAt(circuit, whole);
  if (op.tag !== "concat") throw new CompilerFault("schedule", `node ${whole} has parts, but is ${op.tag}`);
  const place = places.placed(whole, () => places.allocate(name ?? `v${whole}`, axesOfWhole()));
  const own = nodeAt(circuit, part).axes.find((axis) => axis.tag === "feature" && axis.slot === op.axis.slot)!;
  const { stride } = place.strides.find(({ axis }) => sameAxis(axis, op.axis))!;
  return {
    ...place,
    strides: place.strides.map((each) => (sameAxis(each.axis, op.axis) ? { axis: own, stride } : each)),
    start: from * stride.factor,
  };
};
