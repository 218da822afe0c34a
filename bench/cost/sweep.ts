import { times, vectors } from "../random.ts";
import type { Workload } from "../task.ts";

/** The sizes of a stacked LSTM: components of a state, steps, examples, layers. */
export interface Sizes {
  readonly H: number;
  readonly T: number;
  readonly B: number;
  readonly L: number;
}

export type Dimension = keyof Sizes;

const base: Sizes = { H: 128, T: 64, B: 16, L: 1 };

const values: { readonly [dimension in Dimension]: ReadonlyArray<number> } = {
  H: [16, 32, 64, 128, 256, 512],
  T: [8, 16, 32, 64, 128, 256, 512, 1024],
  B: [1, 2, 4, 8, 16, 32, 64, 128, 256],
  L: [1, 2, 4, 8, 16],
};

/** What each size is called, and the power of it that the operations grow with. */
export const dimensions: ReadonlyArray<{
  readonly dimension: Dimension;
  readonly name: string;
  readonly power: number;
  readonly growth: string;
}> = [
  { dimension: "H", name: "components of a state, H", power: 2, growth: "as H²" },
  { dimension: "T", name: "steps, T", power: 1, growth: "as T" },
  { dimension: "B", name: "examples of a batch, B", power: 1, growth: "as B" },
  { dimension: "L", name: "layers, L", power: 1, growth: "as L" },
];

/** Each dimension in turn through its values, the others as they are in the middle. */
export const sweep: ReadonlyArray<Point> = dimensions.flatMap(({ dimension }) =>
  values[dimension].map((value) => ({ dimension, value, workload: stacked({ ...base, [dimension]: value }) })),
);

export interface Point {
  readonly dimension: Dimension;
  readonly value: number;
  readonly workload: Workload;
}

export const baseText = Object.entries(base)
  .map(([name, size]) => `${name} = ${size}`)
  .join(", ");

function stacked({ H, T, B, L }: Sizes): Workload {
  return {
    name: "stacked",
    title: `H = ${H}, T = ${T}, B = ${B}, L = ${L}`,
    program: { file: "./cost/stacked.rnn", statics: { n: H, layers: L }, iteration: "gradient" },
    examples: (random) => times(B, () => ({ x: vectors(random, T, H), g: vectors(random, T, H) })),
  };
}
