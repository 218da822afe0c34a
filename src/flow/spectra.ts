import { featuresOf } from "../circuit/axis.ts";
import type { NodeId } from "../circuit/circuit.ts";
import type { Model } from "../circuit/model.ts";
import { nodeAt } from "../circuit/node-at.ts";
import { type MatrixProduct, matrixTimes } from "./bound.ts";
import { circlesOf } from "./carried.ts";
import { eigenvalueSizes } from "./matrix/eigenvalues.ts";
import { type Matrix, matrixOf } from "./matrix/matrix.ts";
import { singularValues } from "./matrix/singular-values.ts";
import { spectralNorm } from "./matrix/spectral-norm.ts";

/** How a matrix that a recurrence multiplies its states with stretches them, the greatest values first. */
export interface Spectrum {
  readonly name: string;
  readonly rows: number;
  readonly columns: number;
  readonly singularValues: ReadonlyArray<number>;
  /** Their sizes; null of a matrix that is not square, or is large. */
  readonly eigenvalues: ReadonlyArray<number> | null;
}

/** Where states are multiplied with matrices that are the same at all positions. */
export const recurrentProducts = (model: Model): ReadonlyArray<MatrixProduct> =>
  circlesOf(model).flatMap((nodes) => {
    const circle = new Set(nodes);
    return nodes.flatMap((id) => {
      const found = matrixTimes(model, nodeAt(model.circuit, id), circle);
      return found === undefined || nodeAt(model.circuit, found.matrix).axes.length < 2 ? [] : [found];
    });
  });

/** These matrices. */
export const recurrentMatrices = (model: Model): ReadonlyArray<NodeId> =>
  [...new Set(recurrentProducts(model).map(({ matrix }) => matrix))].sort((a, b) => a - b);

/** What a value is called: its own name, or how it is made of one that has a name. */
export const nameOf = ({ circuit }: Pick<Model, "circuit">, node: NodeId): string => {
  const { name, inputs, op } = nodeAt(circuit, node);
  if (name !== undefined) return name;
  const [first, ...others] = inputs;
  if (first === undefined || others.length > 0) return "…";
  const inner = nameOf({ circuit }, first);
  if (op.tag === "rename") return `${inner}^T`;
  return op.tag === "map" ? `${op.fn}(${inner})` : `a part of ${inner}`;
};

export const matrixAt = ({ circuit }: Pick<Model, "circuit">, node: NodeId, values: ReadonlyArray<number>): Matrix => {
  const [rows = 1, columns = 1] = featuresOf(nodeAt(circuit, node).axes).map(({ size }) => size);
  return matrixOf(rows, columns, (i, j) => values[i * columns + j]!);
};

/** Of larger matrices all values take minutes: there is the greatest singular value alone. */
const mostRows = 256;

export const spectrumOf = (name: string, matrix: Matrix): Spectrum => {
  const { rows, columns } = matrix;
  const isLarge = Math.max(rows, columns) > mostRows;
  return {
    name,
    rows,
    columns,
    singularValues: isLarge ? [spectralNorm(matrix)] : singularValues(matrix),
    eigenvalues: rows === columns && !isLarge ? eigenvalueSizes(matrix) : null,
  };
};
