import { type Axis, batchAxis, unionAxes } from "../circuit/axis.ts";
import type { Builder } from "../circuit/build.ts";
import type { Circuit, NodeId, Output } from "../circuit/circuit.ts";
import type { Pass } from "../circuit/pass.ts";
import { copyNode, rewrite } from "../circuit/rewrite.ts";

/** What the losses of a batch's examples are divided by: their number, nothing, or what its observed values count. */
export type LossScale = "mean" | "sum" | "perObservation";

/** The losses of the examples become the one loss of the batch. */
export const batchLoss = (scale: LossScale): Pass => ({
  name: "batch-loss",
  description: "adds up the losses of the examples and divides by the scale",
  run: (circuit) => {
    const { b, renamed, total, count } = totalsOf(circuit);
    return b.finish(
      circuit.outputs.flatMap((output) => {
        if (output.role === "weight") return [];
        if (output.role !== "loss") return [{ ...output, node: renamed[output.node]! }];
        return [{ ...output, node: scales[scale](b, total([], output.node), count), axes: [] }];
      }),
    );
  },
});

/** The losses of the examples are added up; what their sum is to be divided by, where the data tells, is an output. */
export const undividedLoss = (scale: LossScale): Pass => ({
  name: "undivided-loss",
  description: "adds up the losses of the examples, and what they count",
  run: (circuit) => {
    const { b, renamed, total, count } = totalsOf(circuit);
    const weight: Output = { name: "$weight", role: "weight", node: count, axes: [] };
    return b.finish([
      ...circuit.outputs.flatMap((output) => {
        if (output.role === "weight") return [];
        if (output.role !== "loss") return [{ ...output, node: renamed[output.node]! }];
        return [{ ...output, node: total([], output.node), axes: [] }];
      }),
      ...(scale === "perObservation" ? [weight] : []),
    ]);
  },
});

export const meanLoss: Pass = batchLoss("mean");

/** A copy of the circuit, in which nodes can be added up over the batch; and what all observed values count. */
const totalsOf = (circuit: Circuit) => {
  const { b, renamed } = rewrite(circuit, copyNode);
  const total = (over: ReadonlyArray<Axis>, node: NodeId): NodeId =>
    b.sum(unionAxes(over, [batchAxis]), renamed[node]!);
  const count = circuit.outputs
    .filter(({ role }) => role === "weight")
    .map(({ node, axes }) => total(axes, node))
    .reduce((sum, each) => b.map("add", sum, each), b.constant(0));
  return { b, renamed, total, count };
};

const scales: { readonly [S in LossScale]: (b: Builder, total: NodeId, count: NodeId) => NodeId } = {
  mean: (b, total) => b.map("div", total, b.length(batchAxis)),
  sum: (_, total) => total,
  perObservation: (b, total, count) => perCount(b, total, count),
};

/** Where nothing counts, the loss is not divided. No branch divides by 0, so that nothing comes of it to a gradient. */
const perCount = (b: Builder, total: NodeId, count: NodeId): NodeId => {
  const [zero, least] = [b.constant(0), 1e-30];
  const above = b.map("div", total, b.map("max", count, b.constant(least)));
  const below = b.map("div", total, b.map("min", count, b.constant(-least)));
  return b.map("select", b.map("less", zero, count), above, b.map("select", b.map("less", count, zero), below, total));
};
