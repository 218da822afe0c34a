import { deepInTime } from "../../../../examples/claims/structure.ts";
import { flat } from "../../../../examples/tasks/measure.ts";
import { trainTask } from "../../../../examples/tasks/train.ts";
import { vanishing } from "../../figures/vanishing.ts";
import type { Chapter } from "../../lecture.ts";
import { adjoint, equations } from "../../parts/derivations.ts";
import { claimed, computed, toldTable } from "../../parts/findings.ts";
import { circuit, unfolded } from "../../parts/pictures.ts";
import { reach } from "../../parts/reach.ts";
import { taskNamed } from "../../parts/trained.ts";
import { compiledProgram, example, written } from "../../programs.ts";

const threeLayers = written(`
model ABC(k = 2, n = 3, m = 2) {
  axis t in 1..T
  input x[t] : R[k]
  param A, A1, B, F, C
  h[0] = 0
  x[0] = 0
  y[0] = 0
  h[t] : R[n] = tanh(A x[t] + A1 x[t-1] + B h[t-1] + F y[t-1])
  output y[t] : R[m] = C h[t]
}`);

const activations = written(`
model Activations(k = 2, n = 3, m = 2, g1 = tanh, g2 = softmax) {
  axis t in 1..T
  input x[t] : R[k]
  param Waa, Wax, Wya
  param ba, by = 0
  a[0] = 0
  a[t] : R[n] = g1(Waa a[t-1] + Wax x[t] + ba)
  output y[t] : R[m] = g2(Wya a[t] + by)
}`);

const squash = written(`
model Squash {
  axis t in 1..T
  input x[t] : R
  output y[t] = tanh(x[t])
}`);

const concatenated = written(`
model Concatenated(k = 2, n = 3) {
  axis t in 1..T
  input x[t] : R[k]
  param W : R[n,n+k]
  h[0] = 0
  output h[t] : R[n] = tanh(W [h[t-1]; x[t]])
}`);

const squashed = computed((program) => {
  const compiled = compiledProgram(program, { precision: "f64" });
  const x = [5, 0.01, -0.5];
  const y = compiled.forward({}, compiled.pack([{ x }])).y!.data;
  return toldTable("What tanh makes of the slide's numbers", [
    ["in", "out"],
    ...x.map((value, t) => [String(value), y[t]!.toFixed(8)]),
  ]);
});

const trainedNetwork = written(`
model Trained(k = 3, n = 4, m = 2) {
  axis t in 1..T
  input x[t] : R[k]
  param W, U, V
  s[0] = 0
  s[t] : R[n] = tanh(W s[t-1] + U x[t])
  output y[t] = softmax(V s[t])
  J[t] : symbol[m] ~ categorical(y[t])
}`);

const gaps = computed(() =>
  toldTable(
    "Which of three words is missing",
    [
      ["", "gaps right, never seen"],
      ...["fill in, from both sides", "fill in, from the left alone"].map((name) => {
        const task = taskNamed(name);
        const trained = trainTask(task);
        return [name, `${(100 * task.marks[0]!.measure(trained, task.heldOut())).toFixed(1)} %`];
      }),
      [
        "always the commonest",
        `${(100 * taskNamed("fill in, from both sides").marks[0]!.baseline!.measure(taskNamed("fill in, from both sides").training(), taskNamed("fill in, from both sides").heldOut())).toFixed(1)} %`,
      ],
    ],
    "npm run examples -- 'fill in'",
  ),
);

const merges: Readonly<Record<string, string>> = {
  Concatenation: "Bi",
  Sum: "BiSum",
  Average: "BiMean",
  Maximum: "BiMax",
};

const merged = (cell: string) =>
  written(`
import ${cell}, LSTM from "std"

model Merged(k = 2, n = 3) {
  axis t in 1..T
  input x[t] : R[k]
  output h[t] = ${cell}(LSTM, n)(x[t])
}`);

const both = computed(() => {
  const x = [
    [1, 0],
    [0, 1],
    [-1, 1],
  ];
  return toldTable("The last of three outputs, by combination, with the same LSTMs", [
    ["", "h[3]"],
    ...Object.entries(merges).map(([name, cell]) => {
      const compiled = compiledProgram(merged(cell), { precision: "f64" });
      const found = compiled.forward(compiled.init(1), compiled.pack([{ x }])).h!;
      return [
        name,
        flat(found)
          .slice((-2 * 3) / (cell === "Bi" ? 1 : 2))
          .map((value) => value.toFixed(3))
          .join(", "),
      ];
    }),
  ]);
});

