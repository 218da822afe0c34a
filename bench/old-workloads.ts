import { readFileSync } from "node:fs";
import { isRight } from "fp-ts/lib/Either.js";
import { type Compiled, compile } from "../src/compile.ts";
import type { Example, Params, Precision } from "../src/emit/interface.ts";
import type { Target } from "../src/emit/program.ts";

/** One workload: what a peer must do as well, and the floating-point operations of its products and gates. */
export interface Workload {
  readonly name: string;
  readonly file: string;
  readonly wrt?: ReadonlyArray<string>;
  /** Millions of operations of one iteration. */
  readonly megaflops: number;
  readonly examples: (random: () => number) => ReadonlyArray<Example>;
  readonly iteration: "adam" | "sgd" | "gradient" | "step" | "generate";
}

const times = <A>(count: number, make: (i: number) => A): A[] => Array.from({ length: count }, (_, i) => make(i));

export const workloads: ReadonlyArray<Workload> = [
  {
    name: "W1",
    file: "w1.rnn",
    megaflops: 1310,
    iteration: "adam",
    examples: (random) =>
      times(32, () => ({ x: times(64, () => below(random, 65)), y: times(64, () => below(random, 65)) })),
  },
  {
    name: "W2",
    file: "w2.rnn",
    megaflops: 0.15,
    iteration: "sgd",
    examples: (random) => [{ x: vectors(random, 20, 4), y: times(20, () => below(random, 3)) }],
  },
  {
    name: "W3",
    file: "w3.rnn",
    megaflops: 0.198,
    iteration: "step",
    examples: (random) => [{ x: vectors(random, 1, 65) }],
  },
  { name: "W3loop", file: "w3loop.rnn", megaflops: 214, iteration: "generate", examples: () => [] },
  {
    name: "W4",
    file: "w4.rnn",
    megaflops: 2270,
    iteration: "adam",
    examples: (random) =>
      times(16, () => ({ x: times(20, () => below(random, 1000)), y: times(20, () => below(random, 1000)) })),
  },
  {
    name: "W5",
    file: "w5.rnn",
    wrt: ["x"],
    megaflops: 40300,
    iteration: "gradient",
    examples: (random) => times(64, () => ({ x: vectors(random, 50, 512), g: vectors(random, 50, 512) })),
  },
  {
    name: "W6",
    file: "w6.rnn",
    megaflops: 276,
    iteration: "gradient",
    examples: (random) => [{ x: vectors(random, 10000, 8), g: vectors(random, 10000, 64) }],
  },
];

/** A workload compiled, with its data and parameters; `run` is one iteration. */
export interface Prepared {
  readonly compiled: Compiled;
  readonly params: Params;
  readonly examples: ReadonlyArray<Example>;
  readonly loss: number | undefined;
  readonly run: () => void;
}

export const prepare = (workload: Workload, precision: Precision, target: Target): Prepared => {
  const source = readFileSync(new URL(`./workloads/${workload.file}`, import.meta.url), "utf8");
  const result = compile(source, {
    precision,
    target,
    ...(workload.wrt === undefined ? {} : { wrt: [...workload.wrt] }),
    ...(workload.iteration === "adam" || workload.iteration === "sgd" ? { optimiser: workload.iteration } : {}),
  });
  if (!isRight(result)) throw new Error(JSON.stringify(result.left));
  const compiled = result.right;
  const params = compiled.init(1);
  const examples = workload.examples(generator(7));
  if (workload.iteration === "generate") {
    const run = () => void compiled.generate(params, { length: 1000, choose: "mode", seed: 1 });
    return { compiled, params, examples, loss: undefined, run };
  }
  if (workload.iteration === "step") {
    const state = compiled.start(params);
    const input = { x: Float32Array.from((examples[0]!.x as number[][])[0]!) } as unknown as Example;
    return { compiled, params, examples, loss: undefined, run: () => void compiled.step(params, state, input) };
  }
  const batch = compiled.pack(examples);
  const loss = compiled.gradient(params, batch).loss;
  if (workload.iteration === "gradient") {
    return { compiled, params, examples, loss, run: () => void compiled.gradient(params, batch) };
  }
  const training = compiled.trainer(params);
  return { compiled, params, examples, loss, run: () => void training.step(batch, { rate: 1e-4 }) };
};

const below = (random: () => number, count: number): number => Math.floor(random() * count);
const vectors = (random: () => number, count: number, size: number): number[][] =>
  times(count, () => times(size, () => Math.fround(2 * random() - 1)));

const generator = (seed: number) => {
  let state = seed;
  return (): number => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
};
