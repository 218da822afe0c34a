import { attentionMap } from "../../figures/attention.ts";
import { bottleneckFigure } from "../../figures/bottleneck.ts";
import type { Chapter } from "../../lecture.ts";
import { equations } from "../../parts/derivations.ts";
import { circuit, unfolded } from "../../parts/pictures.ts";
import { starterProgram } from "../../parts/trained.ts";
import { written } from "../../programs.ts";

const everyStep = written(`
import GRU from "std"

model EveryStep(V = 6, M = 7, d = 4, n = 5, sos = 0, eos = 1) {
  axis j in 1..T
  axis i in 1..N until y[i] == eos
  input x[j] : symbol[V]
  param D : R[V,d] ~ normal(0, 0.3)
  param E : R[M,d] ~ normal(0, 0.3)
  param O
  OV[j] = GRU(n)(D[x[j]])
  y[0] = sos
  s[i] = GRU(n)([E[y[i-1]]; OV[T]])
  output p[i] = softmax(O s[i])
  y[i] : symbol[M] ~ categorical(p[i])
}`);

const withContext = written(`
import GRU from "std"

model WithContext(V = 6, M = 7, d = 4, n = 5, sos = 0, eos = 1) {
  axis j in 1..T
  axis i in 1..N until y[i] == eos
  input x[j] : symbol[V]
  param D : R[V,d] ~ normal(0, 0.3)
  param E : R[M,d] ~ normal(0, 0.3)
  param Wa, Ua, O
  param v : R[n] ~ uniform(-0.3, 0.3)
  OV[j] = GRU(n)(D[x[j]])
  y[0] = sos
  e[i,j] = v^T tanh(Wa s[i-1] + Ua OV[j])
  a[i,j] = softmax[j](e[i,j])
  CV[i] = sum[j](a[i,j] * OV[j])
  s[i] = GRU(n)([E[y[i-1]]; CV[i]; OV[T]])
  output p[i] = softmax(O s[i])
  y[i] : symbol[M] ~ categorical(p[i])
}`);

const lengths = { lengths: { T: 3, N: 2 } };

export const attention: Chapter = {
  title: "Sequence to sequence, and attention",
  figures: [
    {
      name: "paradigm",
      isRoomy: true,
      title: "Encode and decode, in three ways",
      slide: "Encode-Decode paradigm, Problems, Solutions",
      rows: ["44", "45", "46", "102"],
      words: [
        "The sentence vector as the decoder's first state; presented at each time step; and, of the source, what is relevant at each time step.",
      ],
      exhibits: [
        {
          caption: "As the first state",
          program: starterProgram("encoder-decoder"),
          opens: { starter: "encoder-decoder", view: "unfolded" },
          parts: [unfolded(lengths, "")],
        },
        {
          caption: "At each time step",
          program: everyStep,
          opens: { view: "unfolded" },
          parts: [unfolded(lengths, "")],
        },
        {
          caption: "What is relevant: attend",
          program: withContext,
          opens: { view: "unfolded" },
          parts: [unfolded(lengths, "")],
        },
      ],
    },
    {
      name: "context-vector",
      title: "The context vector, beside the sentence representation",
      slide: "Attention Mechanism",
      rows: ["38", "35"],
      words: [
        "The weighted average of the output vectors is the input of the decoder, along with the sentence representation: the program lays them end to end.",
      ],
      formulas: String.raw`CV_i &= \sum_j a_{ij} · OV_j`,
      exhibits: [{ program: withContext, opens: { view: "equations" }, parts: [equations(), circuit()] }],
    },
    bottleneckFigure({ slide: "Problems with Encode-Decode paradigm", rows: ["119", "120"] }),
    attentionMap({ slide: "Encode-Decode paradigm, Attention Mechanism", rows: ["102", "120"] }),
  ],
};
