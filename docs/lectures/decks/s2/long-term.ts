import { deepInTime } from "../../../../examples/claims/structure.ts";
import { clipping } from "../../figures/clipping.ts";
import { vanishing } from "../../figures/vanishing.ts";
import type { Chapter } from "../../lecture.ts";
import { adjoint } from "../../parts/derivations.ts";
import { claimed } from "../../parts/findings.ts";
import { flow } from "../../parts/flows.ts";
import { unfolded } from "../../parts/pictures.ts";
import { example, written } from "../../programs.ts";

const linear = written(`
model Linear(n = 4, gain = 0.8) {
  axis t in 1..T
  param W ~ orthogonal
  param v ~ normal(0, 1)
  h[0] = v
  output h[t] : R[n] = gain * (W h[t-1])
}`);

const nilpotent = written(`
model Nilpotent {
  axis t in 1..T
  input x[t] : R
  a[0] = 0
  b[0] = 0
  a[t] = 2 * b[t-1] + x[t]
  b[t] = 0 * a[t-1] + x[t]
  minimize mean[t](a[t] + b[t])
}`);

export const longTerm: Chapter = {
  title: "Long-term dependencies",
  figures: [
    vanishing({
      slide: "Gradient Vanishing/Explosion",
      rows: ["65", "69"],
      formulas: String.raw`\gamma &= \lVert \text{diag}[f'(h_{i-1})] * U \rVert \\ \gamma &> 1: \quad \gamma^{t-k} → \infty \quad (t - k → \infty) \\ \gamma &< 1: \quad \gamma^{t-k} → 0`,
    }),
    {
      name: "linear",
      title: "A linear net, and what its singular values say",
      slide: "Vanishing/Exploding Gradient Problem",
      rows: ["66", "67", "68", "E6"],
      words: [
        "Without inputs and without squashing the state is a power of the matrix, and so is the gradient. A greatest singular value below 1 makes it vanish. Above 1 it need not explode: W = (0 2; 0 0) has the singular value 2, and after two steps nothing is left, since W² = 0.",
      ],
      formulas: "h_t &= W_{hh} h_{t-1} = W_{hh}^{t} h_0",
      exhibits: [
        { caption: "A rotation times 0.8", program: linear, opens: { view: "flow" }, parts: [flow({ length: 20 })] },
        {
          caption: "Singular value 2, gradient 0",
          program: nilpotent,
          opens: { view: "flow" },
          parts: [flow({ length: 8, of: [["a", "b"]] })],
        },
      ],
      found: [
        "The slide's “singular value > 1 ⇒ explodes” is false as it stands; its quotation is right: above 1 is necessary, not sufficient.",
      ],
    },
    clipping({
      slide: "Vanishing/Exploding Gradient Problem",
      rows: ["74", "112"],
      formulas: String.raw`\hat{g} &← \frac{\partial J}{\partial \theta} \\ \hat{g} &← \frac{\text{Threshold}}{\lVert \hat{g} \rVert} * \hat{g} \quad \text{if } \lVert \hat{g} \rVert > \text{Threshold}`,
    }),
    {
      name: "regulariser",
      title: "A regulariser that keeps the gradient's length",
      slide: "Vanishing/Exploding Gradient Problem",
      rows: ["75"],
      words: [
        "The slide names it only. In the paper (Pascanu, Mikolov and Bengio 2013) the loss asks that one step back changes the gradient's length little. The gradient g is itself a recurrence, so it can be written down in the program, and the compiler differentiates it again.",
      ],
      exhibits: [
        {
          program: example("gradient-propagation"),
          opens: { view: "adjoint" },
          parts: [adjoint("Its gradient: a derivative of derivatives")],
        },
      ],
    },
    {
      name: "deep",
      title: "Why an RNN is a deep structure",
      slide: "Connections to MLP?",
      rows: ["118", "126"],
      words: [
        "The traditional view is the circuit; unfolded, it is a feed-forward network whose depth grows with the length. A circle is one neuron, an arrow one weight.",
      ],
      exhibits: [
        {
          program: written(`
model Deep(k = 2, n = 3, m = 2) {
  axis t in 1..T
  input x[t] : R[k]
  param W, U, V
  h[0] = 0
  h[t] : R[n] = tanh(W h[t-1] + U x[t])
  output o[t] : R[m] = V h[t]
}`),
          opens: { view: "unfolded" },
          parts: [
            claimed(deepInTime),
            unfolded({ lengths: { T: 4 }, inUnits: true }, "The deep view: four steps, four layers."),
          ],
        },
      ],
    },
  ],
};
