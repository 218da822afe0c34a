import { featuresOf, hasAxis } from "../circuit/axis.ts";
import type { Node, NodeId, Pointwise } from "../circuit/circuit.ts";
import type { Model } from "../circuit/model.ts";
import { nodeAt } from "../circuit/node-at.ts";
import { circlesOf, type Variable } from "./carried.ts";
import { type Factor, nothing, one, product, root, sum } from "./factor.ts";
import { staysAt } from "./moved.ts";

/**
 * Whether variables are a whole state: what one of them is at a position depends on earlier ones only through what they are at
 * the position before. Then slopes over several positions are the products of those over one.
 */
export const isWholeState = (model: Model, variables: ReadonlyArray<Variable>): boolean => {
  const circle = circleOf(model, variables);
  if (circle === undefined) return false;
  const isElsewhere = circle.some((id) =>
    nodeAt(model.circuit, id).axes.some(({ tag, key }) => tag === "time" && key !== variables[0]!.axis.key),
  );
  if (isElsewhere) return false;
  const crossings = circle.map((id) => nodeAt(model.circuit, id)).filter(({ op }) => !staysAt(op, variables[0]!.axis));
  const steps = crossings.map(({ op, inputs }) =>
    op.tag === "delay" && variables.some(({ node }) => node === inputs[1]) ? op.by : 0,
  );
  return [1, -1].some((step) => steps.every((by) => by === step));
};

const circleOf = (model: Model, variables: ReadonlyArray<Variable>): ReadonlyArray<NodeId> | undefined =>
  circlesOf(model).find((circle) => variables.every(({ node }) => circle.includes(node)));

/** The greatest slopes of functions that have one. */
const slopes: { readonly [P in Pointwise]?: number } = {
  neg: 1,
  tanh: 1,
  sigmoid: 0.25,
  softplus: 1,
  sin: 1,
  cos: 1,
  atan: 1,
  erf: 1.1283791670955126,
};

/**
 * What a step of a whole state that is one variable stretches it by at most, whatever the state is: functions by their
 * greatest slopes, matrices by their greatest singular values (Pascanu, Mikolov and Bengio 2013). Undefined where a
 * step is made of anything that has no such bound.
 */
export const stepBound = (model: Model, variables: ReadonlyArray<Variable>): Factor | undefined => {
  const [variable, ...others] = variables;
  if (variable === undefined || others.length > 0 || !isWholeState(model, variables)) return undefined;
  const circle = new Set(circleOf(model, variables)!);
  const known = new Map<NodeId, Factor | undefined>();
  const at = (id: NodeId): Factor | undefined => {
    if (!circle.has(id)) return nothing;
    if (!known.has(id)) known.set(id, boundAt(model, id, at, circle));
    return known.get(id);
  };
  return at(variable.node);
};

type Ask = (id: NodeId) => Factor | undefined;

const boundAt = (model: Model, id: NodeId, at: Ask, circle: ReadonlySet<NodeId>): Factor | undefined => {
  const node = nodeAt(model.circuit, id);
  const { op, inputs } = node;
  if (op.tag === "delay") return one;
  if (op.tag === "slice" || op.tag === "rename") return at(inputs[0]!);
  if (op.tag === "concat") return all(inputs.map(at), root);
  if (op.tag === "reduce") return op.fn === "sum" ? stretchedBy(model, node, at, circle) : undefined;
  return op.tag === "map" ? boundOfMap(model, node, op.fn, at, circle) : undefined;
};

const all = (
  factors: ReadonlyArray<Factor | undefined>,
  combine: (...factors: ReadonlyArray<Factor>) => Factor,
): Factor | undefined =>
  factors.every((factor): factor is Factor => factor !== undefined) ? combine(...factors) : undefined;

const boundOfMap = (
  model: Model,
  { inputs, axes }: Node,
  fn: Pointwise,
  at: Ask,
  circle: ReadonlySet<NodeId>,
): Factor | undefined => {
  const moving = inputs.filter((input) => circle.has(input));
  const keysOf = (list: Node["axes"]): string =>
    featuresOf(list)
      .map(({ key }) => key)
      .join();
  // Where a number is spread over components it counts at each of them.
  if (moving.some((input) => keysOf(nodeAt(model.circuit, input).axes) !== keysOf(axes))) return undefined;
  const [first, second] = inputs;
  const slope = slopes[fn];
  if (slope !== undefined) return all([at(first!)], (of) => product({ tag: "number", value: slope }, of));
  if (fn === "stop" || fn === "less" || fn === "lessEqual" || fn === "equal") return nothing;
  if (fn === "add" || fn === "sub") return all(inputs.map(at), sum);
  if (fn === "min" || fn === "max") return all(inputs.map(at), root);
  if (fn === "select") return all(inputs.slice(1).map(at), root);
  if (fn !== "mul" || moving.length !== 1) return undefined;
  const other = circle.has(first!) ? second! : first!;
  return all([at(moving[0]!)], (of) => product(sizeOf(model, other), of));
};

const sizeOf = (model: Model, node: NodeId): Factor => {
  const { op } = nodeAt(model.circuit, node);
  return op.tag === "constant" ? { tag: "number", value: Math.abs(op.value) } : { tag: "greatest", node };
};

/** The product of a matrix, the same at all positions, with a vector that moves. */
const stretchedBy = (model: Model, node: Node, at: Ask, circle: ReadonlySet<NodeId>): Factor | undefined => {
  const found = matrixTimes(model, node, circle);
  return found && all([at(found.vector)], (of) => product({ tag: "norm", node: found.matrix }, of));
};

export interface MatrixProduct {
  readonly matrix: NodeId;
  readonly vector: NodeId;
  /** What is summed. */
  readonly product: NodeId;
}

/** A matrix that does not move, and the vector that it is multiplied with, where a node is their product. */
export const matrixTimes = (
  { circuit }: Pick<Model, "circuit">,
  { op, inputs }: Node,
  circle: ReadonlySet<NodeId>,
): MatrixProduct | undefined => {
  if (op.tag !== "reduce" || op.fn !== "sum") return undefined;
  const { op: inner, inputs: factors } = nodeAt(circuit, inputs[0]!);
  if (inner.tag !== "map" || inner.fn !== "mul") return undefined;
  const [matrix, vector] = circle.has(factors[0]!) ? [factors[1]!, factors[0]!] : [factors[0]!, factors[1]!];
  if (!circle.has(vector) || circle.has(matrix)) return undefined;
  const fixed = nodeAt(circuit, matrix).axes;
  const [summed, ...others] = featuresOf(nodeAt(circuit, vector).axes);
  const isMatrix = fixed.every(({ tag }) => tag === "feature") && fixed.length <= 2;
  const isSummed = summed !== undefined && others.length === 0 && op.over.length === 1 && hasAxis(op.over, summed);
  return isMatrix && isSummed && hasAxis(fixed, summed) ? { matrix, vector, product: inputs[0]! } : undefined;
};
