import { lstmSteps } from "../../figures/cell-steps.ts";
import { feasible } from "../../figures/feasible.ts";
import { speedOf } from "../../figures/speed.ts";
import type { Chapter } from "../../lecture.ts";
import { equations } from "../../parts/derivations.ts";
import { flow, mapOnly } from "../../parts/flows.ts";
import { wholeCircuit } from "../../parts/pictures.ts";
import { written } from "../../programs.ts";

const split = written(`
model LSTM(k = 2, n = 3) {
  axis t in 1..T
  input x[t] : R[k]
  param Wfx, Wix, Wgx, Wox, Wfh, Wih, Wgh, Woh
  param bf, bi, bg, bo = 0
  h[0] = 0
  C[0] = 0
  f[t] = sigmoid(Wfx x[t] + Wfh h[t-1] + bf)
  i[t] = sigmoid(Wix x[t] + Wih h[t-1] + bi)
  g[t] = tanh(Wgx x[t] + Wgh h[t-1] + bg)
  C[t] : R[n] = f[t] * C[t-1] + i[t] * g[t]
  o[t] = sigmoid(Wox x[t] + Woh h[t-1] + bo)
  output h[t] = o[t] * tanh(C[t])
}`);

const cell = (name: string) =>
  written(`
import ${name} from "std"

model Cell(k = 2, n = 3, m = 2) {
  axis t in 1..T
  input x[t] : R[k]
  param V
  (h[t], c[t]) = ${name}(n)(x[t])
  y[t] : symbol[m] ~ categorical(softmax(V h[t]))
}`);

const loop = written(`
import LSTM from "std"

model Loop(k = 4, n = 8) {
  axis t in 1..T
  input x[t] : R[k]
  (h[t], c[t]) = LSTM(n)(x[t])
  output h
}`);

export const lstm: Chapter = {
  title: "Long short-term memory",
  figures: [
    {
      name: "lstm",
      title: "The LSTM, input first",
      slide: "LSTM cell",
      rows: ["19", "20"],
      words: [
        "The slide writes the forget gate; the others have the same form. The forget gate is of 1999: the LSTM of 1997 keeps what it took in, c[t] = c[t−1] + i[t] ∘ g[t], and its cell state carries the gradient undiminished.",
      ],
      formulas: String.raw`f_t &= \sigma(\mathbf{W}_{fx} \mathbf{x}^{(t)} + \mathbf{W}_{fh} \mathbf{h}^{(t-1)} + \mathbf{b}_f)`,
      exhibits: [
        { program: split, opens: { view: "circuit" }, parts: [equations(), wholeCircuit("What enters what.")] },
      ],
    },
    {
      name: "forget-gate",
      title: "1997 and 1999: without and with the forget gate",
      slide: "LSTM cell, “Forget Gate”",
      rows: ["20", "22", "111"],
      words: ["The same network, with the two cells: ‖∂c[t]/∂c[k]‖ as they are begun."],
      exhibits: [
        {
          caption: "1997",
          program: cell("LSTM1997"),
          opens: { view: "flow" },
          parts: [flow({ length: 16, of: [["c"]], pick: mapOnly })],
        },
        {
          caption: "1999, with the forget gate",
          program: cell("LSTM"),
          opens: { view: "flow" },
          parts: [flow({ length: 16, of: [["c"]], pick: mapOnly })],
        },
      ],
      found: [
        "Without a forget gate nothing is lost along c; with it, begun at one half, each step halves. That it “avoids vanishing gradients” is so where the gate is open.",
      ],
    },
    lstmSteps({ slide: "Brief summary of the gates so far", rows: ["19", "22", "23"] }),
    feasible({ slide: "Solutions to the vanishing/exploding gradient problems, 3)", rows: ["109"] }),
    {
      name: "call-and-loop",
      title: "LSTMCell in a loop, and LSTM in one call",
      slide: "RNNs with LSTMs in PyTorch",
      rows: ["87", "108"],
      words: [
        "“These two are equivalent, but the bottom one is substantially faster.” One module has both: step, and forward.",
      ],
      exhibits: [{ program: loop, opens: { view: "code" }, parts: [speedOf("loop")] }],
    },
  ],
};
