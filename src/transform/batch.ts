import { type Axis, batchAxis, closeAxes, hasAxis, type TimeAxis, timeAxis, unionAxes } from "../circuit/axis.ts";
import type { Node, Op } from "../circuit/circuit.ts";
import type { Pass } from "../circuit/pass.ts";
import { copyNode, rewrite } from "../circuit/rewrite.ts";
import { axesOf } from "../circuit/shape.ts";
import { otherAxis, withAxes } from "../circuit/with-axes.ts";

/**
 * The circuit of one example becomes the circuit of a batch of them. Inputs gain the batch axis and every run-time
 * length stands over it; whatever depends on either follows, and the rest (parameters, and what is made of them alone)
 * stays as it was. Every output is over the batch.
 */
export const addBatch: Pass = {
  name: "add-batch",
  description: "adds the batch as one more axis to all that differs between examples",
  run: (circuit) => {
    const batched = circuit.nodes.map((node) => ({
      ...node,
      op: batchedOp(node.op),
      axes: node.axes.map(batchedAxis),
    }));
    const axes = leastAxes(batched);
    const { b, renamed } = rewrite({ ...circuit, nodes: batched }, copyNode, {
      feedbackAxes: (_, id) => axes[id]!,
    });
    return b.finish(
      circuit.outputs.map((output) => {
        const axes = unionAxes(output.axes.map(batchedAxis), [batchAxis]);
        return { ...output, node: renamed[output.node]!, axes };
      }),
    );
  },
};

/** The smallest axes that are right for every node; those of delays feed back, so they grow until nothing changes. */
export const leastAxes = (nodes: ReadonlyArray<Node>): ReadonlyArray<ReadonlyArray<Axis>> => {
  const grow = (before: ReadonlyArray<ReadonlyArray<Axis>>): ReadonlyArray<ReadonlyArray<Axis>> => {
    const after = [...before];
    nodes.forEach(({ op, inputs }, id) => {
      const grown = axesOf(
        op,
        inputs.map((input) => after[input]!),
      );
      after[id] = op.tag === "delay" ? closeAxes(unionAxes(before[id]!, grown)) : grown;
    });
    return after.every((axes, id) => axes.length === before[id]!.length) ? after : grow(after);
  };
  return grow(nodes.map(({ axes }) => axes));
};

const batchedTime = (axis: TimeAxis): TimeAxis => {
  if (axis.extent.tag === "fixed" || hasAxis(axis.extent.over, batchAxis)) return axis;
  const over = axis.extent.over.map((outer) => (outer.tag === "time" ? batchedTime(outer) : outer));
  return timeAxis(axis.key, axis.rank, { ...axis.extent, over: [...over, batchAxis] });
};

/** The axis in a batched circuit. */
export const batchedAxis: (axis: Axis) => Axis = otherAxis(batchedTime);

const renewed = withAxes(batchedTime, "batch");

const batchedOp = (op: Op): Op =>
  op.tag === "input" ? { ...op, axes: unionAxes(op.axes.map(batchedAxis), [batchAxis]) } : renewed(op);
