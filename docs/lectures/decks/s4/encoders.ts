import type { Chapter } from "../../lecture.ts";
import { adjoint, equations } from "../../parts/derivations.ts";
import { computed, toldTable } from "../../parts/findings.ts";
import { circuit, unfolded } from "../../parts/pictures.ts";
import { reach } from "../../parts/reach.ts";
import { starterProgram } from "../../parts/trained.ts";
import { compiledProgram, written } from "../../programs.ts";

const oneWay = written(`
model OneWay(k = 2, n = 4, m = 2) {
  axis t in 1..T
  input x[t] : R[k]
  param W, U, V
  h[0] = 0
  h[t] : R[n] = tanh(W h[t-1] + U x[t])
  output p[t] = softmax(V h[t])
  y[t] : symbol[m] ~ categorical(p[t])
}`);

const bothWays = written(`
model BothWays(k = 2, n = 4, m = 2) {
  axis t in 1..T
  input x[t] : R[k]
  param W, U, R, S, V
  h[0] = 0
  g[T+1] = 0
  h[t] : R[n] = tanh(W h[t-1] + U x[t])
  g[t] : R[n] = tanh(R g[t+1] + S x[t])
  output p[t] = softmax(V [h[t]; g[t]])
  y[t] : symbol[m] ~ categorical(p[t])
}`);

const softmax = written(`
model Softmax(K = 5) {
  input z : R[K]
  output p = softmax(z)
  y ~ categorical(p)
}`);

const squashed = computed((program) => {
  const compiled = compiledProgram(program, { precision: "f64" });
  const vectors = [
    [1, 2, 3, 4, 5],
    [2, 4, 6, 8, 10],
    [101, 102, 103, 104, 105],
    [-1000, 0, 0, 0, 1000],
  ];
  return toldTable("What it does to five vectors", [
    ["z", "softmax(z)"],
    ...vectors.map((z) => [
      z.join(", "),
      [...compiled.forward({}, compiled.pack([{ z, y: 0 }])).p!.data].map((value) => value.toFixed(4)).join(", "),
    ]),
  ]);
});

export const encoders: Chapter = {
  title: "Both directions; encoder and decoder; softmax",
  figures: [
    {
      name: "bidirectional",
      isRoomy: true,
      title: "Bidirectional networks",
      slide: "Bidirectional RNNs",
      rows: ["30", "107"],
      words: [
        "h moves forward through time, g backward: each prediction depends on the whole input. In the squares, by how much each x[k] moves each p[t].",
      ],
      exhibits: [
        {
          caption: "Forward alone",
          program: oneWay,
          opens: { view: "circuit" },
          parts: [reach("p", "x", 6, "Nothing after t is seen.")],
        },
        {
          caption: "Both ways",
          program: bothWays,
          opens: { view: "circuit" },
          parts: [reach("p", "x", 6, "All is seen."), circuit(), unfolded({ lengths: { T: 3 } })],
        },
      ],
    },
    {
      name: "encoder-decoder",
      title: "Encoder and decoder: lengths that differ",
      slide: "Encoder-Decoder Architecture",
      rows: ["43", "44", "81", "119"],
      words: [
        "The encoder reads T symbols, its last state C is the decoder's first, and the decoder writes until it writes eos: the two lengths need not be the same.",
      ],
      exhibits: [
        {
          program: starterProgram("encoder-decoder"),
          opens: { starter: "encoder-decoder", view: "unfolded" },
          parts: [
            equations(),
            unfolded(
              { lengths: { T: 3, N: 2 } },
              "Three symbols in, two out: all that the decoder knows of them is C[3].",
            ),
          ],
        },
      ],
    },
    {
      name: "softmax",
      title: "The softmax function",
      slide: "Softmax Function",
      rows: ["34", "55"],
      words: [
        "It highlights the largest, and does not see what all have in common; with −log of it as the loss, the derivative by z is p − onehot(y).",
      ],
      formulas: String.raw`\sigma(z_j) &= \frac{e^{z_j}}{\sum_{k=1}^{K} e^{z_k}}`,
      exhibits: [
        { program: softmax, opens: { view: "equations" }, parts: [squashed] },
        {
          caption: "Its derivative, where z has parameters",
          program: written(`
model Logits(K = 3) {
  param z : R[K] ~ normal(0, 1)
  y ~ categorical(softmax(z))
}`),
          opens: { view: "adjoint" },
          parts: [adjoint()],
        },
      ],
    },
  ],
};
