import { type Axis, hasAxis, sameAxis, unionAxes } from "./axis.ts";
import type { Circuit, Node, NodeId } from "./circuit.ts";
import { mayBeEmpty } from "./empty.ts";
import { nodeAt } from "./node-at.ts";
import { isOwnName } from "./own-names.ts";
import type { Pass } from "./pass.ts";
import { type Ranges, rangesOf } from "./ranges/ranges.ts";
import { isMadeFinite } from "./ranges/relations.ts";
import { copyNode, rebuild } from "./rewrite.ts";

/**
 * Zero absorbs where a symbol picks a component, whatever stands at the others: there a product is an absorbing one. All
 * other products say themselves whether zero absorbs in them; where all is finite it does in any.
 */
export const absorbWherePicked: Pass = {
  name: "absorb-where-picked",
  description:
    "makes products with one-hot vectors absorbing where a factor may be infinite, and no product that need not be",
  run: (circuit) => {
    if (!circuit.nodes.some((node) => isAbsorbing(node) || isPicking(circuit, node))) return circuit;
    const ranges = rangesOf(circuit);
    const chosen = chosenByValue(circuit);
    return rebuild(circuit, (b, node, inputs) => {
      const isProduct = isAbsorbing(node) || isPicking(circuit, node);
      if (!isProduct) return copyNode(b, node, inputs);
      const isHidden = isAbsorbing(node) && node.inputs.some((input) => chosen.has(input));
      return b.map(isTame(ranges, node, isHidden) ? "mul" : "times", ...inputs);
    });
  },
};

export const isAbsorbing = ({ op }: Node): boolean => op.tag === "map" && op.fn === "times";

/** Whether a node is a product with a one-hot vector. */
export const isPicking = (circuit: Circuit, { op, inputs }: Node): boolean =>
  op.tag === "map" && (op.fn === "mul" || op.fn === "times") && inputs.some((input) => isOnehot(circuit, input));

const isOnehot = (circuit: Circuit, id: NodeId): boolean => {
  const { op, inputs } = nodeAt(circuit, id);
  return op.tag === "onehot" || (op.tag === "rename" && isOnehot(circuit, inputs[0]!));
};

/**
 * Whether all factors are finite, where the axes that they depend on have positions. Elsewhere so is no component, nor the
 * loss: unless a choice may have hidden that.
 */
const isTame = ({ at, unless }: Ranges, { inputs, axes }: Node, isHidden: boolean): boolean =>
  inputs.every((input) => at(input, isHidden ? axes : [...axes, ...unless(input)]).finite);

/**
 * The nodes that are computed from a choice by a value of the program's, or by how long an axis is where it may have no
 * positions: not by a position alone, nor along the axis, which asks only where there is one.
 */
const chosenByValue = (circuit: Circuit): ReadonlySet<NodeId> => {
  const { nodes } = circuit;
  const ofValues = reaching(nodes, ({ op }) => op.tag === "parameter" || (op.tag === "input" && !isOwnName(op.name)));
  const ofLengths = lengthsIn(nodes).map((axis) => ({
    axis,
    on: reaching(nodes, ({ op }) => op.tag === "length" && sameAxis(op.axis, axis)),
  }));
  const isByLength = (id: NodeId): boolean => {
    const { op, axes } = nodeAt(circuit, id);
    return op.tag !== "length" && ofLengths.some(({ axis, on }) => on.has(id) && !hasAxis(axes, axis));
  };
  return reaching(
    nodes,
    ({ op, inputs }, id) =>
      op.tag === "map" &&
      op.fn === "select" &&
      (ofValues.has(inputs[0]!) || isByLength(inputs[0]!)) &&
      !isMadeFinite(circuit, id),
  );
};

const lengthsIn = (nodes: ReadonlyArray<Node>): ReadonlyArray<Axis> =>
  unionAxes(nodes.flatMap(({ op }) => (op.tag === "length" && mayBeEmpty(op.axis) ? [op.axis] : [])));

/** The nodes of which something holds, and those computed from them. */
const reaching = (nodes: ReadonlyArray<Node>, holds: (node: Node, id: NodeId) => boolean): ReadonlySet<NodeId> => {
  const found = new Set<NodeId>();
  for (let before = -1; before !== found.size; ) {
    before = found.size;
    nodes.forEach((node, id) => {
      if (holds(node, id) || node.inputs.some((input) => found.has(input))) found.add(id);
    });
  }
  return found;
};
