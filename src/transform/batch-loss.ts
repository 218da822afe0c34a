import { type Axis, batchAxis, unionAxes } from "../circuit/axis.ts";
import type { Builder } from "../circuit/build.ts";
import type { NodeId } from "../circuit/circuit.ts";
import type { Pass } from "../circuit/pass.ts";
import { copyNode, rewrite } from "../circuit/rewrite.ts";
import { match } from "../match.ts";
import { batchedAxis } from "./batch.ts";

/** What the losses of a batch's examples are divided by: their number, nothing, or the number of observed values. */
export type LossScale =
  | { readonly tag: "mean" }
  | { readonly tag: "sum" }
  /** `targets` are the time axes of each observed variable. */
  | { readonly tag: "perObservation"; readonly targets: ReadonlyArray<ReadonlyArray<Axis>> };

/** The losses of the examples become the one loss of the batch. */
export const batchLoss = (scale: LossScale): Pass => ({
  name: "batch-loss",
  description: "adds up the losses of the examples and divides by the scale",
  run: (circuit) => {
    const { b, renamed } = rewrite(circuit, copyNode);
    return b.finish(
      circuit.outputs.map((output) => {
        const node = renamed[output.node]!;
        return output.role === "loss" ? { ...output, node: scaled(b, scale, node), axes: [] } : { ...output, node };
      }),
    );
  },
});

export const meanLoss: Pass = batchLoss({ tag: "mean" });

const scaled = (b: Builder, scale: LossScale, loss: NodeId): NodeId => {
  const total = b.sum([batchAxis], loss);
  return match<LossScale, NodeId>({
    mean: () => b.map("div", total, b.length(batchAxis)),
    sum: () => total,
    perObservation: ({ targets }) =>
      b.map(
        "div",
        total,
        targets
          .map((axes) => b.sum(unionAxes(axes.map(batchedAxis), [batchAxis]), b.constant(1)))
          .reduce((sum, count) => b.map("add", sum, count), b.constant(0)),
      ),
  })(scale);
};
