import { spread } from "../../../playground/src/spread.ts";
import { curves } from "../../../src/views/chart/curves.ts";
import { linear, logarithmic } from "../../../src/views/chart/scale.ts";
import type { Figure, Part } from "../lecture.ts";
import { measured } from "../measured.ts";
import { type HmmAgainstRnn, hmmOfNames, rnnOfNames } from "../measurements/hmm.ts";
import { spreadOf } from "../measurements/seeds.ts";
import { equations } from "../parts/derivations.ts";
import { toldTable } from "../parts/findings.ts";
import { panelsHtml } from "../parts/panels.ts";
import { graphical } from "../parts/pictures.ts";
import { taskNamed } from "../parts/trained.ts";
import { written } from "../programs.ts";

const chain = written(`
model HMM(K = 2, V = 3) {
  axis t in 1..T
  param first : R[K]
  param A : R[K,K]
  param B : R[V,K]
  y[0] = 0
  y[t] : symbol[K] ~ categorical(softmax(if t == 1 then first else A onehot(y[t-1])))
  x[t] : symbol[V] ~ categorical(softmax(B onehot(y[t])))
}`);

const names = spread(taskNamed("names: generation").training(), 60).map(({ y }) => ({ y }));

const bySize: Part = {
  how: "measured",
  isWide: true,
  html: () => {
    const { sizes, seeds, settings, numbers, hmm, rnn, command } = measured<HmmAgainstRnn>("hmm-against-rnn");
    const models = [
      { name: "hidden Markov model", colour: 1, nats: hmm },
      { name: "RNN", colour: 0, nats: rnn },
    ];
    const all = [...hmm, ...rnn].flat();
    const panel = curves(
      {
        title: "Nats per letter of names never seen",
        x: "states, or units (logarithmic)",
        y: "nats",
        across: { ...logarithmic(sizes), marks: sizes },
        up: linear(Math.min(...all) - 0.05, Math.max(...all) + 0.05),
      },
      models.map(({ name, colour, nats }) => ({
        name,
        colour,
        look: "line",
        points: sizes.map((size, i) => [size, spreadOf(nats[i]!)[1]] as const),
      })),
    );
    const rows = sizes.map((size, i) => [
      `${size}`,
      ...[hmm, rnn].map((nats) => spreadOf(nats[i]!)[1].toFixed(3)),
      `${numbers.hmm[i]}`,
      `${numbers.rnn[i]}`,
    ]);
    return (
      toldTable(
        "The middle of three seeds",
        [["n", "HMM", "RNN", "numbers of the HMM", "of the RNN"], ...rows],
        command,
      ) +
      panelsHtml(
        [panel],
        `First names letter by letter, every eighth held out; Adam at ${settings.rate}, ${settings.steps} steps of ${settings.batch} names, ${seeds.length} seeds. Counting pairs of letters gives 2.433.`,
      )
    );
  },
};

/** A chain of hidden states that are drawn, against a state that is computed. */
export const hmmAgainstRnnFigure = (of: Pick<Figure, "slide" | "rows" | "formulas">): Figure => ({
  name: "hmm-against-rnn",
  isRoomy: true,
  title: "Hidden Markov model against RNN",
  ...of,
  words: [
    "The HMM of the slide as a program: its graph has exactly the factors of the formula. Its hidden state is one of n symbols and says log n nats of the past at most; the state of an RNN is a vector of n numbers. Both are trained on the same names by the same gradient descent: the forward recursion of the HMM is a recurrence, too, and is differentiated like one.",
  ],
  exhibits: [
    {
      caption: "As it is drawn from",
      program: chain,
      opens: { view: "unfolded" },
      parts: [
        graphical(
          { T: 3 },
          false,
          "Each x has one parent, the y of its step; each y has one, the y before it, but for y[1], which has none.",
        ),
      ],
    },
    {
      caption: "HMM of names: the forward recursion in log space",
      program: hmmOfNames(8),
      opens: { view: "equations" },
      parts: [],
    },
    {
      caption: "RNN of names",
      program: rnnOfNames(8),
      opens: { view: "training", data: names, settings: { steps: 300 } },
      parts: [equations()],
    },
  ],
  together: [bySize],
});
