import { type Axis, withoutAxes } from "../circuit/axis.ts";
import type { Builder } from "../circuit/build.ts";
import type { Circuit, NodeId } from "../circuit/circuit.ts";
import { isSumAlong, rangesOf } from "../circuit/ranges/ranges.ts";
import { wildSlopes } from "../circuit/ranges/slopes.ts";

/** In an adjoint zero absorbs, whatever the slope is. What it takes to make an operand's share so. */
export interface Guard {
  /** Whether the gradient or the slope may be infinite or no number: where either is 0, their product is then 0. */
  readonly absorbs: boolean;
  /** Axes over which the slope may be so only if there is no position. */
  readonly standing: ReadonlyArray<Axis>;
}

const none: Guard = { absorbs: false, standing: [] };
const absorbing: Guard = { absorbs: true, standing: [] };

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
      circuit.nodes[id]!.inputs.forEach((input, i) => {
        if (active.has(input) && (reached.has(id) || guardOf(id, i).absorbs)) reached.add(input);
      });
  }
  return (id, operand) => (reached.has(id) ? absorbing : guardOf(id, operand));
};

/** A value where axes have positions, and 0 where they have none. */
export const guarded = (b: Builder, { standing }: Guard, value: NodeId): NodeId =>
  standing.reduce((sofar, axis) => b.map("select", b.length(axis), sofar, b.constant(0)), value);

const slopeGuards = (circuit: Circuit): ((id: NodeId, operand: number) => Guard) => {
  const { at, unless } = rangesOf(circuit);
  return (id, operand) => {
    const { op, inputs, axes } = circuit.nodes[id]!;
    if (op.tag !== "map") return none;
    const isWild = (standing: ReadonlyArray<Axis>): boolean => {
      const [x, z = x] = inputs.map((input) => at(input, standing));
      return wildSlopes[op.fn][operand]!(x!, z!, at(id, standing));
    };
    if (!isWild(axes)) return none;
    const needed = withoutAxes(inputs.flatMap(unless), axes);
    if (isWild([...axes, ...needed])) return absorbing;
    // The gradient of a sum comes to nothing by itself where there is nothing to sum over.
    return { absorbs: false, standing: needed.filter((axis) => !isSumAlong(circuit, inputs[operand]!, axis)) };
  };
};
