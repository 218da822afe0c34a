import { accuracy, exactFreeRun, flat } from "../../../../examples/tasks/measure.ts";
import { trainTask } from "../../../../examples/tasks/train.ts";
import { attentionMap, attentionSteps } from "../../figures/attention.ts";
import type { Chapter } from "../../lecture.ts";
import { computed, toldTable } from "../../parts/findings.ts";
import { circuit, unfolded } from "../../parts/pictures.ts";
import { reach } from "../../parts/reach.ts";
import { starterProgram, taskNamed } from "../../parts/trained.ts";
import { example, written } from "../../programs.ts";

const tagging = taskNamed("named entities");
const parsing = taskNamed("parse tree as a string");

const tagged = computed(() => {
  const trained = trainTask(tagging);
  const [first] = tagging.heldOut();
  const { words, settings } = tagging;
  const p = trained.compiled.forward(trained.params, trained.compiled.pack([first!])).p!;
  const size = words!.y!.length;
  const said = flat(first!.w!).map((_, t) => {
    const row = [...p.data.slice(t * size, (t + 1) * size)];
    return words!.y![row.indexOf(Math.max(...row))]!;
  });
  return toldTable(
    `A sentence that training never saw; ${(100 * accuracy(trained, tagging.heldOut())).toFixed(1)} % of the labels of ${tagging.heldOut().length} such sentences are right after ${settings.steps} steps`,
    [
      ["word", "rnnc", "right"],
      ...flat(first!.w!).map((word, t) => [words!.w![word]!, said[t]!, words!.y![flat(first!.y!)[t]!]!]),
    ],
    "npm run examples -- 'named entities'",
  );
});

const parsed = computed(() => {
  const trained = trainTask(parsing);
  const [mark, unseen] = parsing.marks;
  const [deck] = mark!.on!();
  const { words, settings } = parsing;
  const found = trained.compiled.generate(trained.params, { length: 30, choose: "mode", inputs: { x: deck!.x! } })
    .values.y![0]!;
  const right = exactFreeRun(["x"])(trained, parsing.heldOut());
  return toldTable(
    `After ${settings.steps} steps; ${(100 * right).toFixed(0)} % of the trees of ${parsing.heldOut().length} new sentences are wholly right (${unseen!.metric})`,
    [
      ["in", "out"],
      [
        flat(deck!.x!)
          .map((word) => words!.x![word]!)
          .join(" "),
        found.map((word) => words!.y![word as number]!).join(" "),
      ],
    ],
    "npm run examples -- 'parse tree'",
  );
});

const causal = written(`
model Temporal(k = 2, n = 3) {
  axis t in 1..T
  axis j in 1..T
  input x[t] : R[k]
  param Q, K, V : R[n,k] ~ glorot
  q[t] = Q x[t]
  u[t] = K x[t]
  v[t] = V x[t]
  e[t,j] = if j <= t then dot(q[t], u[j]) else -1e30
  a[t,j] = softmax[j](e[t,j])
  output z[t] = sum[j](a[t,j] * v[j])
  minimize mean[t](sumsq(z[t]))
}`);

export const applications: Chapter = {
  title: "Applications and attention",
  figures: [
    {
      name: "classification",
      isRoomy: true,
      title: "Classification: the mean, and the last state",
      slide: "Application: Classification",
      rows: ["51", "101"],
      words: ["The two heads of the slide differ in one word of the program."],
      exhibits: [
        {
          caption: "The left: mean",
          program: starterProgram("sentiment-mean"),
          opens: { starter: "sentiment-mean", view: "training" },
          parts: [unfolded({ lengths: { T: 3 } })],
        },
        {
          caption: "The right: last",
          program: example("sentiment-last"),
          opens: { view: "unfolded" },
          parts: [unfolded({ lengths: { T: 3 } })],
        },
      ],
    },
    {
      name: "labelling",
      title: "Sequence labelling",
      slide: "Application of RNN: Sequence Labeling",
      rows: ["96", "97", "98"],
      words: [
        "A label for every word, from both sides. Which kind a name is of, the words around it say, some of them after it.",
      ],
      exhibits: [
        {
          program: example("tagger", tagging.statics),
          opens: { starter: "tagger", view: "training" },
          parts: [tagged],
        },
      ],
    },
    {
      name: "parse-tree",
      title: "Natural language to a parse tree",
      slide: "Sequences are everywhere",
      rows: ["104", "102"],
      words: ["“John has a dog .” → its tree, written as a string; the sentence is not among those that were learned."],
      exhibits: [
        {
          program: example("encoder-decoder", parsing.statics),
          opens: { starter: "encoder-decoder", view: "training" },
          parts: [circuit(), parsed],
        },
      ],
    },
    {
      name: "spatial-temporal",
      title: "Attention to locations, and to the past",
      slide: "What is Attention?",
      rows: ["35", "42"],
      words: [
        "A weighted sum with weights between 0 and 1 that sum to 1. Where causality counts, what comes later has weight 0: no x[k] with k > t moves z[t].",
      ],
      formulas: String.raw`\sum α_i x_i, \quad 0 \leq α_i \leq 1`,
      exhibits: [
        {
          caption: "Spatial: every position",
          program: example("self-attention"),
          opens: { view: "equations" },
          parts: [reach("z", "x", 6, "")],
        },
        {
          caption: "Temporal: under the causal mask",
          program: causal,
          opens: { view: "equations" },
          parts: [reach("z", "x", 6, "")],
        },
      ],
    },
    attentionSteps({
      slide: "What is Attention?, Attention mechanism",
      rows: ["36", "37"],
      formulas: String.raw`e_{tj} &= a(s_{t-1}, h_j) \\ α_{tj} &= \frac{\exp(e_{tj})}{\sum_{k=1}^{T_x} \exp(e_{tk})} \\ c_t &= \sum_{j=1}^{T_x} α_{tj} h_j \\ s_t &= f(s_{t-1}, y_{t-1}, c_t)`,
    }),
    attentionMap({ slide: "Example: NMT", rows: ["102", "120"] }),
  ],
};
