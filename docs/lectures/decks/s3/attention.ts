import { attentionMap } from "../../figures/attention.ts";
import type { Chapter } from "../../lecture.ts";
import { equations } from "../../parts/derivations.ts";
import { circuit, unfolded } from "../../parts/pictures.ts";
import { reach } from "../../parts/reach.ts";
import { example, written } from "../../programs.ts";

const scored = (score: string) =>
  written(`
import AttentionWeights, ${score.replace(/\(.*/, "")}, GRU from "std"

model Scored(V = 6, M = 7, d = 4, n = 5, sos = 0, eos = 1) {
  axis j in 1..T
  axis i in 1..N until y[i] == eos
  input x[j] : symbol[V]
  param D : R[V,d] ~ normal(0, 0.3)
  param E : R[M,d] ~ normal(0, 0.3)
  param O
  h[j] = GRU(n)(D[x[j]])
  y[0] = sos
  s[i] = GRU(n)(E[y[i-1]]) with h[0] = h[T]
  output a[i,j] = AttentionWeights(${score})(s[i], h[j])
  c[i] = sum[j](a[i,j] * h[j])
  output p[i] = softmax(O [s[i]; c[i]])
  y[i] : symbol[M] ~ categorical(p[i])
}`);

export const attention: Chapter = {
  title: "Attention",
  figures: [
    {
      name: "scores",
      title: "Dot product, additive and multiplicative scores",
      slide: "Attention mechanism: Attention Weights",
      rows: ["39", "40"],
      words: [
        "The slide names three scoring mechanisms; here they are three cells of the library, and the weighted sum is read beside the decoder's current state: [s[i]; c[i]].",
      ],
      formulas: String.raw`\text{dot} &: \quad s^\top h \\ \text{additive} &: \quad v^\top \tanh(W_s s + W_h h) \\ \text{multiplicative} &: \quad s^\top W h`,
      exhibits: [
        { caption: "Dot product", program: scored("DotScore"), opens: { view: "equations" }, parts: [] },
        { caption: "Additive", program: scored("AdditiveScore(4)"), opens: { view: "equations" }, parts: [] },
        {
          caption: "Multiplicative",
          program: scored("MultiplicativeScore()"),
          opens: { view: "equations" },
          parts: [],
        },
      ],
      together: [circuit("The first of them as a circuit: each cell is a box.")],
    },
    attentionMap({ slide: "Attention mechanism", rows: ["102", "120"] }),
    {
      name: "self-attention",
      title: "Self-attention",
      slide: "Self-attention",
      rows: ["41"],
      words: [
        "Queries, keys and values come from one sequence, and there is no black square: nothing recurs, every position sees every other at once.",
      ],
      exhibits: [
        {
          program: example("self-attention"),
          opens: { view: "circuit" },
          parts: [equations(), circuit("No black square."), unfolded({ lengths: { T: 2 } }), reach("z", "x", 5, "")],
        },
      ],
    },
  ],
};
