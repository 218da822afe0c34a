import { conveyorBelt } from "../../../../examples/claims/gradients.ts";
import { lstmSteps } from "../../figures/cell-steps.ts";
import { feasible } from "../../figures/feasible.ts";
import type { Chapter } from "../../lecture.ts";
import { equations } from "../../parts/derivations.ts";
import { claimed } from "../../parts/findings.ts";
import { flow, mapOnly } from "../../parts/flows.ts";
import { circuit, unfolded, wholeCircuit } from "../../parts/pictures.ts";
import { written } from "../../programs.ts";

const gru = written(`
model GRU(k = 2, n = 3, m = 2) {
  axis t in 1..T
  input x[t] : R[k]
  param Wz, Wr, WC, Uz, Ur, U, V
  h[0] = 0
  z[t] = sigmoid(Wz x[t] + Uz h[t-1])
  r[t] = sigmoid(Wr x[t] + Ur h[t-1])
  h̃[t] = tanh(WC x[t] + U (r[t] * h[t-1]))
  h[t] : R[n] = (1 - z[t]) * h[t-1] + z[t] * h̃[t]
  output o[t] : R[m] = V h[t]
}`);

const carried = (forget: number) =>
  written(
    `
import LSTM from "std"

model Carried(k = 2, n = 6, m = 2, forget = 0) {
  axis t in 1..T
  input x[t] : R[k]
  param V
  (h[t], c[t]) = LSTM(n, forget)(x[t])
  y[t] : symbol[m] ~ categorical(softmax(V h[t]))
}`,
    { forget },
  );

const stack = (cell: string) =>
  written(`
import ${cell}, LSTM from "std"

model Stacked(k = 2, n = 3) {
  axis t in 1..T
  input x[t] : R[k]
  output h[t] = ${cell}(LSTM, n, 3)(x[t])
}`);

const bidirectional = written(`
model Bidirectional(k = 2, n = 3) {
  axis t in 1..T
  input x[t] : R[k]
  param U1, W1, U2, W2
  param b1, b2 = 0
  h1[0] = 0
  h2[T+1] = 0
  h1[t] : R[n] = tanh(U1 h1[t-1] + W1 x[t] + b1)
  h2[t] : R[n] = tanh(U2 h2[t+1] + W2 x[t] + b2)
  output h[t] = [h1[t]; h2[t]]
}`);

const hierarchy = written(`
import Hierarchy, LSTM from "std"

model Document(k = 2, n = 3, m = 3) {
  axis s in 1..S
  axis w in 1..W[s]
  input x[s,w] : R[k]
  output h[s] = Hierarchy(LSTM, n, LSTM, m)(x[s,w])
}`);

export const cells: Chapter = {
  title: "LSTM, GRU, and layers",
  figures: [
    lstmSteps({
      slide: "Long Short-Term Memory (LSTM)",
      rows: ["18", "21", "22", "23"],
      formulas: String.raw`i_t &= \sigma(W_i x_t + U_i h_{t-1} + b_i) \\ o_t &= \sigma(W_o x_t + U_o h_{t-1} + b_o) \\ f_t &= \sigma(W_f x_t + U_f h_{t-1} + b_f) \\ \tilde{C}_t &= \tanh(W_C x_t + U_C h_{t-1} + b_C) \\ C_t &= f_t ⊗ C_{t-1} + i_t ⊗ \tilde{C}_t \\ h_t &= o_t ⊗ \tanh(C_t)`,
    }),
    {
      name: "conveyor",
      title: "Standard RNN and LSTM: what is left of the gradient",
      slide: "Standard RNN vs. LSTM",
      rows: ["21", "111"],
      words: [
        "Along the cell state the gradient passes the forget gate alone. As usually begun the gate stands at one half, and what is carried halves each step; begun near 1 it lasts.",
      ],
      exhibits: [
        {
          caption: "forget = 0",
          program: carried(0),
          opens: { view: "flow" },
          parts: [flow({ length: 20, of: [["c"]], pick: mapOnly })],
        },
        {
          caption: "forget = 5",
          program: carried(5),
          opens: { view: "flow" },
          parts: [flow({ length: 20, of: [["c"]], pick: mapOnly })],
        },
      ],
      together: [claimed(conveyorBelt)],
    },
    feasible({ slide: "Empirical Feasible Length of LSTM, of GRU", rows: ["109"] }),
    {
      name: "gru",
      title: "The gated recurrent unit",
      slide: "Gated Recurrent Unit (GRU)",
      rows: ["24", "E14"],
      words: [
        "As on the slide: two gates, six matrices, no biases; r acts before the matrix, z lets the new state in. Libraries have other dialects, which are other cells.",
      ],
      formulas: String.raw`z_t &= \sigma(W_z x_t + U_z h_{t-1}) \\ r_t &= \sigma(W_r x_t + U_r h_{t-1}) \\ \tilde{h}_t &= \tanh(W_C x_t + U(r_t ⊗ h_{t-1})) \\ h_t &= (1 - z_t) ⊗ h_{t-1} + z_t ⊗ \tilde{h}_t`,
      exhibits: [
        {
          program: gru,
          opens: { view: "circuit" },
          parts: [equations(), wholeCircuit("The architecture as a circuit.")],
        },
      ],
    },
    {
      name: "stacked",
      isRoomy: true,
      title: "Stacked, with and without the raw input in every layer",
      slide: "Stacked RNN",
      rows: ["26", "27"],
      words: ["Layers upon layers of one cell. Where the raw input enters every layer, an arrow leads from x to each."],
      exhibits: [
        {
          caption: "Each reads the one below",
          program: stack("Stack"),
          opens: { view: "circuit" },
          parts: [circuit("")],
        },
        {
          caption: "Each reads x, too",
          program: stack("StackWithInput"),
          opens: { view: "circuit" },
          parts: [circuit("")],
        },
      ],
    },
    {
      name: "bidirectional",
      title: "Bidirectional: prefix and suffix at once",
      slide: "Bidirectional RNN",
      rows: ["29"],
      words: ["What stands at t+1 may be read like what stands at t−1; its boundary is at T+1."],
      formulas: String.raw`h_t^{(1)} &= f(U^{(1)} h_{t-1}^{(1)} + W^{(1)} x_t + b^{(1)}) \\ h_t^{(2)} &= f(U^{(2)} h_{t+1}^{(2)} + W^{(2)} x_t + b^{(2)}) \\ h_t &= h_t^{(1)} ⊕ h_t^{(2)}`,
      exhibits: [
        { program: bidirectional, opens: { view: "unfolded" }, parts: [circuit(), unfolded({ lengths: { T: 3 } })] },
      ],
    },
    {
      name: "hierarchical",
      title: "Hierarchical LSTM: words make sentences, sentences a document",
      slide: "Hierarchical LSTM",
      rows: ["33"],
      words: ["Two axes, of which the inner one has a length of its own in each sentence."],
      exhibits: [{ program: hierarchy, opens: { view: "circuit" }, parts: [circuit()] }],
    },
  ],
};
