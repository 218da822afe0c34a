import { type Axis, batchAxis, closeAxes, hasAxis, type TimeAxis, timeAxis, unionAxes } from "../circuit/axis.ts";
import type { Node, Op } from "../circuit/circuit.ts";
import type { Pass } from "../circuit/pass.ts";
import { copyNode, rewrite } from "../circuit/rewrite.ts";
import { axesOf } from "../circuit/shape.ts";
import { unexpanded } from "../circuit/unexpanded.ts";
import { match } from "../match.ts";

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
const leastAxes = (nodes: ReadonlyArray<Node>): ReadonlyArray<ReadonlyArray<Axis>> => {
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

/** The axis in a batched circuit. */
export const batchedAxis = (axis: Axis): Axis => (axis.tag === "time" ? batchedTime(axis) : axis);

const batchedTime = (axis: TimeAxis): TimeAxis => {
  if (axis.extent.tag === "fixed" || hasAxis(axis.extent.over, batchAxis)) return axis;
  const over = axis.extent.over.map((outer) => (outer.tag === "time" ? batchedTime(outer) : outer));
  return timeAxis(axis.key, axis.rank, { ...axis.extent, over: [...over, batchAxis] });
};

const batchedOp = (op: Op): Op =>
  match<Op, Op>({
    constant: (same) => same,
    parameter: (same) => same,
    input: (input) => ({ ...input, axes: unionAxes(input.axes.map(batchedAxis), [batchAxis]) }),
    index: ({ tag, axis }) => ({ tag, axis: batchedAxis(axis) }),
    length: ({ tag, axis }) => ({ tag, axis: batchedAxis(axis) }),
    map: (same) => same,
    reduce: ({ tag, fn, over }) => ({ tag, fn, over: over.map(batchedAxis) }),
    delay: ({ tag, axis, by }) => ({ tag, axis: batchedTime(axis), by }),
    at: ({ tag, axis, position }) => ({ tag, axis: batchedTime(axis), position }),
    onehot: ({ tag, axis }) => ({ tag, axis: axis.tag === "time" ? batchedTime(axis) : axis }),
    mark: () => unexpanded("batch"),
    grad: () => unexpanded("batch"),
    concat: (same) => same,
    slice: (same) => same,
    rename: ({ tag, renames }) => ({
      tag,
      renames: renames.map(([from, to]) => [batchedAxis(from), batchedAxis(to)] as const),
    }),
  })(op);
