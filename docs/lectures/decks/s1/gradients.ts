import { clipping } from "../../figures/clipping.ts";
import { truncation } from "../../figures/truncated.ts";
import { vanishing } from "../../figures/vanishing.ts";
import type { Chapter } from "../../lecture.ts";
import { adjoint, equations, refusal } from "../../parts/derivations.ts";
import { flow, termsOnly } from "../../parts/flows.ts";
import { circuit, unfolded } from "../../parts/pictures.ts";
import { written } from "../../programs.ts";

const split = written(`
model Split(k = 3, n = 4, m = 2) {
  axis t in 1..T
  input x[t] : R[k]
  param Whx, Whh, Wyh
  param bh, by = 0
  h[0] = 0
  zh[t] = Whx x[t] + Whh h[t-1] + bh
  h[t] : R[n] = tanh(zh[t])
  zy[t] = Wyh h[t] + by
  output y[t] = softmax(zy[t])
  L[t] : symbol[m] ~ categorical(y[t])
}`);

const joined = written(`
model Joined(k = 3, n = 4, m = 2) {
  axis t in 1..T
  input x[t] : R[k]
  param Wh : R[n,n+k]
  param Wyh
  param bh, by = 0
  h[0] = 0
  h[t] : R[n] = tanh(Wh [h[t-1]; x[t]] + bh)
  output y[t] = softmax(Wyh h[t] + by)
  L[t] : symbol[m] ~ categorical(y[t])
}`);

const double = (value: string) =>
  written(`
model Sum {
  axis t in 1..T
  axis k in 1..T
  input J[t,k] : R
  input d[k] : R
  output w[t] = ${value}
}`);

export const gradients: Chapter = {
  title: "Weights, loss and back-propagation through time",
  figures: [
    {
      name: "weights",
      isRoomy: true,
      title: "Weight matrices in a single-hidden-layer RNN",
      slide: "Weight matrices in a single-hidden layer RNN",
      rows: ["3", "4", "84"],
      words: [
        "With the slide's names; then with W_h = [W_hh ; W_hx], the two matrices side by side, over state and input end to end. Both are the same function.",
      ],
      formulas: String.raw`\mathbf{z}_h^{(t)} &= \mathbf{W}_{hx} \mathbf{x}^{(t)} + \mathbf{W}_{hh} \mathbf{h}^{(t-1)} + \mathbf{b}_h \\ \mathbf{h}^{(t)} &= \sigma_h(\mathbf{z}_h^{(t)}) \\ \mathbf{z}_y^{(t)} &= \mathbf{W}_{yh} \mathbf{h}^{(t)} + \mathbf{b}_y \\ \mathbf{y}^{(t)} &= \sigma_y(\mathbf{z}_y^{(t)})`,
      exhibits: [
        { caption: "Split", program: split, opens: { view: "equations" }, parts: [equations(), circuit()] },
        {
          caption: "Joined",
          program: joined,
          opens: { view: "equations" },
          parts: [equations(), unfolded({ lengths: { T: 3 } })],
        },
      ],
    },
    {
      name: "bptt",
      title: "Back-propagation through time, derived",
      slide: "Backpropagation through time",
      rows: ["54", "59", "61", "71", "E3"],
      words: [
        "The loss is the sum over all time steps; its gradient by W_hh a sum over t and k of products of Jacobians. The derivation has the same in one pass backwards.",
      ],
      formulas: String.raw`L &= \sum_{t=1}^{T} L^{(t)} \\ \frac{\partial L^{(t)}}{\partial \mathbf{W}_{hh}} &= \frac{\partial L^{(t)}}{\partial y^{(t)}} · \frac{\partial y^{(t)}}{\partial \mathbf{h}^{(t)}} · \left(\sum_{k=1}^{t} \frac{\partial \mathbf{h}^{(t)}}{\partial \mathbf{h}^{(k)}} · \frac{\partial \mathbf{h}^{(k)}}{\partial \mathbf{W}_{hh}}\right) \\ \frac{\partial \mathbf{h}^{(t)}}{\partial \mathbf{h}^{(k)}} &= \prod_{i=k+1}^{t} \frac{\partial \mathbf{h}^{(i)}}{\partial \mathbf{h}^{(i-1)}}`,
      exhibits: [
        {
          program: split,
          opens: { view: "adjoint" },
          parts: [
            adjoint(),
            flow({
              length: 14,
              pick: termsOnly,
              caption:
                "The terms of the sum over t and k. The row k = 1 is blank: there Whh multiplies h[0] = 0, so the term is 0.",
            }),
          ],
        },
      ],
      found: [
        "One slide begins the product at i = 1; it has to begin at k + 1, as on the others: only then do differences of the loss agree.",
      ],
    },
    {
      name: "bracket",
      title: "A bracket that closes too early",
      slide: "Backpropagation through time",
      rows: ["E2"],
      words: [
        "On one slide the sum over k closes before the last factor, which leaves its k without a meaning. As a program, with J for ∂h/∂h and d for ∂h/∂W:",
      ],
      exhibits: [
        { caption: "As on that slide", program: double("sum[k](J[t,k]) * d[k]"), isRefused: true, parts: [refusal] },
        {
          caption: "As on the others",
          program: double("sum[k](J[t,k] * d[k])"),
          opens: { view: "equations" },
          parts: [equations()],
        },
      ],
    },
    vanishing({ slide: "Vanishing/Exploding gradient problem!", rows: ["61", "65", "69"] }),
    clipping({
      slide: "Solutions to the vanishing/exploding gradient problems, 1)",
      rows: ["73", "112"],
      words: ["“set a max value for gradients if they grow too large”: of the norm, or of each element."],
    }),
    truncation({ slide: "Solutions to the vanishing/exploding gradient problems, 2)", rows: ["72"] }),
  ],
};