export const recurrent: Chapter = {
  title: "The vanilla network, its training, and both directions",
  figures: [
    {
      name: "abc",
      title: "x, h and y, and the parameters A, B and C",
      slide: "What are RNNs",
      rows: ["12"],
      words: [
        "“The current input is a combination of x(t) and x(t−1)”, and the output is fed back: two more black squares. What stands before the first step has to be said.",
      ],
      exhibits: [
        { program: threeLayers, opens: { view: "circuit" }, parts: [circuit(), unfolded({ lengths: { T: 3 } })] },
      ],
    },
    {
      name: "activations",
      title: "a and y, with any activations",
      slide: "More about RNN",
      rows: ["5", "3"],
      words: [
        "g₁ and g₂ are static parameters: “g1=sigmoid” in the playground's sizes makes another network of the same program.",
      ],
      formulas: String.raw`a^{(t)} &= g_1(W_{aa} a^{(t-1)} + W_{ax} x^{(t)} + b_a) \\ y^{(t)} &= g_2(W_{ya} a^{(t)} + b_y)`,
      exhibits: [{ program: activations, opens: { view: "equations" }, parts: [equations()] }],
    },
    {
      name: "tanh",
      title: "Concatenate, multiply, squash",
      slide: "Why recurrent neural networks?: tanh function",
      rows: ["13", "14"],
      words: [
        "The new hidden state is tanh of the previous one and the input, end to end. The slide squashes 5, 0.01 and −0.5.",
      ],
      exhibits: [
        { caption: "The cell", program: concatenated, opens: { view: "circuit" }, parts: [circuit("")] },
        { caption: "The function", program: squash, opens: { view: "equations" }, parts: [squashed] },
      ],
    },
    {
      name: "properties",
      title: "Order counts, and one step waits for another",
      slide: "Some advantages, some disadvantages of RNN",
      rows: ["114", "117", "118"],
      words: [
        "Sensitive to the order of inputs, one position at a time, the same weights at every step: measured of a network as it is begun.",
      ],
      exhibits: [
        {
          program: trainedNetwork,
          opens: { view: "unfolded" },
          parts: [claimed(deepInTime), reach("y", "x", 5, "What has been is seen, what comes is not.")],
        },
      ],
    },
    {
      name: "bptt",
      title: "Training by back-propagation through time, derived",
      slide: "Training using Backpropagation Through Time (BPTT)",
      rows: ["54", "56", "58", "71", "E11"],
      words: ["As in the other lectures, with the names of this one."],
      formulas: String.raw`J(\Theta) &= \sum_t J_t(\Theta) \\ \frac{\partial J}{\partial W} &= \sum_t \frac{\partial J_t}{\partial W} \\ \frac{\partial J_t}{\partial W} &= \sum_{k=0}^{t} \frac{\partial J_t}{\partial y_t} \frac{\partial y_t}{\partial s_t} \frac{\partial s_t}{\partial s_k} \frac{\partial s_k}{\partial W}`,
      exhibits: [{ program: trainedNetwork, opens: { view: "adjoint" }, parts: [adjoint()] }],
    },
    vanishing({ slide: "Disadvantage: example", rows: ["69", "65"] }),
    {
      name: "fill-in",
      title: "I am ____ hungry, and I can eat half a cow",
      slide: "Bidirectional RNN",
      rows: ["107"],
      words: [
        "Which word is missing is told after the gap alone: from the left no network beats guessing, from both sides one does.",
      ],
      exhibits: [
        {
          program: example("fill-in", { V: 10, m: 4, d: 6, n: 12 }),
          opens: { starter: "fill-in", view: "training" },
          parts: [gaps, unfolded({ lengths: { T: 3 } })],
        },
      ],
    },
    {
      name: "merges",
      title: "Concatenation, sum, average, maximum; and with LSTMs",
      slide: "Bidirectional RNN, Bidirectional LSTM",
      rows: ["31", "32"],
      words: ["The four combinations of the slide are four cells of the library."],
      exhibits: [{ program: merged("Bi"), opens: { view: "circuit" }, parts: [equations(), both] }],
    },
  ],
};
