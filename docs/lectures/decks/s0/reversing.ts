import { fiveShapes } from "../../figures/shapes.ts";
import type { Chapter, Exhibit } from "../../lecture.ts";
import { refusal } from "../../parts/derivations.ts";
import { circuit } from "../../parts/pictures.ts";
import { reached } from "../../parts/reached.ts";
import { taskNamed } from "../../parts/trained.ts";
import { example, written } from "../../programs.ts";

const problem = (caption: string, program: string, name: string, starter?: string): Exhibit => ({
  caption,
  program: example(program),
  opens: {
    view: "training",
    ...(starter === undefined ? { data: taskNamed(name).training().slice(0, 40) } : { starter }),
  },
  parts: [reached(name)],
});

export const reversing: Chapter = {
  title: "Problems: reversing bits, and what shapes there are",
  figures: [
    {
      name: "bits",
      title: "The bit reverse problems, solved",
      slide: "Bit reverse problem, Data, Network Architecture",
      rows: ["89", "90", "91", "92", "E10"],
      words: [
        "“Reverse” means the other bit. Problem 1 is one neuron; problem 2 has no time, and pads with −1 where words are shorter than 10; problem 3 has one neuron and time, which it does not need.",
      ],
      exhibits: [
        problem("Problem 1: a bit", "complement-bit", "problem 1: reverse a bit", "complement-bit"),
        problem("Problem 2: a word of 10", "complement-word", "problem 2: a fixed word"),
        problem("Problem 2: padded", "complement-padded", "problem 2: padded words"),
        problem("Problem 3: over time", "complement-over-time", "problem 3: over time"),
      ],
    },
    {
      name: "if-same",
      title: "Problem 4: reverse if input and last output are the same",
      slide: "Bit reverse problem",
      rows: ["93", "E9"],
      words: [
        "The output depends on the last output, so its first value has to be given: without it the program is refused. The truth table (input, last output) → output is 00→1, 01→0, 10→1, 11→0: always the other of the last output. The input turns out not to matter, and the trained network says so: its weight is about a two-hundredth of that of the last output.",
      ],
      exhibits: [
        problem("With the first value", "complement-if-same", "problem 4: reverse if same", "complement-if-same"),
        {
          caption: "Without it",
          program: written(`
model Problem4 {
  axis t in 1..T
  input x[t] : R
  output o[t] : R = if x[t] == o[t-1] then 1 - x[t] else x[t]
}`),
          isRefused: true,
          parts: [refusal],
        },
      ],
    },
    fiveShapes({ slide: "Different configurations of RNNs", rows: ["99", "100", "101", "102", "103"] }),
    {
      name: "deep",
      title: "Extensions: bidirectional, and deep bidirectional",
      slide: "RNN extensions",
      rows: ["28", "29"],
      words: ["Layers of both directions upon each other: the sizes of the upper ones follow from those below."],
      exhibits: [
        {
          program: written(`
import BiStack, LSTM from "std"

model Deep(k = 3, n = 4, m = 3) {
  axis t in 1..T
  input x[t] : R[k]
  param V
  param c = 0
  h[t] = BiStack(LSTM, n, 2)(x[t])
  output p[t] = softmax(V h[t] + c)
  y[t] : symbol[m] ~ categorical(p[t])
}`),
          opens: { view: "circuit" },
          parts: [circuit()],
        },
      ],
    },
  ],
};
