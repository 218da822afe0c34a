import { oneTransition } from "../../../../examples/claims/structure.ts";
import { accuracy } from "../../../../examples/tasks/measure.ts";
import { trainTask } from "../../../../examples/tasks/train.ts";
import type { Chapter } from "../../lecture.ts";
import { equations } from "../../parts/derivations.ts";
import { claimed, computed, toldTable } from "../../parts/findings.ts";
import { circuit, unfolded } from "../../parts/pictures.ts";
import { taskNamed } from "../../parts/trained.ts";
import { example, written } from "../../programs.ts";

const yearName = "I went to Nepal in 2009";

/** One set of weights for the year, wherever it stands. */
const years = computed(() => {
  const task = taskNamed(yearName);
  const trained = trainTask(task);
  const rows = task.marks.map(({ metric, on = task.heldOut }) => [
    metric,
    `${(100 * accuracy(trained, on())).toFixed(1)} %`,
  ]);
  const { steps, batch } = task.settings;
  return toldTable(
    `Trained for ${steps} steps of ${batch} sentences: even years stood last, odd ones first`,
    [["measured on sentences that training never saw", ""], ...rows],
    "npm run examples -- 'I went to Nepal in 2009'",
  );
});

const system = example("autonomous");

export const unfolding: Chapter = {
  title: "Sharing and unfolding",
  figures: [
    {
      name: "parameter-sharing",
      title: "Parameter sharing: the year, wherever it stands",
      slide: "Central Concept: Parameter Sharing",
      rows: ["107a", "114"],
      words: [
        "“I went to Nepal in 2009.” and “In 2009, I went to Nepal.”: the weights E, W, U and v are those of every position. In training each year stands in one of the two places only; asked for is the year in the other place.",
      ],
      exhibits: [
        {
          program: example("which-year", { V: 24, d: 8, n: 12 }),
          opens: { starter: "which-year", view: "training" },
          parts: [equations(), years],
        },
      ],
      found: ["What was learned at one position is known at the other: the same weights stand at both."],
    },
    {
      name: "unfolding",
      title: "Unfolding a recurrence",
      slide: "Unfolding Computational Graphs",
      rows: ["9", "124", "127"],
      words: [
        "A system without input, unfolded for τ = 3 states: f is applied twice, with one θ (here W). No circle is left: the graph is acyclic, and can be evaluated in one walk.",
      ],
      formulas: String.raw`s^{(3)} &= f(s^{(2)}; \theta) \\ &= f(f(s^{(1)}; \theta); \theta)`,
      exhibits: [
        {
          program: system,
          opens: { view: "unfolded" },
          parts: [
            unfolded(
              { lengths: { T: 2 } },
              "Two applications of f to the first state, which is called s[0] here and s(1) on the slide.",
            ),
          ],
        },
      ],
    },
    {
      name: "circuit-and-unfolded",
      title: "Circuit diagram and unfolded graph",
      slide: "Circuit Diagram vs. Unfolded Computational Graph",
      rows: ["10", "125"],
      words: [
        "Two pictures of one program. The black square delays by one step; unfolded, what passes it is an arrow to the next position.",
      ],
      formulas: String.raw`h^{(t)} &= f(h^{(t-1)}, x^{(t)}; \theta)`,
      exhibits: [
        {
          program: written(`
model Driven(k = 2, n = 4) {
  axis t in 1..T
  input x[t] : R[k]
  param W, U
  h[0] = 0
  output h[t] : R[n] = tanh(W h[t-1] + U x[t])
}`),
          opens: { view: "circuit" },
          parts: [circuit(), unfolded({ lengths: { T: 3 } })],
        },
      ],
    },
    {
      name: "advantages",
      title: "One transition for every length",
      slide: "Advantages of Unfolding",
      rows: ["113"],
      words: [
        "The next step is always the same function of the step before, so one module runs sequences of any length.",
      ],
      exhibits: [
        {
          program: example("elman", { k: 4, n: 8, m: 3 }),
          opens: { view: "code" },
          parts: [claimed(oneTransition)],
        },
      ],
    },
  ],
};
