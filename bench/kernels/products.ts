import { wasmTexts } from "../../src/emit/wasm/program.ts";
import type { Dimension, LoopProgram } from "../../src/loops/loops.ts";
import { fixed } from "../../src/loops/size.ts";
import type { Precision } from "../../src/runtime/interface.ts";
import type { Program } from "../../src/runtime/program.ts";
import { peak } from "../peak.ts";

/**
 * The speed of the product's kernel on the shapes of the workloads, beside the most that 128-bit multiplies and adds can
 * do, measured in the same run: `npx tsx bench/kernels/products.ts`.
 */
interface Shape {
  readonly name: string;
  readonly m: number;
  readonly n: number;
  readonly k: number;
  /** How the left and the right operand stand: the letter of the dimension whose elements are neighbours. */
  readonly left: "m" | "k";
  readonly right: "k" | "n";
  readonly accumulate?: boolean;
}

const shapes: ReadonlyArray<Shape> = [
  { name: "W1 input, all steps", m: 2048, n: 512, k: 64, left: "k", right: "k" },
  { name: "W1 step", m: 32, n: 512, k: 128, left: "k", right: "k" },
  { name: "W1 step, adjoint", m: 32, n: 128, k: 512, left: "k", right: "n" },
  { name: "W1 weight gradient", m: 512, n: 128, k: 2048, left: "m", right: "n" },
  { name: "W1 linear", m: 2048, n: 65, k: 128, left: "k", right: "k" },
  { name: "W5 step", m: 64, n: 2048, k: 512, left: "k", right: "k" },
  { name: "W5 step, adjoint", m: 64, n: 512, k: 2048, left: "k", right: "n" },
  { name: "W5 weight gradient", m: 2048, n: 512, k: 3200, left: "m", right: "n" },
  { name: "W4 logits", m: 320, n: 1000, k: 256, left: "k", right: "k" },
  { name: "W2 step", m: 1, n: 32, k: 32, left: "k", right: "k" },
  { name: "W2 step, adjoint", m: 1, n: 32, k: 32, left: "k", right: "n" },
  { name: "W2 weight gradient", m: 32, n: 32, k: 20, left: "m", right: "n" },
  { name: "W3 step", m: 1, n: 512, k: 128, left: "k", right: "k" },
  { name: "W6 step", m: 1, n: 64, k: 64, left: "k", right: "k" },
  { name: "W6 weight gradient", m: 64, n: 64, k: 10000, left: "m", right: "n" },
  { name: "square", m: 512, n: 512, k: 512, left: "k", right: "n" },
  { name: "three rows", m: 3, n: 512, k: 128, left: "k", right: "k" },
];

const programOf = ({ m, n, k, left, right, accumulate = false }: Shape): LoopProgram => {
  const dimension = (extent: number, l: number, r: number, c: number): Dimension => ({
    extent: fixed(extent),
    left: fixed(l),
    right: fixed(r),
    result: fixed(c),
  });
  const buffer = (rows: number, rowSize: number) => ({
    name: "",
    rows: fixed(rows),
    front: 0,
    back: 0,
    rowSize: fixed(rowSize),
  });
  const view = (at: number) => ({ buffer: at, index: { terms: [], constant: [] } });
  return {
    lengths: [],
    buffers: [buffer(m, k), buffer(k, n), buffer(m, n)],
    homes: [0, 1, 2],
    leaves: [],
    results: [],
    blocks: [
      {
        title: "product",
        body: [
          {
            tag: "product",
            left: view(0),
            right: view(1),
            result: view(2),
            m: dimension(m, left === "k" ? k : 1, 0, n),
            n: dimension(n, 0, right === "k" ? k : 1, 1),
            k: dimension(k, left === "k" ? 1 : m, right === "k" ? 1 : n, 0),
            accumulate,
            inOrder: false,
            fromEnd: false,
          },
        ],
      },
    ],
  };
};

/** Milliseconds of one call, the median of several runs of about 20 ms each. */
const timeOf = (call: () => void): number => {
  call();
  let count = 1;
  const timed = () => {
    const start = performance.now();
    for (let i = 0; i < count; i += 1) call();
    return performance.now() - start;
  };
  while (timed() < 20) count *= 2;
  const times = Array.from({ length: 7 }, timed).sort((a, b) => a - b);
  return times[3]! / count;
};

const speedOf = (shape: Shape, precision: Precision): number => {
  const { support, programs } = wasmTexts([programOf(shape)], precision);
  const program = new Function(`${support}\nreturn ${programs[0]};`)() as Required<Program>;
  const { offsets, size } = program.plan([1]);
  const arena = program.arena(size);
  for (let i = 0; i < size; i += 1) arena[i] = Math.sin(i);
  const time = timeOf(() => program.run(arena, [], [1], offsets));
  return (2 * shape.m * shape.n * shape.k) / time / 1e6;
};

for (const precision of ["f32", "f64"] as const) {
  const { run, flops } = peak(precision);
  const limit = flops / timeOf(run) / 1e6;
  console.log(`${precision}: at most ${limit.toFixed(1)} GFLOP/s`);
  for (const shape of shapes) {
    const speed = speedOf(shape, precision);
    console.log(
      `  ${shape.name.padEnd(24)} ${speed.toFixed(1).padStart(6)} GFLOP/s ${((100 * speed) / limit).toFixed(0).padStart(4)} %`,
    );
  }
}
