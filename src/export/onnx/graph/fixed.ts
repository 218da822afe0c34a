import { type Axis, type FeatureAxis, featuresOf, sameAxis } from "../../../circuit/axis.ts";
import type { NodeId } from "../../../circuit/circuit.ts";
import { evaluate } from "../../../circuit/evaluate.ts";
import { nodeAt } from "../../../circuit/node-at.ts";
import { dropDeadNodes } from "../../../transform/dead-nodes.ts";
import type { Matrix } from "../recognise/affine.ts";
import type { Polynomial } from "../recognise/polynomial.ts";
import type { Whole } from "./scope.ts";

/** The value of a node that is made of parameters alone, row-major over its axes. */
const fixedValues = ({ circuit, params }: Whole, id: NodeId): ArrayLike<number> => {
  const { op, axes } = nodeAt(circuit, id);
  if (op.tag === "parameter") return params[op.path]!;
  const alone = dropDeadNodes.run({
    nodes: circuit.nodes,
    outputs: [{ role: "output", name: "fixed", node: id, axes }],
  });
  const [tensor] = evaluate(alone, { parameters: params, inputs: {}, lengths: {} });
  return tensor!.data;
};

/** A matrix as rows along its outer axis. */
export const matrixValues = (whole: Whole, { node, outer, inner, coefficient }: Matrix): Float64Array => {
  const axes = nodeAt(whole.circuit, node).axes;
  const values = fixedValues(whole, node);
  const rows = sizeOf(outer);
  const columns = sizeOf(inner);
  const isByRow = sameAxis(axes[0]!, outer);
  return Float64Array.from({ length: rows * columns }, (_, place) => {
    const row = Math.floor(place / columns);
    const column = place % columns;
    return coefficient * values[isByRow ? place : column * rows + row]!;
  });
};

/** A sum of products of vectors and numbers, as `size` components. */
export const vectorValues = (whole: Whole, polynomial: Polynomial, size: number): Float64Array => {
  const result = new Float64Array(size);
  for (const { coefficient, factors } of polynomial) {
    const values = factors.map((factor) => fixedValues(whole, factor));
    for (let i = 0; i < size; i += 1)
      result[i]! += values.reduce((all, each) => all * each[each.length === 1 ? 0 : i]!, coefficient);
  }
  return result;
};

const sizeOf = (axis: Axis): number => featuresOf([axis])[0]!.size;

/** A node that is made of parameters alone, along components of which it may lack some. */
export const componentsOf = (whole: Whole, id: NodeId, features: ReadonlyArray<FeatureAxis>): Float64Array => {
  const { axes } = nodeAt(whole.circuit, id);
  const values = fixedValues(whole, id);
  const result = new Float64Array(features.reduce((product, { size }) => product * size, 1));
  for (let place = 0; place < result.length; place += 1) {
    let rest = place;
    let [own, stride] = [0, 1];
    for (const axis of features.toReversed()) {
      const index = rest % axis.size;
      rest = Math.floor(rest / axis.size);
      if (!axes.some((each) => sameAxis(each, axis))) continue;
      own += index * stride;
      stride *= axis.size;
    }
    result[place] = values[own]!;
  }
  return result;
};
