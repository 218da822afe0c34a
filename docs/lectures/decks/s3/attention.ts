import { attentionMap } from "../../figures/attention.ts";
import type { Chapter } from "../../lecture.ts";
import { equations } from "../../parts/derivations.ts";
import { circuit, unfolded } from "../../parts/pictures.ts";
import { reach } from "../../parts/reach.ts";
import { example, written } from "../../programs.ts";

const scored = (score: string) =>
  written(`
import AttentionWeights, ${score.replace(/\(.*/, "")} from "std"

model Scored(n = 4) {
  axis j in 1..T
  input s : R[n]
  input h[j] : R[n]
  param Wc : R[n,2*n]
  output a[j] = AttentionWeights(${score})(s, h[j])
  c = sum[j](a[j] * h[j])
  output o : R[n] = tanh(Wc [c; s])
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
        "The slide names three scoring mechanisms; here they are three cells of the library. The weighted sum c of the encoder's states is used in combination with the decoder's current state s.",
      ],
      formulas: String.raw`\text{dot} &: \quad s^\top h \\ \text{additive} &: \quad v^\top \tanh(W_s s + W_h h) \\ \text{multiplicative} &: \quad s^\top W h`,
      exhibits: [
        { caption: "Dot product", program: scored("DotScore"), opens: { view: "equations" }, parts: [equations()] },
        {
          caption: "Additive",
          program: scored("AdditiveScore(4)"),
          opens: { view: "equations" },
          parts: [equations()],
        },
        {
          caption: "Multiplicative",
          program: scored("MultiplicativeScore()"),
          opens: { view: "equations" },
          parts: [equations()],
        },
      ],
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
