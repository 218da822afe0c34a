import { type Axis, withoutAxes } from "../circuit/axis.ts";
import type { Builder } from "../circuit/build.ts";
import type { Circuit, NodeId, Pointwise } from "../circuit/circuit.ts";
import { nodeAt } from "../circuit/node-at.ts";
import { isSumAlong, rangesOf } from "../circuit/ranges/ranges.ts";
import { wildSlopes } from "../circuit/ranges/slopes.ts";

/** In an adjoint zero absorbs, whatever the slope is. What it takes to make an operand's share so. */
export interface Guard {
  /** Whether the gradient or the slope may be infinite or no number: where either is 0, their product is then 0. */
  readonly absorbs: boolean;
  /** The operand at whose zeros the slope is infinite or no number, and nowhere else: a count, where there is nothing to count. */
  readonly singular?: number;
}

const none: Guard = { absorbs: false };
const absorbing: Guard = { absorbs: true };

/**
 * The guards of each operand of each node: only where a slope may be infinite or no number, or what comes of such a slope
 * reaches the node, is there anything to pay.
 */
export const guardsOf = (circuit: Circuit, active: ReadonlySet<NodeId>): ((id: NodeId, operand: number) => Guard) => {
  const guardOf = slopeGuards(circuit);
  const backwards = [...active].sort((first, second) => second - first);
  /** The nodes whose own gradient may be infinite or no number. */
  const reached = new Set<NodeId>();
  for (let before = -1; before !== reached.size; ) {
    before = reached.size;
    for (const id of backwards)
      nodeAt(circuit, id).inputs.forEach((input, i) => {
        if (active.has(input) && (reached.has(id) || guardOf(id, i).absorbs)) reached.add(input);
      });
  }
  return (id, operand) => (reached.has(id) ? absorbing : guardOf(id, operand));
};

/** An operand's share, and 0 where the slope is infinite or no number. */
export const guarded = (b: Builder, { singular }: Guard, inputs: ReadonlyArray<NodeId>, share: NodeId): NodeId =>
  singular === undefined ? share : b.map("select", inputs[singular]!, share, b.constant(0));

/** The operand at whose zeros, while all are finite, a function's slopes are infinite or no number, and nowhere else. */
const singularOperand: { readonly [P in Pointwise]?: number } = { div: 1, log: 0, sqrt: 0, pow: 0 };

const slopeGuards = (circuit: Circuit): ((id: NodeId, operand: number) => Guard) => {
  const { at, unless } = rangesOf(circuit);
  return (id, operand) => {
    const { op, inputs, axes } = nodeAt(circuit, id);
    if (op.tag !== "map") return none;
    const isWild = (standing: ReadonlyArray<Axis>): boolean => {
      const [x, z = x] = inputs.map((input) => at(input, standing));
      return wildSlopes[op.fn][operand]!(x!, z!, at(id, standing));
    };
    if (!isWild(axes)) return none;
    const needed = withoutAxes(inputs.flatMap(unless), axes);
    const singular = singularOperand[op.fn];
    const areFinite = inputs.every((input) => at(input, axes).finite);
    if (singular === undefined || !areFinite || isWild([...axes, ...needed])) return absorbing;
    // The gradient of a sum comes to nothing by itself where there is nothing to sum over.
    return needed.every((axis) => isSumAlong(circuit, inputs[operand]!, axis)) ? none : { absorbs: false, singular };
  };
};
