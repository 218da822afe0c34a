import { readFileSync } from "node:fs";
import { isRight } from "fp-ts/lib/Either.js";
import { type Compiled, compile } from "../src/compile.ts";
import type { Example } from "../src/emit/interface.ts";
import type { Target } from "../src/emit/program.ts";

/** One workload: what every peer must do as well. */
export interface Workload {
  readonly name: string;
  readonly title: string;
  readonly file: string;
  readonly wrt?: ReadonlyArray<string>;
  readonly examples: (random: () => number) => ReadonlyArray<Example>;
  readonly iteration: "adam" | "sgd" | "gradient" | "step" | "generate";
}

const times = <A>(count: number, make: (i: number) => A): A[] => Array.from({ length: count }, (_, i) => make(i));

export const workloads: ReadonlyArray<Workload> = [
  {
    name: "W1",
    title: "character LSTM 128, T 64, B 32; training step",
    file: "w1.rnn",
    iteration: "adam",
    examples: (random) =>
      times(32, () => ({ x: times(64, () => below(random, 65)), y: times(64, () => below(random, 65)) })),
  },
  {
    name: "W2",
    title: "tanh network 32, T 20, B 1; training step",
    file: "w2.rnn",
    iteration: "sgd",
    examples: (random) => [{ x: vectors(random, 20, 4), y: times(20, () => below(random, 3)) }],
  },
  {
    name: "W3",
    title: "LSTM 128, B 1; one step",
    file: "w3.rnn",
    iteration: "step",
    examples: (random) => [{ x: vectors(random, 1, 65) }],
  },
  {
    name: "W3loop",
    title: "W3 with its most probable symbol fed back; 1000 steps",
    file: "w3loop.rnn",
    iteration: "generate",
    examples: () => [],
  },
  {
    name: "W4",
    title: "translation, GRU 256 with attention, T 20, B 16; training step",
    file: "w4.rnn",
    iteration: "adam",
    examples: (random) =>
      times(16, () => ({ x: times(20, () => below(random, 1000)), y: times(20, () => below(random, 1000)) })),
  },
  {
    name: "W5",
    title: "LSTM 512, T 50, B 64; gradient",
    file: "w5.rnn",
    wrt: ["x"],
    iteration: "gradient",
    examples: (random) => times(64, () => ({ x: vectors(random, 50, 512), g: vectors(random, 50, 512) })),
  },
  {
    name: "W6",
    title: "tanh network 64, T 10000, B 1; gradient",
    file: "w6.rnn",
    iteration: "gradient",
    examples: (random) => [{ x: vectors(random, 10000, 8), g: vectors(random, 10000, 64) }],
  },
];

/** The workload's program, compiled as its iteration needs it. */
export const compiledWorkload = ({ file, wrt, iteration }: Workload, target: Target): Compiled => {
  const source = readFileSync(new URL(`./workloads/${file}`, import.meta.url), "utf8");
  const result = compile(source, {
    file,
    precision: "f32",
    target,
    ...(wrt === undefined ? {} : { wrt: [...wrt] }),
    ...(iteration === "adam" || iteration === "sgd" ? { optimiser: iteration } : {}),
  });
  if (isRight(result)) return result.right;
  throw new Error(JSON.stringify(result.left));
};

export const examplesOf = (workload: Workload): ReadonlyArray<Example> => workload.examples(generator(7));

/** What every peer is given: the same parameters and the same data. */
export const taskOf = (workload: Workload): Task => ({
  name: workload.name,
  params: Object.fromEntries(
    Object.entries(compiledWorkload(workload, "js").init(1)).map(([path, values]) => [path, Array.from(values)]),
  ),
  examples: examplesOf(workload),
});

export interface Task {
  readonly name: string;
  readonly params: Readonly<Record<string, ReadonlyArray<number>>>;
  readonly examples: ReadonlyArray<Example>;
}

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
