import { type FeatureAxis, featureAxis } from "../../circuit/axis.ts";
import { newBuilder } from "../../circuit/build.ts";
import type { Circuit, NodeId } from "../../circuit/circuit.ts";
import { nodeAt } from "../../circuit/node-at.ts";
import { startsOf } from "../../circuit/offsets.ts";
import type { Pass } from "../../circuit/pass.ts";
import { copyNode } from "../../circuit/rewrite.ts";
import { contractionOf, type Studied, studied } from "./candidates.ts";
import { type Group, isRun, type Stacks, stacksOf } from "./stacks.ts";

/**
 * Products that share a factor become one: `U h` and `V h` are parts of `[U; V] h`, such as those of an LSTM's gates, and
 * the gradients of their weights are parts of `outer([∂a; ∂b], h)`. A sum of products of what then stands side by side
 * is one product too: `U^T ∂a + V^T ∂b` is `[U; V]^T [∂a; ∂b]`.
 */
export const joinProducts = (isWorthwhile: (part: FeatureAxis) => boolean): Pass => ({
  name: "joined-products",
  description:
    "takes products of few components that share a factor as one, such as those of gates, their weights laid side by side",
  run: (circuit) => {
    const known = studied(circuit);
    const stacks = stacksOf(known, isWorthwhile);
    return stacks.groups.length === 0 ? circuit : rebuilt(known, stacks);
  },
});

/**
 * Whether parts leave much of a kernel's tile idle, so that one product is faster. From some 32 components on the parts
 * fill it by themselves, and gates that stand apart from their sums cost more memory than the one product saves.
 */
export const fewComponents = ({ size }: FeatureAxis): boolean => size < 32;

/** A value that stands side by side with others along an axis. */
interface Run {
  readonly node: NodeId;
  readonly axis: FeatureAxis;
  /** Where each of its members begins. */
  readonly starts: ReadonlyArray<number>;
}

