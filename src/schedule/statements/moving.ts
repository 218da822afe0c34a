import { type Axis, timeAxis } from "../../circuit/axis.ts";
import type { Circuit, NodeId } from "../../circuit/circuit.ts";
import { isContextName } from "../../circuit/own-names.ts";

/** The axis that is gone from a circuit of one step along it: of the nodes that had it, its name alone is spoken of. */
const gone: ReadonlyArray<Axis> = [timeAxis("$step", 0, { tag: "fixed", size: 1 })];

/** In a circuit of one step: what would differ from step to step has the axis of the steps, though of one position. */
export const axesOfSteps = ({ nodes }: Circuit): ((id: NodeId) => ReadonlyArray<Axis>) => {
  const moving = new Set<NodeId>();
  for (let before = -1; before < moving.size; ) {
    before = moving.size;
    nodes.forEach(({ op, inputs }, id) => {
      if (op.tag === "input" ? !isContextName(op.name) : inputs.some((input) => moving.has(input))) moving.add(id);
    });
  }
  return (id) => (moving.has(id) ? gone : []);
};
