import type { Chapter } from "../../lecture.ts";
import { circuit, unfolded } from "../../parts/pictures.ts";
import { starterProgram } from "../../parts/trained.ts";
import { example, written } from "../../programs.ts";

const threeSteps = { lengths: { T: 3 } };

const variable = written(`
model Conditioned(k = 2, n = 4, m = 3) {
  axis t in 1..T
  input x[t] : R[k]
  param W, R, U, V
  param b, c = 0
  h[0] = 0
  y[0] = 0
  h[t] : R[n] = tanh(b + W h[t-1] + R onehot(y[t-1]) + U x[t])
  output p[t] = softmax(c + V h[t])
  y[t] : symbol[m] ~ categorical(p[t])
}`);

export const conditioning: Chapter = {
  title: "Conditioned on a context",
  figures: [
    {
      name: "three-ways",
      isRoomy: true,
      title: "An extra input in three ways",
      slide: "Modeling Sequences Conditioned on Context",
      rows: ["47", "48", "100"],
      words: [
        "A vector z (an image, say) conditions a sequence of words: read at each step, as the first state, or both.",
      ],
      exhibits: [
        {
          caption: "At each step",
          program: example("caption-each-step"),
          opens: { view: "unfolded" },
          parts: [unfolded(threeSteps)],
        },
        {
          caption: "As the initial state",
          program: starterProgram("caption-first-state"),
          opens: { starter: "caption-first-state", view: "training" },
          parts: [unfolded(threeSteps)],
        },
        {
          caption: "Both",
          program: example("caption-both"),
          opens: { view: "unfolded" },
          parts: [unfolded(threeSteps)],
        },
      ],
    },
    {
      name: "variable-length",
      title: "A sequence conditioned on a sequence of the same length",
      slide: "Modeling Sequences Conditioned on Context",
      rows: ["49"],
      words: [
        "x of any length gives a distribution over y of that length. The edge from y[t−1] lets y depend on its own past, beyond what x says.",
      ],
      exhibits: [
        {
          program: variable,
          opens: { view: "unfolded" },
          parts: [
            circuit(),
            unfolded({ ...threeSteps, fed: "given" }, "As it is trained: y, dark, is given, and L is the loss."),
          ],
        },
      ],
    },
  ],
};
