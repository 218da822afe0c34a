import {
  type Axis,
  featureAxis,
  lengthAxes,
  raggedOver,
  sameAxis,
  sortAxes,
  unionAxes,
  withoutAxes,
} from "../../circuit/axis.ts";
import type { Circuit, Node, NodeId } from "../../circuit/circuit.ts";

export type Dims = ReadonlyArray<Axis>;

/** The axes that say which positions along `axes` exist. */
export const maskDims = (axes: Dims): Dims =>
  unionAxes(...axes.filter(isPadded).map((axis) => [axis, ...lengthAxes(axis)]));

/** Whether an axis is as long as the longest example, and padded for others. */
export const isPadded = (axis: Axis): boolean => axis.tag === "time" && axis.extent.tag === "length";

/**
 * The dimensions that a node's tensor has in Python: of its axes those along which it differs. Each has its whole extent, in
 * the canonical order; what a node lacks is broadcast where it is read. `isFilled`: where padding is kept out of a function.
 */
export const dimsOf = ({ nodes }: Circuit, isFilled: (id: NodeId) => boolean): ReadonlyArray<Dims> => {
  const dims: Array<Dims> = nodes.map(({ op, axes }) => (op.tag === "delay" ? axes : []));
  nodes.forEach((node, id) => {
    if (node.op.tag !== "delay")
      dims[id] = ownDims(
        node,
        node.inputs.map((input) => dims[input]!),
        isFilled(id),
      );
  });
  return dims;
};

const ownDims = ({ op, axes }: Node, inputs: ReadonlyArray<Dims>, isFilled: boolean): Dims => {
  switch (op.tag) {
    case "constant":
      return [];
    case "parameter":
      return op.shape.map((size, slot) => featureAxis(slot, size));
    case "input":
      return sortAxes(op.axes);
    case "index":
      return [op.axis];
    case "length":
      return op.axis.tag === "batch" ? [] : sortAxes(lengthAxes(op.axis));
    case "reduce":
      return withoutAxes(unionAxes(...inputs, maskDims(op.over)), op.over);
    case "at":
      return withoutAxes(
        unionAxes(...inputs, lengthAxes(op.axis), ...raggedOver(unionAxes(...inputs), op.axis).map(lengthAxes)),
        [op.axis],
      );
    case "onehot":
      return unionAxes(...inputs, [op.axis]);
    case "concat":
      return unionAxes(...inputs.map((part, i) => withoutAxes(part, [featureAxis(op.axis.slot, op.sizes[i]!)])), [
        op.axis,
      ]);
    case "slice": {
      const [operand] = inputs;
      const kept = withoutAxes(operand!, [op.axis]);
      return kept.length === operand!.length ? operand! : unionAxes(kept, [featureAxis(op.axis.slot, op.size)]);
    }
    case "rename":
      return unionAxes(inputs[0]!.map((axis) => op.renames.find(([from]) => sameAxis(from, axis))?.[1] ?? axis));
    case "map":
      return isFilled ? unionAxes(...inputs, maskDims(axes)) : unionAxes(...inputs);
    case "delay":
    case "mark":
    case "grad":
      return axes;
  }
};
