import type { Axis } from "../../circuit/axis.ts";
import type { NodeId } from "../../circuit/circuit.ts";
import { nodeOf, operandsOf, type Reading } from "./reading.ts";

type Nodes = Pick<Reading, "circuit">;

/** What exponentials are taken of, made safe by taking off the greatest, and over which axes they are normed. */
export interface Normed {
  readonly operand: NodeId;
  readonly over: ReadonlyArray<Axis>;
}

/** exp(x - max(x)) over the sum of the same: the softmax of x. */
export const softmaxOf = (nodes: Nodes, above: NodeId, below: NodeId): Normed | undefined => {
  const { op, inputs } = nodeOf(nodes, below);
  if (op.tag !== "reduce" || op.fn !== "sum" || inputs[0] !== above) return undefined;
  const [exponent] = operandsOf(nodes, above, "exp") ?? [];
  const [operand, most] = (exponent === undefined ? undefined : operandsOf(nodes, exponent, "sub")) ?? [];
  if (operand === undefined || most === undefined) return undefined;
  return isGreatest(nodes, most, operand, op.over) ? { operand, over: op.over } : undefined;
};

/** x - max(x) - log(sum(exp(x - max(x)))): the logarithm of the softmax of x. */
export const logSoftmaxOf = (
  nodes: Nodes,
  id: NodeId,
): (Normed & { readonly ratio: readonly [NodeId, NodeId] }) | undefined => {
  const [shifted, log] = operandsOf(nodes, id, "sub") ?? [];
  const [total] = (log === undefined ? undefined : operandsOf(nodes, log, "log")) ?? [];
  if (shifted === undefined || total === undefined) return undefined;
  const [exponential] = nodeOf(nodes, total).inputs;
  if (exponential === undefined || operandsOf(nodes, exponential, "exp")?.[0] !== shifted) return undefined;
  const found = softmaxOf(nodes, exponential, total);
  return found && { ...found, ratio: [exponential, total] };
};

/** max(x) + log(sum(exp(x - max(x)))). */
export const logSumExpOf = (nodes: Nodes, id: NodeId): Normed | undefined => {
  const [most, log] = operandsOf(nodes, id, "add") ?? [];
  const [total] = (log === undefined ? undefined : operandsOf(nodes, log, "log")) ?? [];
  if (most === undefined || total === undefined) return undefined;
  const [exponential] = nodeOf(nodes, total).inputs;
  const found = exponential === undefined ? undefined : softmaxOf(nodes, exponential, total);
  return found && isGreatest(nodes, most, found.operand, found.over) ? found : undefined;
};

const isGreatest = (nodes: Nodes, id: NodeId, of: NodeId, over: ReadonlyArray<Axis>): boolean => {
  const safe = operandsOf(nodes, id, "stop")?.[0] ?? id;
  const most = operandsOf(nodes, safe, "select")?.[1] ?? safe;
  const { op, inputs } = nodeOf(nodes, most);
  const same = op.tag === "reduce" && op.over.map(({ key }) => key).join() === over.map(({ key }) => key).join();
  return same && op.fn === "max" && inputs[0] === of;
};
