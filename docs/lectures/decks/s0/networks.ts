import { flat, outputOf } from "../../../../examples/tasks/measure.ts";
import { trainTask } from "../../../../examples/tasks/train.ts";
import { once } from "../../../../src/once.ts";
import type { Chapter } from "../../lecture.ts";
import { equations } from "../../parts/derivations.ts";
import { computed, toldTable } from "../../parts/findings.ts";
import { matrixHtml } from "../../parts/panels.ts";
import { circuit, unfolded } from "../../parts/pictures.ts";
import { reached } from "../../parts/reached.ts";
import { taskNamed } from "../../parts/trained.ts";
import { example, written } from "../../programs.ts";

const vanilla = written(`
model Vanilla(k = 4, n = 8, m = 3) {
  axis t in 1..T
  input x[t] : R[k]
  param U, W, V
  param b, c = 0
  s[0] = 0
  a[t] = b + W s[t-1] + U x[t]
  s[t] : R[n] = tanh(a[t])
  o[t] : R[m] = c + V s[t]
  output p[t] = softmax(o[t])
  y[t] ~ categorical(p[t])
}`);

const hello = taskNamed("characters: hello");
const trained = once(() => trainTask(hello));
const letters = ["h", "e", "l", "o"];

const spelled = computed(() => {
  const [word] = hello.heldOut();
  const rows = outputOf(trained(), word!, "p");
  const given = [0, ...flat(word!.y!)].slice(0, rows.length);
  const free = flat(trained().compiled.generate(trained().params, { length: 4, choose: "mode" }).values.y![0]!);
  return matrixHtml(
    [
      {
        title: "p[t]: the next letter",
        about: `running freely from h: ${free.map((letter) => letters[letter]).join("")}`,
        sides: [
          { name: "", labels: given.map((letter) => letters[letter]!), isWords: true },
          { name: "", labels: letters, isWords: true },
        ],
        values: rows.map((row) => [...row]),
      },
    ],
    "A row for each letter that is read. After the first l comes another, after the second an o: the letter is the same, so only the state tells.",
    46,
  );
});

const tagging = taskNamed("named entities");

const classes = computed(() => {
  const { training, heldOut, settings } = tagging;
  return toldTable("What the tagger is trained on", [
    ["", ""],
    ["sentences to learn from", String(training().length)],
    ["sentences held out", String(heldOut().length)],
    ["steps of training", String(settings.steps)],
  ]);
});

export const networks: Chapter = {
  title: "Networks with memory",
  figures: [
    {
      name: "definition",
      title: "A network with feedback connections",
      slide: "Recurrent Neural Network (RNN)",
      rows: ["1", "88", "133", "125"],
      words: [
        "X, O and S are the variables of the program, U, V and W its parameters. The memory of the slide is the black square.",
      ],
      formulas: String.raw`a_t &= b + W s_{t-1} + U x_t \\ s_t &= \tanh(a_t) \\ o_t &= c + V s_t \\ p_t &= \text{softmax}(o_t)`,
      exhibits: [
        {
          program: vanilla,
          opens: { view: "equations" },
          parts: [equations(), circuit(), unfolded({ lengths: { T: 3 } })],
        },
      ],
    },
    {
      name: "tagging",
      title: "Example 1: part-of-speech tagging",
      slide: "RNN - Example 1",
      rows: ["96", "97"],
      words: [
        "Each word of a sentence gets its class: an input and an output at each step. The playground trains this program to find named entities; how many labels of sentences that it never saw are right stands below, beside what each word's commonest label reaches. Parts of speech of the Brown corpus are tagged by the same program that also reads how words end: examples/README.md tells what that reached.",
      ],
      exhibits: [
        {
          program: example("tagger", tagging.statics),
          opens: { starter: "tagger", view: "training" },
          parts: [classes, reached(tagging.name), unfolded({ lengths: { T: 3 } })],
        },
      ],
    },
    {
      name: "hello",
      title: "Example 2: a character level language model",
      slide: "RNN - Example 2",
      rows: ["95", "103", "123"],
      words: ["The vocabulary is [h, e, l, o], one-hot. The one word is learned by heart."],
      exhibits: [{ program: example("hello"), opens: { starter: "hello", view: "training" }, parts: [spelled] }],
    },
  ],
};
