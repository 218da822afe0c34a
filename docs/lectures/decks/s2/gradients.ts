import type { Chapter } from "../../lecture.ts";
import { adjoint, equations } from "../../parts/derivations.ts";
import { flow, mapOnly, termsOnly } from "../../parts/flows.ts";
import { written } from "../../programs.ts";

const simple = written(`
model Gradient(k = 3, d = 4, m = 2) {
  axis t in 1..T
  input x[t] : R[k]
  param U : R[d,d]
  param W, V
  param b = 0
  h[0] = 0
  h[t] : R[d] = tanh(U h[t-1] + W x[t] + b)
  y[t] : symbol[m] ~ categorical(softmax(V h[t]))
}`);

const rows = written(`
model ByRows(k = 2) {
  axis t in 1..T
  input x[t] : R[k]
  for i in 1..3 {
    param u[i] : R[3]
    param w[i] : R[k]
    h[i,0] = 0
    h[i,t] : R = tanh(dot(u[i], [h[1,t-1]; h[2,t-1]; h[3,t-1]]) + dot(w[i], x[t]))
  }
  output s[t] = [h[1,t]; h[2,t]; h[3,t]]
}`);

export const gradients: Chapter = {
  title: "Back-propagation through time, derived",
  figures: [
    {
      name: "bptt",
      title: "The gradient of an RNN, derived",
      slide: "Backpropagation Through Time, Gradient of RNN (4)–(6)",
      rows: ["54", "60", "61", "63", "71", "E4", "E5"],
      words: [
        "The slides sum over pairs t, k of products of Jacobians. The compiler writes the same as one recurrence backwards in time, which needs one step for each t: every adjoint ∂h[t] gathers what all later losses say of h[t].",
      ],
      formulas: String.raw`\frac{\partial J}{\partial U} &= \sum_{t=1}^{T} \frac{\partial J_t}{\partial U} = \sum_{t=1}^{T} \frac{\partial h_t}{\partial U} \frac{\partial J_t}{\partial h_t} \\ \frac{\partial J}{\partial U} &= \sum_{t=1}^{T} \sum_{k=1}^{t} \frac{\partial h_k}{\partial U} \frac{\partial h_t}{\partial h_k} \frac{\partial y_t}{\partial h_t} \frac{\partial J_t}{\partial y_t} \\ \frac{\partial h_t}{\partial h_k} &= \prod_{i=k+1}^{t} \frac{\partial h_i}{\partial h_{i-1}} = \prod_{i=k+1}^{t} \text{diag}[f'(h_{i-1})] * U`,
      exhibits: [{ program: simple, opens: { view: "adjoint" }, parts: [adjoint()] }],
      found: [
        "The slides take f′ at h[i−1]. The derivation has 1 − h[t]², which is tanh′ at U h[t−1] + W x[t] + b: only so do differences of the loss agree, which “Gradient” in the playground shows.",
        "The product has an order, the last step first, and in (4) and (6) the factors stand in the order of columns while (11) is a matrix of rows; below, one layout at a time.",
      ],
    },
    {
      name: "double-sum",
      title: "The double sum over t and k, term by term",
      slide: "Gradient of RNN (6)",
      rows: ["56", "59", "60"],
      words: [
        "Each square is the length of one term of ∂J/∂U: what the loss at t says of U as it was used at k. Terms far from the diagonal are those of long memories.",
      ],
      exhibits: [
        {
          program: simple,
          opens: { view: "flow" },
          parts: [
            flow({
              length: 16,
              pick: termsOnly,
              caption: "The row k = 1 is blank: there U multiplies h[0] = 0, so the term is 0.",
            }),
            flow({ length: 16, pick: mapOnly }),
          ],
        },
      ],
    },
    {
      name: "layouts",
      isRoomy: true,
      title: "Matrix calculus: two layouts of one derivative",
      slide: "Matrix Calculus, Derive the Results (7)–(11)",
      rows: ["7", "62", "64", "E5"],
      words: [
        "Derivatives by a column as columns (the gradient), or as rows (the Jacobian, as the slide's (11)): the printer transposes, the derivation is the same.",
      ],
      formulas: String.raw`\frac{\partial h_t}{\partial h_{t-1}} &= \text{diag}[f'(h_{t-1})] · U`,
      exhibits: [
        {
          caption: "As columns",
          program: simple,
          opens: { view: "adjoint" },
          parts: [adjoint("Derived, by columns", "denominator")],
        },
        {
          caption: "As rows",
          program: simple,
          opens: { view: "adjoint" },
          parts: [adjoint("Derived, by rows", "numerator")],
        },
        { caption: "Row by row, as in (8)", program: rows, opens: { view: "equations" }, parts: [equations()] },
      ],
    },
  ],
};
