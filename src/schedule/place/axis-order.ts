import { type Axis, featuresOf, sameAxis, withoutAxes } from "../../circuit/axis.ts";
import type { Circuit, NodeId } from "../../circuit/circuit.ts";
import { nodeAt } from "../../circuit/node-at.ts";
import type { Statement, StatementId } from "../statements/statement.ts";

/**
 * The axes of a value in an order such that what is read or written together stands together: those along which symbols
 * pick a position stand outside those whose components are then visited one after the other.
 */
export const lookedUpOutside = (
  circuit: Circuit,
  statements: ReadonlyMap<StatementId, Statement>,
): ((node: NodeId, axes: ReadonlyArray<Axis>) => ReadonlyArray<Axis>) => {
  const lookedUp = new Map<NodeId, ReadonlyArray<Axis>>();
  const mark = (id: NodeId, axis: Axis): void => {
    // Positions in time lie outside all else already, where what is before the first of them can stand.
    if (axis.tag !== "feature") return;
    const { op, inputs, axes } = nodeAt(circuit, id);
    if (!axes.some((other) => sameAxis(other, axis))) return;
    if (op.tag === "slice") mark(inputs[0]!, axis);
    else if (op.tag === "rename") mark(inputs[0]!, op.renames.find(([, to]) => sameAxis(to, axis))?.[0] ?? axis);
    else lookedUp.set(id, [...(lookedUp.get(id) ?? []), axis]);
  };
  for (const statement of statements.values()) {
    if (statement.tag === "scatter") mark(statement.node, statement.axis);
    if ("lookups" in statement)
      for (const { axis } of statement.lookups) for (const factor of statement.factors) mark(factor, axis);
  }
  return (node, axes) => {
    const { op, inputs } = nodeAt(circuit, node);
    const picks = [node, ...(op.tag === "concat" ? inputs : [])].flatMap((id) => lookedUp.get(id) ?? []);
    const outside = axes.filter((axis) => picks.some((other) => sameAxis(other, axis)));
    const inside = featuresOf(withoutAxes(axes, outside));
    return [...withoutAxes(axes, [...outside, ...inside]), ...outside, ...inside];
  };
};
