import { batchAxis, hasAxis, sameAxis, type TimeAxis, timeAxis } from "../circuit/axis.ts";
import type { Circuit, Node } from "../circuit/circuit.ts";
import { stepsName } from "../circuit/own-names.ts";
import { otherAxis, withAxes } from "../circuit/with-axes.ts";
import { goingOn, readStates } from "./resumable.ts";
import { streamPlan } from "./step.ts";

/**
 * Many steps at once: from the states that the steps before have left and from the context to the outputs along the axis
 * and the next states. There are as many positions as the caller has, whatever the length of the axis. For a batched
 * circuit that streams along the axis; states and context have the names that `startCircuit` gives them.
 */
export const processCircuit = (circuit: Circuit, axis: TimeAxis): Circuit => {
  const open = timeAxis(axis.key, axis.rank, { tag: "length", name: stepsName, over: [batchAxis] });
  const other = (given: TimeAxis): TimeAxis => (sameAxis(given, axis) ? open : given);
  const [mapped, renewed] = [otherAxis(other), withAxes(other, "process")];
  const names = new Map(streamPlan(circuit, axis).context.map(({ node, name }) => [node, name]));
  const nodes = circuit.nodes.map((node, id): Node => {
    const name = names.get(id);
    if (name !== undefined) return { ...node, op: { tag: "input", name, axes: node.axes }, inputs: [] };
    return { ...node, op: renewed(node.op), axes: node.axes.map(mapped) };
  });
  const outputs = circuit.outputs
    .filter(({ role, axes }) => role === "output" && hasAxis(axes, axis))
    .map((output) => ({ ...output, axes: output.axes.map(mapped) }));
  return readStates.run(goingOn(open).run({ nodes, outputs }));
};
