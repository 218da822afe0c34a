import { type Axis, batchAxis, unionAxes } from "../circuit/axis.ts";
import type { Builder } from "../circuit/build.ts";
import type { NodeId } from "../circuit/circuit.ts";
import type { Pass } from "../circuit/pass.ts";
import { copyNode, rewrite } from "../circuit/rewrite.ts";

/** What the losses of a batch's examples are divided by: their number, nothing, or what its observed values count. */
export type LossScale = "mean" | "sum" | "perObservation";

/** The losses of the examples become the one loss of the batch. */
export const batchLoss = (scale: LossScale): Pass => ({
  name: "batch-loss",
  description: "adds up the losses of the examples and divides by the scale",
  run: (circuit) => {
    const { b, renamed } = rewrite(circuit, copyNode);
    const total = (over: ReadonlyArray<Axis>, node: NodeId): NodeId =>
      b.sum(unionAxes(over, [batchAxis]), renamed[node]!);
    const count = circuit.outputs
      .filter(({ role }) => role === "weight")
      .map(({ node, axes }) => total(axes, node))
      .reduce((sum, each) => b.map("add", sum, each), b.constant(0));
    return b.finish(
      circuit.outputs.flatMap((output) => {
        if (output.role === "weight") return [];
        if (output.role !== "loss") return [{ ...output, node: renamed[output.node]! }];
        return [{ ...output, node: scales[scale](b, total([], output.node), count), axes: [] }];
      }),
    );
  },
});

export const meanLoss: Pass = batchLoss("mean");

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
