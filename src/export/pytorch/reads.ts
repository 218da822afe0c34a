import { type Axis, hasAxis, sameAxis, withoutAxes } from "../../circuit/axis.ts";
import type { Circuit, NodeId, Op } from "../../circuit/circuit.ts";
import { nodeAt } from "../../circuit/node-at.ts";
import type { Dependence, Mapping } from "../../schedule/order/dependence.ts";
import type { Recognised } from "./softmax.ts";

/** What the value of a node at a position is made of: other nodes, and where they are read. */
export const readsOfNode = (
  circuit: Circuit,
  id: NodeId,
  recognised: ReadonlyMap<NodeId, Recognised>,
): ReadonlyArray<Dependence> => {
  const { op, inputs, axes } = nodeAt(circuit, id);
  const known = recognised.get(id);
  if (known !== undefined) {
    const others = withoutAxes(axes, known.over === undefined ? [] : [known.over]);
    return [{ on: known.of, mapping: new Map(others.map(({ key }) => [key, { key, shift: 0 }])) }];
  }
  return inputs.map((on, i) => ({ on, mapping: mappingOf(op, i, axes, nodeAt(circuit, on).axes) }));
};

const mappingOf = (op: Op, input: number, axes: ReadonlyArray<Axis>, operand: ReadonlyArray<Axis>): Mapping => {
  const own: Mapping = new Map(axes.map(({ key }) => [key, { key, shift: 0 }]));
  if (op.tag === "delay" && input === 1) return new Map([...own, [op.axis.key, { key: op.axis.key, shift: op.by }]]);
  if (op.tag !== "rename") return own;
  return new Map(
    operand.flatMap((axis) => {
      const after = op.renames.find(([from]) => sameAxis(from, axis))?.[1] ?? axis;
      return hasAxis(axes, after) ? [[axis.key, { key: after.key, shift: 0 }] as const] : [];
    }),
  );
};
