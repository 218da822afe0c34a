import { type Axis, hasAxis, sameAxis, withoutAxes } from "../../circuit/axis.ts";
import type { Builder } from "../../circuit/build.ts";
import type { NodeId } from "../../circuit/circuit.ts";
import { factorsAmong } from "../../circuit/factors.ts";
import type { Pass } from "../../circuit/pass.ts";
import { copyNode, rebuild } from "../../circuit/rewrite.ts";
import { product } from "../contraction.ts";
import { byPlace, byPosition, cutAmong } from "./places.ts";

/**
 * The adjoint of reading by place adds up by position, and the other way round. But each position is one place of one
 * block: what would be added stands there alone, and can be read.
 */
export const readBlocks: Pass = {
  name: "block-reads",
  description: "reads what the adjoint of blocks of positions would add to one place each",
  run: (circuit) =>
    rebuild(circuit, (b, node, inputs) => {
      const { op } = node;
      const found = op.tag === "reduce" && op.fn === "sum" ? readInstead(b, op.over, inputs[0]!) : undefined;
      return found ?? copyNode(b, node, inputs);
    }),
};

const readInstead = (b: Builder, over: ReadonlyArray<Axis>, operand: NodeId): NodeId | undefined => {
  const factors = factorsAmong(b.node, operand, ["mul", "times"]);
  const isPicking = (id: NodeId): boolean => b.node(id).op.tag === "onehot";
  const picking = factors.filter(isPicking).map((id) => b.node(id));
  const own = cutAmong(picking.flatMap(({ axes }) => axes));
  const rest = factors.filter((id) => !isPicking(id));
  if (own === undefined || rest.length === 0) return undefined;
  const picked = picking.flatMap(({ op }) => (op.tag === "onehot" ? [op.axis] : []));
  const isOf = (axes: ReadonlyArray<Axis>): boolean =>
    picked.length === axes.length && axes.every((axis) => hasAxis(picked, axis));
  const { axis, block, place } = own;
  const isFree = (...axes: ReadonlyArray<Axis>): boolean =>
    !rest.some((id) => axes.some((each) => hasAxis(b.node(id).axes, each)));
  const value = (): NodeId => product(b, rest);
  if (
    isOf([block, place]) &&
    hasAxis(over, axis) &&
    isFree(block, place) &&
    !over.some((each) => sameAxis(each, block) || sameAxis(each, place))
  )
    return b.sum(withoutAxes(over, [axis]), byPlace(b, own, value(), b.constant(0)));
  if (isOf([axis]) && hasAxis(over, block) && hasAxis(over, place) && isFree(axis) && !hasAxis(over, axis))
    return b.sum(withoutAxes(over, [block, place]), byPosition(b, own, value()));
  return undefined;
};
