import type { NodeId, Pointwise } from "../../circuit/circuit.ts";
import { nodeOf, operandsOf, type Reading } from "./reading.ts";

/** A function of the language that a circuit is made of others for, and its operands. */
export interface Composed {
  readonly fn: "clip" | "logaddexp";
  readonly operands: ReadonlyArray<NodeId>;
}

export const composedOf = (reading: Reading, id: NodeId, fn: Pointwise): Composed | undefined =>
  fn === "select" ? clipOf(reading, id) : fn === "add" ? logAddExpOf(reading, id) : undefined;

/** `if low <= x and x <= high then x else min(max(x, low), high)`. */
const clipOf = (reading: Reading, id: NodeId): Composed | undefined => {
  const [isWithin, x, outside] = nodeOf(reading, id).inputs;
  const [above, below] = operandsOf(reading, isWithin!, "and") ?? [];
  const [low, first] = above === undefined ? [] : (operandsOf(reading, above, "lessEqual") ?? []);
  const [second, high] = below === undefined ? [] : (operandsOf(reading, below, "lessEqual") ?? []);
  const [raised, limit] = operandsOf(reading, outside!, "min") ?? [];
  const [third, least] = raised === undefined ? [] : (operandsOf(reading, raised, "max") ?? []);
  const isClip = [first, second, third].every((each) => each === x) && least === low && limit === high;
  return isClip && low !== undefined && high !== undefined ? { fn: "clip", operands: [x!, low, high] } : undefined;
};

/** The greater of two and the softplus of what the other is less. */
const logAddExpOf = (reading: Reading, id: NodeId): Composed | undefined => {
  const [greater, more] = nodeOf(reading, id).inputs;
  const [apart] = operandsOf(reading, more!, "softplus") ?? [];
  const [, , difference] = apart === undefined ? [] : (operandsOf(reading, apart, "select") ?? []);
  const [lesser, subtracted] = difference === undefined ? [] : (operandsOf(reading, difference, "sub") ?? []);
  const [isFirst, x, y] = operandsOf(reading, greater!, "select") ?? [];
  const [isSame, other, one] = lesser === undefined ? [] : (operandsOf(reading, lesser, "select") ?? []);
  const compared = isFirst === undefined ? undefined : operandsOf(reading, isFirst, "lessEqual");
  const isSum = subtracted === greater && isSame === isFirst && one === x && other === y;
  return isSum && compared?.[0] === y && compared?.[1] === x ? { fn: "logaddexp", operands: [x!, y!] } : undefined;
};
