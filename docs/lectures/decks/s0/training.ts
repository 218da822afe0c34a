import type { Chapter } from "../../lecture.ts";
import { adjoint, equations } from "../../parts/derivations.ts";
import { flow, termsOnly } from "../../parts/flows.ts";
import { unfolded } from "../../parts/pictures.ts";
import { example, written } from "../../programs.ts";

const network = written(`
model Trained(k = 3, n = 4, m = 2) {
  axis t in 1..T
  input x[t] : R[k]
  param U, W, V
  s[0] = 0
  s[t] : R[n] = tanh(W s[t-1] + U x[t])
  output ŷ[t] = softmax(V s[t])
  E[t] : symbol[m] ~ categorical(ŷ[t])
}`);

const immediate = written(`
model Immediate(k = 3, n = 4, m = 2) {
  axis t in 1..T
  input x[t] : R[k]
  param U, W, V
  s[0] = 0
  s[t] : R[n] = tanh(W stop(s[t-1]) + U x[t])
  output ŷ[t] = softmax(V s[t])
  E[t] : symbol[m] ~ categorical(ŷ[t])
}`);

const joined = written(`
model Joined(k = 4, m = 3) {
  axis t in 1..T
  input X[t] : R[k]
  input D[t] : R[m]
  param WU : R[m,m+k]
  O[0] = 0
  output O[t] : R[m] = sigmoid(WU [O[t-1]; X[t]])
  minimize sum[t](sumsq(D[t] - O[t]))
}`);

const feedback = example("feedback-4-3");
const inUnits = { lengths: { T: 2 }, inUnits: true };

export const training: Chapter = {
  title: "Back-propagation through time, and the network seen as a feed-forward one",
  figures: [
    {
      name: "bptt",
      title: "BPTT, derived",
      slide: "BackPropagation Through Time (BPTT)",
      rows: ["54", "56", "57", "58", "71"],
      words: ["The slides take the error of step 3 apart. The compiler derives the gradient of the sum of all errors."],
      formulas: String.raw`\frac{\partial E}{\partial W} &= \sum_t \frac{\partial E_t}{\partial W} \\ \frac{\partial E_3}{\partial V} &= \frac{\partial E_3}{\partial \hat{y}_3} \frac{\partial \hat{y}_3}{\partial V} \\ \frac{\partial E_3}{\partial W} &= \sum_{k=0}^{3} \frac{\partial E_3}{\partial \hat{y}_3} \frac{\partial \hat{y}_3}{\partial s_3} \frac{\partial s_3}{\partial s_k} \frac{\partial s_k}{\partial W}`,
      exhibits: [{ program: network, opens: { view: "adjoint" }, parts: [adjoint()] }],
      found: [
        "∂V is a sum over t in which nothing of another step stands: the gradient of V needs no time. ∂W reads ∂s, which reads its own next step.",
      ],
    },
    {
      name: "immediate",
      title: "The first formula for W, and the second",
      slide: "BackPropagation Through Time (BPTT)",
      rows: ["58", "E11"],
      words: [
        "∂s₃/∂W in the first formula may be read as if s₂ did not depend on W. As a program: the state before is held by stop. Its derivation has lost the recurrence; what it computes is not the gradient. The sum over k has the terms that are missing.",
      ],
      exhibits: [
        {
          caption: "With s[t−1] held",
          program: immediate,
          opens: { view: "adjoint" },
          parts: [adjoint("Derived: no step reads the next")],
        },
        {
          caption: "All terms of the sum, by t and k",
          program: network,
          opens: { view: "flow" },
          parts: [
            flow({
              length: 12,
              pick: termsOnly,
              caption: "The row k = 1 is blank: there W multiplies s[0] = 0, so the term is 0.",
            }),
          ],
        },
      ],
      found: ["Whether k starts at 0 or 1 makes a difference only if the first state depends on W; here s[0] = 0."],
    },
    {
      name: "feed-forward",
      isRoomy: true,
      title: "The network at t = 1, at t = 2, and complete",
      slide: "Visualization of RNN through Feed-Forward Neural Network",
      rows: ["15", "94", "126"],
      words: [
        "Four neurons in, three out. Each circle is a neuron, each arrow a weight; the outputs of one step are inputs of the next.",
      ],
      formulas: String.raw`O^1 &= f(W . O^0 + U . X^1) = f([W, U] · [O^0, x^1]) \\ O^2 &= f(W . O^1 + U . X^2) = f([W, U] · [O^1, x^2])`,
      exhibits: [
        {
          program: feedback,
          opens: { view: "unfolded" },
          parts: [
            unfolded({ ...inUnits, at: { axis: "t", position: 1 } }, "At t = 1."),
            unfolded({ ...inUnits, at: { axis: "t", position: 2 } }, "At t = 2."),
            unfolded(inUnits, "The complete network for two steps."),
          ],
        },
        { caption: "W and U side by side", program: joined, opens: { view: "equations" }, parts: [equations()] },
      ],
    },
  ],
};
