import { readFileSync } from "node:fs";

interface Tensor {
  readonly shape: ReadonlyArray<number>;
  readonly values: ReadonlyArray<number>;
}
type Weights = Readonly<Record<string, Tensor>>;
type Params = Readonly<Record<string, Float32Array>>;

export const read = (file: string): Weights => JSON.parse(readFileSync(file, "utf8"));

/** A kernel stands behind what it multiplies and has its gates side by side: each is transposed, [in, gates n] to [n, in]. */
const gate = ({ shape, values }: Tensor, gates: number, which: number, sign = 1): Float32Array => {
  const [columns, rows] = [shape.at(-1)!, shape.length === 1 ? 1 : shape[0]!];
  const n = columns / gates;
  const row = (i: number) => Array.from({ length: rows }, (_, j) => sign * values[j * columns + which * n + i]!);
  return Float32Array.from(Array.from({ length: n }, (_, i) => row(i)).flat());
};

const cell = (weights: Weights, layer: string, path: string, letters: ReadonlyArray<string>, negated = ""): Params =>
  Object.fromEntries(
    letters.flatMap((letter, i) =>
      Object.entries({ W: "kernel", U: "recurrent_kernel", b: "bias" }).map(([name, tensor]) => [
        `${path}.${name}${letter}`,
        gate(weights[`${layer}/${tensor}`]!, letters.length, i, letter === negated ? -1 : 1),
      ]),
    ),
  );

export const lstm = (weights: Weights, layer: string, path: string): Params =>
  cell(weights, layer, path, ["i", "f", "c", "o"]);

/** The update gate of TensorFlow.js keeps the old state, that of rnnc's GRU lets the new one in: the opposite argument. */
export const gru = (weights: Weights, layer: string, path: string): Params =>
  cell(weights, layer, path, ["z", "r", "h"], "z");

export const dense = (weights: Weights, layer: string, matrix: string, bias: string): Params => ({
  [matrix]: gate(weights[`${layer}/kernel`]!, 1, 0),
  [bias]: gate(weights[`${layer}/bias`]!, 1, 0),
});

/** A weight as it stands. */
export const plain = (weights: Weights, name: string): Float32Array => Float32Array.from(weights[name]!.values);

/** A matrix that stands behind what it multiplies, as one before it. */
export const transposed = (weights: Weights, name: string): Float32Array => gate(weights[name]!, 1, 0);

export const simpleRNN = (weights: Weights, layer: string, path: string): Params => ({
  [`${path}.U`]: transposed(weights, `${layer}/kernel`),
  [`${path}.W`]: transposed(weights, `${layer}/recurrent_kernel`),
  [`${path}.b`]: plain(weights, `${layer}/bias`),
});
