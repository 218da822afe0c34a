import type { Chapter } from "../../lecture.ts";
import { adjoint, refusal } from "../../parts/derivations.ts";
import { adjointCircuit } from "../../parts/pictures.ts";
import { example, written } from "../../programs.ts";

const recurrenceOf = (value: string): string => `
model Adjoint(n = 3) {
  axis t in 1..T
  input D[t] : R[n,n]
  input d[t] : R[n]
  param W : R[n,n]
  D[T+1] = 0
  g[T+1] = 0
  output g[t] : R[n] = ${value} + d[t]
}`;

export const gradients: Chapter = {
  title: "Back-propagation through time",
  figures: [
    {
      name: "adjoint",
      title: "The gradient in type I networks, derived",
      slide: "Back-Propagation Through Time, Gradient in TypeI RNNs",
      rows: ["63", "71"],
      words: [
        "The slide writes down one line of back-propagation, for h. The compiler derives all of them from the program below: an equation for each adjoint, from the last step to the first, then the gradient by each parameter. Where the model reads one step back, its adjoint reads one step ahead; at t = T the first term is missing.",
      ],
      formulas: String.raw`\nabla_{h^{(t)}} L &= \left(\frac{\partial h^{(t+1)}}{\partial h^{(t)}}\right)^\top (\nabla_{h^{(t+1)}} L) + \left(\frac{\partial o^{(t)}}{\partial h^{(t)}}\right)^\top (\nabla_{o^{(t)}} L) \\ &= W^\top (\nabla_{h^{(t+1)}} L) \text{diag}\left(1 - \left(h^{(t+1)}\right)^{2}\right) + V^\top (\nabla_{o^{(t)}} L)`,
      exhibits: [
        {
          program: example("type-one"),
          opens: { view: "adjoint" },
          parts: [adjoint(), adjointCircuit("The same as a circuit: what the model delays, its adjoint advances.")],
        },
      ],
      found: [
        "In the slide's second line the diagonal matrix stands right of a column vector, which cannot be multiplied so; in the derivation (1 − h²) multiplies the adjoint first, then Wᵀ.",
      ],
    },
    {
      name: "misplaced-diagonal",
      title: "The slide's line, as it stands, is refused",
      slide: "Gradient in TypeI RNNs",
      rows: ["E1"],
      words: ["The two orders of the factors as programs, D[t] for diag(1 − h²)."],
      exhibits: [
        {
          caption: "As on the slide",
          program: written(recurrenceOf("W^T g[t+1] D[t+1]")),
          isRefused: true,
          parts: [refusal],
        },
        {
          caption: "As it is right",
          program: written(recurrenceOf("W^T (D[t+1] g[t+1])")),
          opens: { view: "equations" },
          parts: [],
        },
      ],
    },
  ],
};
