import { parameterSharing } from "../../../../examples/claims/structure.ts";
import type { Chapter } from "../../lecture.ts";
import { claimed } from "../../parts/findings.ts";
import { graphical } from "../../parts/pictures.ts";
import { example, written } from "../../programs.ts";

const fedBack = example("hello");

const markov = written(`
model Markov(K = 3) {
  axis t in 1..T
  param A, B : R[K,K]
  y[_] = 0
  y[t] : symbol[K] ~ categorical(softmax(A onehot(y[t-1]) + B onehot(y[t-2])))
}`);

export const directedModels: Chapter = {
  title: "Directed graphical models",
  figures: [
    {
      name: "fully-connected",
      title: "Every past y influences y",
      slide: "Directed Graphical Models",
      rows: ["131", "70"],
      words: ["A network whose outputs are fed back, without its states: nothing is left out between any two outputs."],
      formulas: String.raw`\log p(y^{(t)} | x^{(1)}, …, x^{(t)}, y^{(1)}, …, y^{(t-1)})`,
      exhibits: [
        {
          program: fedBack,
          opens: { starter: "hello", view: "equations" },
          parts: [graphical({ T: 5 }, false, "The random variables alone, for T = 5.")],
        },
      ],
    },
    {
      name: "with-states",
      title: "With the state, each y has one parent",
      slide: "Directed Graphical Models",
      rows: ["131", "121"],
      words: [
        "The same program with its states: the past reaches y through s alone, and the parameters are those of one step.",
      ],
      exhibits: [
        {
          program: fedBack,
          opens: { starter: "hello", view: "unfolded" },
          parts: [
            graphical({ T: 5 }, true, "States are boxes: the random variables determine them."),
            claimed(parameterSharing),
          ],
        },
      ],
    },
    {
      name: "markov",
      title: "The Markov assumption",
      slide: "Directed Graphical Models",
      rows: ["131", "132", "E8"],
      words: ["Edges from the two outputs before only: these separate the past from the future."],
      exhibits: [
        {
          program: markov,
          opens: { view: "equations" },
          parts: [graphical({ T: 5 }, false, "Of order 2, for T = 5.")],
        },
      ],
      found: [
        "The slide says that the distribution at t − 1 given t is stationary. What the recurrence fixes is the other direction: one transition, from t to t + 1, for all steps; that is what the program writes once.",
      ],
    },
  ],
};
