import { below, times, vectors } from "./random.ts";
import { blockLength, type Workload } from "./task.ts";

export const workloads: ReadonlyArray<Workload> = [
  {
    name: "W1",
    title: "character LSTM 128, T 64, B 32; training step",
    program: { file: "./workloads/w1.rnn", iteration: "adam" },
    examples: (random) =>
      times(32, () => ({ x: times(64, () => below(random, 65)), y: times(64, () => below(random, 65)) })),
  },
  {
    name: "W2",
    title: "tanh network 32, T 20, B 1; training step",
    program: { file: "./workloads/w2.rnn", iteration: "sgd" },
    examples: (random) => [{ x: vectors(random, 20, 4), y: times(20, () => below(random, 3)) }],
  },
  {
    name: "W3",
    title: "LSTM 128, B 1; one step",
    program: { file: "./workloads/w3.rnn", iteration: "step" },
    examples: (random) => [{ x: vectors(random, 1, 65) }],
  },
  {
    name: "W3loop",
    title: "W3 with its most probable symbol fed back; 1000 steps",
    program: { file: "./workloads/w3loop.rnn", iteration: "generate" },
    examples: () => [],
  },
  {
    name: "W4",
    title: "translation, GRU 256 with attention, T 20, B 16; training step",
    program: { file: "./workloads/w4.rnn", iteration: "adam" },
    examples: (random) =>
      times(16, () => ({ x: times(20, () => below(random, 1000)), y: times(20, () => below(random, 1000)) })),
  },
  {
    name: "W5",
    title: "LSTM 512, T 50, B 64; gradient",
    program: { file: "./workloads/w5.rnn", wrt: ["x"], iteration: "gradient" },
    examples: (random) => times(64, () => ({ x: vectors(random, 50, 512), g: vectors(random, 50, 512) })),
  },
  {
    name: "W6",
    title: "tanh network 64, T 10000, B 1; gradient",
    program: { file: "./workloads/w6.rnn", iteration: "gradient" },
    examples: (random) => [{ x: vectors(random, 10000, 8), g: vectors(random, 10000, 64) }],
  },
  {
    name: "W7",
    title: "LSTM 24 on one number at a time, linear output, one stream; a block of 64",
    program: { file: "./workloads/w7.rnn", iteration: "process" },
    examples: (random) => [{ x: times(blockLength, () => 2 * random() - 1) }],
  },
  {
    name: "W8",
    title: "mLSTM 64 x 64, T 1024, B 4; gradient",
    program: { file: "./workloads/w8.rnn", iteration: "gradient" },
    examples: (random) => times(4, () => ({ x: vectors(random, 1024, 64), g: vectors(random, 1024, 64) })),
  },
];
