import { type Axis, type FeatureAxis, featuresOf, hasAxis, sameAxis, withoutAxes } from "../../circuit/axis.ts";
import type { Circuit, Node, NodeId } from "../../circuit/circuit.ts";
import { components } from "../../circuit/components.ts";
import { nodeAt } from "../../circuit/node-at.ts";

/** A sum of products of two values, one of which has components of its own: `U h`, or the sum of `outer(∂a, h)`. */
export interface Candidate {
  readonly sum: NodeId;
  readonly shared: NodeId;
  readonly own: NodeId;
  /** The components of `own` alone. */
  readonly along: FeatureAxis;
  /** Candidates with the same key have the shared value and can be one sum. */
  readonly key: string;
  /** Whether `own` is a parameter; otherwise it is computed. */
  readonly isGiven: boolean;
}

/** The two factors of a sum of a product that nothing else reads. */
export interface Contraction {
  readonly over: ReadonlyArray<Axis>;
  readonly factors: readonly [NodeId, NodeId];
}

/** A circuit with what is asked of it time and again. */
export interface Studied {
  readonly circuit: Circuit;
  readonly uses: (id: NodeId) => number;
  /** The recurrence that a node is part of, by a number of its own. */
  readonly recurrenceOf: (id: NodeId) => number | undefined;
  /**
   * Whether a node may be computed from another one, whatever else is made to under this condition: no cycle arises, in a
   * position or over all of them, and nothing comes into a recurrence that was in none.
   */
  readonly mayFollow: (id: NodeId, other: NodeId) => boolean;
}

export const studied = (circuit: Circuit): Studied => {
  const { nodes, outputs } = circuit;
  const uses = nodes.map(() => 0);
  for (const id of [...nodes.flatMap(({ inputs }) => inputs), ...outputs.map(({ node }) => node)]) uses[id]! += 1;
  const recurrences = new Map<NodeId, number>();
  // More than that of all that a node is computed from, but for its recurrence; and the same at one position.
  const levels = new Map<NodeId, number>();
  const depths: number[] = [];
  for (const { op, inputs } of nodes)
    depths.push(Math.max(0, ...inputs.map((input, i) => (op.tag === "delay" && i === 1 ? 0 : depths[input]! + 1))));
  const all = nodes.map((_, id) => id);
  components(all, (id) => nodeAt({ nodes }, id).inputs).forEach((members, at) => {
    const inputs = members.flatMap((id) => nodeAt({ nodes }, id).inputs);
    const level = Math.max(0, ...inputs.map((input) => (levels.get(input) ?? -1) + 1));
    const own = new Set(members);
    const isRecurrence = inputs.some((input) => own.has(input));
    for (const id of members) {
      levels.set(id, level);
      if (isRecurrence) recurrences.set(id, at);
    }
  });
  return {
    circuit,
    uses: (id) => uses[id]!,
    recurrenceOf: (id) => recurrences.get(id),
    mayFollow: (id, other) =>
      levels.get(other)! < levels.get(id)! ||
      (recurrences.has(id) && recurrences.get(id) === recurrences.get(other) && depths[other]! < depths[id]!),
  };
};

export const contractionOf = ({ circuit: { nodes }, uses }: Studied, id: NodeId): Contraction | undefined => {
  const { op, inputs } = nodeAt({ nodes }, id);
  const [operand = -1] = inputs;
  if (op.tag !== "reduce" || op.fn !== "sum" || !isProduct(nodeAt({ nodes }, operand)) || uses(operand) > 1)
    return undefined;
  const [left, right] = nodeAt({ nodes }, operand).inputs as readonly [NodeId, NodeId];
  const isInner = (factor: NodeId) => isProduct(nodeAt({ nodes }, factor)) && uses(factor) === 1;
  return isInner(left) || isInner(right) ? undefined : { over: op.over, factors: [left, right] };
};

const isProduct = ({ op }: Node): boolean => op.tag === "map" && op.fn === "mul";

export const candidatesOf = (studied: Studied): ReadonlyArray<Candidate> =>
  studied.circuit.nodes.flatMap((_, sum) => {
    const found = contractionOf(studied, sum);
    if (found === undefined) return [];
    const [left, right] = found.factors;
    return [...candidate(studied, sum, found.over, left, right), ...candidate(studied, sum, found.over, right, left)];
  });

const candidate = (
  { circuit: { nodes }, recurrenceOf }: Studied,
  sum: NodeId,
  over: ReadonlyArray<Axis>,
  shared: NodeId,
  own: NodeId,
): ReadonlyArray<Candidate> => {
  const { op, axes } = nodeAt({ nodes }, own);
  const [along, ...others] = withoutAxes(axes, over);
  const isContraction = [own, shared].every((id) => over.every((axis) => hasAxis(nodeAt({ nodes }, id).axes, axis)));
  const isLone = along?.tag === "feature" && others.length === 0 && !hasAxis(nodeAt({ nodes }, shared).axes, along);
  if (!isContraction || !isLone || withoutAxes(nodeAt({ nodes }, shared).axes, axes).length === 0) return [];
  // The outermost components of the result: its share of the whole is then one dense block.
  if (!sameAxis(featuresOf(nodeAt({ nodes }, sum).axes)[0]!, along)) return [];
  const isGiven = op.tag === "parameter" && sameAxis(axes[0]!, along);
  if (!isGiven && op.tag !== "map" && op.tag !== "reduce") return [];
  const key = [shared, over.map((axis) => axis.key).join(), along.slot, isGiven, recurrenceOf(sum)].join("|");
  return [{ sum, shared, own, along, key, isGiven }];
};
