import { featuresOf } from "../../../circuit/axis.ts";
import type { NodeId } from "../../../circuit/circuit.ts";
import { nodeAt } from "../../../circuit/node-at.ts";
import { matrixValues, vectorValues } from "../graph/fixed.ts";
import type { Whole } from "../graph/scope.ts";
import type { Cell, Gate } from "../recognise/cell.ts";
import type { Polynomial } from "../recognise/polynomial.ts";

/**
 * What stands in X of an operation, part after part: vectors that matrices are applied to, and what goes into a gate as it
 * is. The latter has a unit matrix.
 */
export type Part =
  | { readonly tag: "vector"; readonly node: NodeId; readonly size: number }
  | { readonly tag: "whole"; readonly gate: number; readonly terms: Polynomial; readonly size: number };

export const partsOf = (whole: Whole, { gates, size }: Cell): ReadonlyArray<Part> => {
  const vectors = [...new Set(gates.flatMap(({ affine }) => affine.given.map(({ vector }) => vector)))];
  return [
    ...vectors.map((node): Part => ({ tag: "vector", node, size: lastSize(whole, node) })),
    ...gates.flatMap(
      ({ affine: { varying } }, gate): ReadonlyArray<Part> =>
        varying.length === 0 ? [] : [{ tag: "whole", gate, terms: varying, size }],
    ),
  ];
};

const lastSize = ({ circuit }: Whole, node: NodeId): number => featuresOf(nodeAt(circuit, node).axes)[0]!.size;

/** W, R, B and P of one direction, gate by gate, row-major. */
export interface Packed {
  readonly W: Float64Array;
  readonly R: Float64Array;
  readonly B: Float64Array;
  readonly P: Float64Array;
}

export const packed = (whole: Whole, cell: Cell, parts: ReadonlyArray<Part>): Packed => {
  const { gates, size } = cell;
  const columns = Math.max(
    1,
    parts.reduce((sum, part) => sum + part.size, 0),
  );
  const bias = (of: (gate: Gate) => Polynomial): ReadonlyArray<Float64Array> =>
    gates.map((gate) => signed(gate, vectorValues(whole, of(gate), size)));
  return {
    W: joined(gates.map((gate, at) => signed(gate, inputMatrix(whole, gate, at, size, parts, columns)))),
    R: joined(
      gates.map((gate) => {
        const result = new Float64Array(size * size);
        for (const matrix of gate.affine.recurrent)
          matrixValues(whole, matrix).forEach((value, i) => {
            result[i]! += value;
          });
        return signed(gate, result);
      }),
    ),
    B: joined([...bias(({ affine }) => affine.biases), ...bias(({ recurrentBiases }) => recurrentBiases)]),
    P: joined(
      [0, 1, 2].flatMap((at) => (gates[at] === undefined ? [] : [vectorValues(whole, gates[at].peephole, size)])),
    ),
  };
};

const inputMatrix = (
  whole: Whole,
  { affine: { given } }: Gate,
  at: number,
  size: number,
  parts: ReadonlyArray<Part>,
  columns: number,
): Float64Array => {
  const result = new Float64Array(size * columns);
  let from = 0;
  for (const part of parts) {
    const blocks =
      part.tag === "vector"
        ? given.filter(({ vector }) => vector === part.node).map(({ matrix }) => matrixValues(whole, matrix))
        : part.gate === at
          ? [unit(size)]
          : [];
    for (const block of blocks)
      block.forEach((value, i) => {
        result[Math.floor(i / part.size) * columns + from + (i % part.size)]! += value;
      });
    from += part.size;
  }
  return result;
};

const unit = (size: number): Float64Array =>
  Float64Array.from({ length: size * size }, (_, i) => (i % (size + 1) === 0 ? 1 : 0));

const signed = ({ sign }: Gate, values: Float64Array): Float64Array =>
  sign === 1 ? values : values.map((each) => -each);

const joined = (parts: ReadonlyArray<Float64Array>): Float64Array => {
  const result = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0));
  parts.reduce((at, part) => {
    result.set(part, at);
    return at + part.length;
  }, 0);
  return result;
};
