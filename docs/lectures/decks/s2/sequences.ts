import { hmmAgainstRnnFigure } from "../../figures/hmm.ts";
import { fiveShapes } from "../../figures/shapes.ts";
import type { Chapter } from "../../lecture.ts";
import { equations } from "../../parts/derivations.ts";
import { circuit } from "../../parts/pictures.ts";
import { example, written } from "../../programs.ts";

const withInputs = written(`
model Driven(k = 2, n = 3) {
  axis t in 1..T
  input x[t] : R[k]
  param W, U
  s[0] = 0
  output s[t] : R[n] = tanh(W s[t-1] + U x[t])
}`);

const withOutputs = written(`
model InOut(k = 2, n = 3, m = 2) {
  axis t in 1..T
  input x[t] : R[k]
  param W, U, V
  s[0] = 0
  s[t] : R[n] = tanh(W s[t-1] + U x[t])
  output o[t] : R[m] = sigmoid(V s[t])
}`);

const simple = written(`
model Simple(d = 4, k = 3) {
  axis t in 1..T
  input x[t] : R[k]
  param U : R[d,d]
  param W : R[d,k]
  param b = 0
  h[0] = 0
  output h[t] : R[d] = tanh(U h[t-1] + W x[t] + b)
}`);

export const sequences: Chapter = {
  title: "Sequences and systems",
  figures: [
    hmmAgainstRnnFigure({
      slide: "Why model sequences?",
      rows: ["52"],
      formulas: String.raw`P(X_{1..n}, Y_{1..n}) &= P(Y_1) P(X_1 | Y_1) · \prod_{i=2}^{n} P(Y_i | Y_{i-1}) P(X_i | Y_i)`,
    }),
    {
      name: "systems",
      title: "Dynamic systems: without input, with inputs, with outputs",
      slide: "How to model sequences?",
      rows: ["9", "10", "11"],
      words: ["The three formulas of the slides, and what their circuits have in common: one black square."],
      formulas: String.raw`s_t &= f_\theta(s_{t-1}) \\ s_t &= f_\theta(s_{t-1}, x_t) \\ s_t &= f(W s_{t-1} + U x_t), \quad o_t = g(V s_t)`,
      exhibits: [
        { caption: "No input", program: example("autonomous"), opens: { view: "circuit" }, parts: [circuit("")] },
        { caption: "With inputs", program: withInputs, opens: { view: "circuit" }, parts: [circuit("")] },
        { caption: "With inputs and outputs", program: withOutputs, opens: { view: "circuit" }, parts: [circuit("")] },
      ],
    },
    fiveShapes({ slide: "How to model sequences?", rows: ["99", "100", "101", "102", "103"] }),
    {
      name: "simple-recurrent",
      title: "The simple recurrent network",
      slide: "Recurrent Neural Network, Simple Recurrent Network",
      rows: ["6", "8"],
      words: [
        "Sizes are declared once: that b has d components, the compiler infers. The case t = 0 is an equation of its own.",
      ],
      formulas: String.raw`h_t &= \begin{cases} 0 & \text{if } t = 0 \\ f(h_{t-1}, x_t) & \text{otherwise} \end{cases} \\ h_t &= f(U h_{t-1} + W x_t + b)`,
      exhibits: [{ program: simple, opens: { view: "equations" }, parts: [equations(), circuit()] }],
    },
  ],
};
