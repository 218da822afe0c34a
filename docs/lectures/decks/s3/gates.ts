import { gruSteps, lstmSteps } from "../../figures/cell-steps.ts";
import { feasible } from "../../figures/feasible.ts";
import { speedOf } from "../../figures/speed.ts";
import type { Chapter } from "../../lecture.ts";
import { equations } from "../../parts/derivations.ts";
import { computed, toldTable } from "../../parts/findings.ts";
import { wholeCircuit } from "../../parts/pictures.ts";
import { compiledProgram, example, written } from "../../programs.ts";

const gate = written(`
model Gate {
  axis t in 1..T
  input a[t] : R
  output f[t] = sigmoid(a[t])
}`);

const opened = computed((program) => {
  const compiled = compiledProgram(program, { precision: "f64" });
  const a = [-8, -4, -1, 0, 1, 4, 8];
  const f = compiled.forward({}, compiled.pack([{ a }])).f!.data;
  return toldTable("A sigmoid gate", [
    ["W_f · [h, x] + b_f", "f"],
    ...a.map((value, t) => [String(value), f[t]!.toFixed(5)]),
  ]);
});

const speedy = written(`
import GRU from "std"

model Speedy(k = 20, n = 64, m = 2) {
  axis t in 1..T
  input x[t] : R[k]
  param V
  h[t] = GRU(n)(x[t])
  y[t] : symbol[m] ~ categorical(softmax(V h[t]))
}`);

export const gates: Chapter = {
  title: "LSTM and GRU, animated",
  figures: [
    {
      name: "lstm",
      title: "The LSTM: four interacting layers",
      slide: "LSTM: gating variables, candidate, cell & hidden state",
      rows: ["17", "21", "23"],
      words: ["The six lines of the slide. The pointwise × and + on the conveyor belt are those of C[t]."],
      formulas: String.raw`f_t &= \sigma(W_f [h_{t-1}, x_t] + b_f) \\ i_t &= \sigma(W_i [h_{t-1}, x_t] + b_i) \\ o_t &= \sigma(W_o [h_{t-1}, x_t] + b_o) \\ \tilde{c}_t &= \tanh(W_c [h_{t-1}, x_t] + b_c) \\ c_t &= f_t ∘ c_{t-1} + i_t ∘ \tilde{c}_t \\ h_t &= o_t ∘ \tanh(c_t)`,
      exhibits: [
        {
          program: example("lstm-equations"),
          opens: { starter: "lstm-equations", view: "circuit" },
          parts: [equations(), wholeCircuit("What enters what.")],
        },
      ],
    },
    lstmSteps({ slide: "LSTM animated", rows: ["17", "22", "23"] }),
    {
      name: "gate",
      title: "0 forgets, 1 keeps, and nothing is negative",
      slide: "LSTM: Cell state, Forget gate",
      rows: ["22", "E7"],
      words: [
        "One slide multiplies the cell state by an array of [−1, 0, 1]. A forget gate is a sigmoid: it lies between 0 and 1 and reaches neither.",
      ],
      exhibits: [{ program: gate, opens: { view: "equations" }, parts: [opened] }],
    },
    feasible({ slide: "Variants of RNN: more effective for long-term dependencies", rows: ["109", "111"] }),
    gruSteps({ slide: "Animated GRU cell", rows: ["25", "24"] }),
    {
      name: "speedier",
      title: "Fewer tensor operations, a little speedier?",
      slide: "Gated Recurrent Unit Network (GRU)",
      rows: ["110"],
      words: [
        "“GRU's has fewer tensor operations; therefore, they are a little speedier to train.” Three products for four, by count; and by the clock:",
      ],
      exhibits: [{ program: speedy, opens: { view: "code" }, parts: [speedOf("gru")] }],
    },
  ],
};