const rebuilt = (known: Studied, { groups, stackOf }: Stacks): Circuit => {
  const { circuit } = known;
  const b = newBuilder();
  const made = new Map<NodeId, NodeId>();
  const open: Array<readonly [feedback: NodeId, source: NodeId]> = [];
  const groupOf = new Map(groups.flatMap((group) => group.map(({ sum }) => [sum, group] as const)));

  const make = (id: NodeId): NodeId => {
    const known = made.get(id);
    if (known !== undefined) return known;
    const node = nodeAt(circuit, id);
    const group = groupOf.get(id);
    const result = group !== undefined ? partOf(group, id) : (joinedTerms(id) ?? copied(id));
    made.set(id, result);
    if (node.name !== undefined) b.name(result, node.name, node.span);
    return result;
  };
  const copied = (id: NodeId): NodeId => {
    const node = nodeAt(circuit, id);
    const { op, inputs, axes } = node;
    const source = inputs[1]!;
    if (op.tag !== "delay" || source < id || made.has(source)) return copyNode(b, node, inputs.map(make));
    const feedback = b.feedback(op.axis, op.by, make(inputs[0]!), axes);
    open.push([feedback, source]);
    return feedback;
  };
  const runOf = (members: ReadonlyArray<NodeId>, slot: number): Run => {
    const stack = stackOf(members[0]!)!;
    const sizes = stack.map((id) => sizeOn(circuit, id, slot));
    const starts = startsOf(sizes);
    const first = stack.indexOf(members[0]!);
    const size = starts[first + members.length]! - starts[first]!;
    const whole = b.concat(slot, sizes, stack.map(make));
    const axis = featureAxis(slot, starts.at(-1)!);
    return {
      node: b.slice(axis, starts[first]!, size, whole),
      axis: featureAxis(slot, size),
      starts: members.map((_, i) => starts[first + i]! - starts[first]!),
    };
  };
  const partOf = (group: Group, id: NodeId): NodeId => {
    const { shared, along, sum } = group[0]!;
    const run = runOf(
      group.map(({ own }) => own),
      along.slot,
    );
    const joint = b.sum(contractionOf(known, sum)!.over, b.map("mul", make(shared), run.node));
    const at = group.findIndex((member) => member.sum === id);
    return b.slice(run.axis, run.starts[at]!, group[at]!.along.size, joint);
  };
  /** The terms of a sum that are products of what stands side by side in two stacks become one. */
  const joinedTerms = (id: NodeId): NodeId | undefined => {
    const terms = termsOf(known, id);
    const first = terms.findIndex((term) => pairOf(term) !== undefined);
    const pair = first < 0 ? undefined : pairOf(terms[first]!);
    if (pair === undefined) return undefined;
    const joined = terms.flatMap((term) => {
      const other = pairOf(term);
      const isBeside =
        other !== undefined &&
        stackOf(other.factors[0]) === stackOf(pair.factors[0]) &&
        stackOf(other.factors[1]) === stackOf(pair.factors[1]) &&
        known.recurrenceOf(term) === known.recurrenceOf(terms[first]!);
      return isBeside ? [{ term, factors: other.factors }] : [];
    });
    const stack = stackOf(pair.factors[0])!;
    const inOrder = joined.toSorted((p, q) => stack.indexOf(p.factors[0]) - stack.indexOf(q.factors[0]));
    const sides = ([0, 1] as const).map((side) => inOrder.map(({ factors }) => factors[side]));
    const isSound = sides.every((side) => stackOf(side[0]!)!.every((other) => known.mayFollow(id, other)));
    if (joined.length < 2 || !isSound || !sides.every((side) => isRun(stackOf(side[0]!)!, side))) return undefined;
    const [left, right] = sides.map((side) => runOf(side, pair.axis.slot));
    const joint = b.sum([left!.axis], b.map("mul", left!.node, right!.node));
    const rest = terms.filter((term) => joined.every((each) => each.term !== term)).map(make);
    return rest.reduce((sum, term) => b.map("add", sum, term), joint);
  };
  /** The factors of a term that are summed over the components along which they stand in stacks. */
  const pairOf = (
    id: NodeId,
  ): { readonly factors: readonly [NodeId, NodeId]; readonly axis: FeatureAxis } | undefined => {
    const found = groupOf.has(id) || known.uses(id) > 1 ? undefined : contractionOf(known, id);
    const [axis, ...others] = found?.over ?? [];
    if (found === undefined || axis?.tag !== "feature" || others.length > 0) return undefined;
    const areStacked = found.factors.every((factor) => stackOf(factor) !== undefined && alongOf(factor) === axis.key);
    if (!areStacked) return undefined;
    const [left, right] = found.factors;
    return { factors: nodeAt(circuit, left).op.tag === "parameter" ? [left, right] : [right, left], axis };
  };
  const along = new Map(groups.flatMap((group) => group.map(({ own, along }) => [own, along.key] as const)));
  const alongOf = (id: NodeId) => along.get(id);

  circuit.nodes.forEach((_, id) => void make(id));
  for (const [feedback, source] of open) b.tie(feedback, make(source));
  return b.finish(circuit.outputs.map((output) => ({ ...output, node: make(output.node) })));
};

/** What a sum adds up, where nothing else reads the sums on the way. */
const termsOf = (known: Studied, id: NodeId): ReadonlyArray<NodeId> => {
  const { op, inputs } = nodeAt(known.circuit, id);
  if (op.tag !== "map" || op.fn !== "add") return [id];
  return inputs.flatMap((input) => (known.uses(input) === 1 ? termsOf(known, input) : [input]));
};

const sizeOn = ({ nodes }: Circuit, id: NodeId, slot: number): number =>
  nodeAt({ nodes }, id).axes.flatMap((axis) => (axis.tag === "feature" && axis.slot === slot ? [axis.size] : []))[0]!;
