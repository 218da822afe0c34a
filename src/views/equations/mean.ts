import { type Axis, knownSize } from "../../circuit/axis.ts";
import type { NodeId } from "../../circuit/circuit.ts";
import { captures, type Where } from "./places.ts";
import { constantOf, nodeOf, operandsOf, type Reading } from "./reading.ts";

/** A sum over how many there are of what is summed: the mean of what, along which axis. */
export const meanOf = (
  reading: Reading,
  id: NodeId,
  where: Where,
): { readonly operand: NodeId; readonly axis: Axis } | undefined => {
  const [sum = -1, count = -1] = operandsOf(reading, id, "div") ?? [];
  if (sum === -1 || reading.names.has(sum)) return undefined;
  const { op, inputs } = nodeOf(reading, sum);
  const [axis] = op.tag === "reduce" && op.fn === "sum" && op.over.length === 1 ? op.over : [];
  if (axis === undefined || !counts(reading, count, axis)) return undefined;
  const features = nodeOf(reading, inputs[0]!).axes.filter(({ tag }) => tag === "feature");
  const isPlain = axis.tag === "time" ? !captures(where, axis) : features.length === 1;
  return isPlain ? { operand: inputs[0]!, axis } : undefined;
};

/** Whether a node is the number of positions of an axis, perhaps as so many ones. */
const counts = (reading: Reading, id: NodeId, axis: Axis): boolean => {
  const [one, length] = operandsOf(reading, id, "mul") ?? [];
  if (one !== undefined && constantOf(reading, one) === 1) return counts(reading, length!, axis);
  const { op } = nodeOf(reading, id);
  if (op.tag === "length") return op.axis.key === axis.key;
  return constantOf(reading, id) === (knownSize(axis) ?? 0);
};
