import type { TimeAxis } from "../../circuit/axis.ts";
import type { Circuit, NodeId } from "../../circuit/circuit.ts";
import { nodeAt } from "../../circuit/node-at.ts";
import { reduction } from "../../syntax/make.ts";
import { captures, moved, type Where } from "./places.ts";
import { constantOf, nodeOf, operandsOf, type Reading } from "./reading.ts";
import type { Value } from "./value.ts";

/** What has been multiplied up to the last position, if nothing of that has a name: `prod[t](…)`. */
export const readRunningProduct = (reading: Reading, id: NodeId, where: Where): Value | undefined => {
  const found = productIn(reading, id) ?? orOneIn(reading, id);
  if (found === undefined || captures(where, found.axis)) return undefined;
  const { axis, factor } = found;
  const { expression, labels } = reading.read(factor, moved(where, axis, { tag: "shift", axis, by: 0 }));
  return { expression: reduction("prod", [axis.key], expression), labels };
};

interface RunningProduct {
  readonly axis: TimeAxis;
  readonly factor: NodeId;
}

/** The last of it. */
const productIn = (reading: Reading, id: NodeId): RunningProduct | undefined => {
  const { op, inputs } = nodeOf(reading, id);
  if (op.tag !== "at" || op.position.tag !== "fromEnd" || op.position.offset !== 0) return undefined;
  const [sofar = -1] = inputs;
  const found = runningAt(reading.circuit, sofar);
  if (found?.axis.key !== op.axis.key || reading.names.has(sofar) || reading.names.has(found.before)) return undefined;
  return found;
};

/** p[t] = p[t-1] * x[t], which begins with 1: what it is before, and x. */
export const runningAt = (
  circuit: Pick<Circuit, "nodes">,
  sofar: NodeId,
): (RunningProduct & { readonly before: NodeId }) | undefined => {
  const [before = -1, factor = -1] = operandsOf({ circuit }, sofar, "mul") ?? [];
  if (before === -1) return undefined;
  const { op, inputs } = nodeAt(circuit, before);
  const [beginning = -1, source = -1] = inputs;
  const isBefore = op.tag === "delay" && op.by === 1 && source === sofar && constantOf({ circuit }, beginning) === 1;
  return isBefore ? { axis: op.axis, factor, before } : undefined;
};

/** The same where the axis may be empty: then it is 1. */
const orOneIn = (reading: Reading, id: NodeId): RunningProduct | undefined => {
  const [condition = -1, last = -1, otherwise = -1] = operandsOf(reading, id, "select") ?? [];
  if (condition === -1 || reading.names.has(last) || constantOf(reading, otherwise) !== 1) return undefined;
  const [none = -1, length = -1] = operandsOf(reading, condition, "less") ?? [];
  const found = productIn(reading, last);
  if (none === -1 || found === undefined || constantOf(reading, none) !== 0) return undefined;
  const { op } = nodeOf(reading, length);
  return op.tag === "length" && op.axis.key === found.axis.key ? found : undefined;
};
