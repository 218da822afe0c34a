import type { Chapter } from "../../lecture.ts";
import { adjoint } from "../../parts/derivations.ts";
import { computed, toldTable } from "../../parts/findings.ts";
import { matrixHtml } from "../../parts/panels.ts";
import { compiledProgram, written } from "../../programs.ts";

/** Of the slide: padding, then the positions 21, 88, 15, 15; here of 8 words. */
const padded = 2;
const sentence = [4, 7, 3, 3];

const oneHot = written(`
model OneHot(V = 8, d = 3) {
  axis t in 1..T
  input w[t] : symbol[V]
  param E : R[V,d] ~ normal(0, 0.5)
  output e[t] = onehot(w[t])^T E
  minimize sum[t](sum(e[t]))
}`);

const lookUp = written(`
model LookUp(V = 8, d = 3) {
  axis t in 1..T
  input w[t] : symbol[V]
  param E : R[V,d] ~ normal(0, 0.5)
  output e[t] = E[w[t]]
  minimize sum[t](sum(e[t]))
}`);

const words = Array.from({ length: 8 }, (_, i) => `${i}`);

const matrices = computed((program) => {
  const { pack, init, forward, gradient } = compiledProgram(program, { precision: "f64" });
  const params = init(1);
  const batch = pack([{ w: sentence }]);
  const rows = (data: ArrayLike<number>, width: number) =>
    Array.from({ length: data.length / width }, (_, i) => Array.from(data).slice(i * width, (i + 1) * width));
  const none = (width: number) => Array.from({ length: padded }, () => Array.from({ length: width }, () => 0));
  const lines = [...none(1).map(() => "padding"), ...sentence.map((word) => `word ${word}`)];
  const columns = { name: "", labels: ["1", "2", "3"], isWords: true };
  return matrixHtml(
    [
      {
        title: "One-hot",
        about: "a row for each word",
        sides: [
          { name: "", labels: lines, isWords: true },
          { name: "", labels: words, isWords: true },
        ],
        values: [...none(8), ...sentence.map((word) => words.map((_, i) => Number(i === word)))],
      },
      {
        title: "Embedded",
        about: "the row of each word",
        sides: [{ name: "", labels: lines, isWords: true }, columns],
        values: [...none(3), ...rows(forward(params, batch).e!.data, 3)],
      },
      {
        title: "∂L/∂E",
        about: "word 3 stands twice: its row is 2",
        sides: [{ name: "", labels: words, isWords: true }, columns],
        values: rows(gradient(params, batch).gradient.E!, 3),
      },
    ],
    "Rows of padding are zero, as on the slide; in rnnc they are not data: each example has its own length.",
    34,
  );
});

const same = computed(() => {
  const [one, two] = [oneHot, lookUp].map((program) => {
    const compiled = compiledProgram(program, { precision: "f64" });
    const params = compiled.init(1);
    const batch = compiled.pack([{ w: sentence }]);
    return {
      e: compiled.forward(params, batch).e!.data,
      E: compiled.gradient(params, batch).gradient.E!,
      text: compiled.moduleText,
    };
  });
  const apart = (a: ArrayLike<number>, b: ArrayLike<number>) =>
    Math.max(...Array.from(a).map((value, i) => Math.abs(value - b[i]!)));
  return toldTable("The product with a one-hot matrix, and the look-up", [
    ["greatest difference of", ""],
    ["the embedded words", String(apart(one!.e, two!.e))],
    ["the gradient by E", String(apart(one!.E, two!.E))],
  ]);
});

const corpus = "hello world";

const dictionaries = computed(() => {
  const letters = [...new Set(corpus)].toSorted();
  const numbers = [...corpus].map((letter) => letters.indexOf(letter));
  return toldTable(`“${corpus}”, step by step`, [
    ["step", ""],
    ["1: characters", [...corpus].map((letter) => (letter === " " ? "␣" : letter)).join(" ")],
    ["2: letters to integers", letters.map((letter, i) => `${letter === " " ? "␣" : letter}→${i}`).join(" ")],
    ["3: sequence x", numbers.slice(0, -1).join(", ")],
    ["3: sequence y, shifted by 1", numbers.slice(1).join(", ")],
  ]);
});

const characters = written(`
model Characters(V = 8, n = 16) {
  axis t in 1..T
  param W, E, O
  param b, c = 0
  y[0] = 0
  h[0] = 0
  h[t] : R[n] = tanh(W h[t-1] + E onehot(y[t-1]) + b)
  y[t] : symbol[V] ~ categorical(softmax(O h[t] + c))
}`);

export const data: Chapter = {
  title: "Words and characters",
  figures: [
    {
      name: "word-pipeline",
      title: "Words: one-hot, then an embedding",
      slide: "Data Processing for Word-RNNs",
      rows: ["50", "80", "85"],
      words: [
        "A sentence becomes a matrix of one-hot rows; times the embedding matrix, it becomes a row of that matrix for each word. The “huge” product is replaced by a look-up: the compiler does so by itself, and adds up the gradients of a word that stands twice (15 on the slide, 3 here).",
      ],
      exhibits: [
        { caption: "Step 2 as a product", program: oneHot, opens: { view: "code" }, parts: [] },
        {
          caption: "Step 2 as a look-up",
          program: lookUp,
          opens: { view: "code" },
          parts: [adjoint("The gradient by E: each word adds to its row")],
        },
      ],
      together: [matrices, same],
    },
    {
      name: "character-pipeline",
      title: "Characters: dictionaries, and outputs shifted by one",
      slide: "Data Processing for a Character RNN",
      rows: ["86", "E12"],
      words: [
        "The outputs are the characters shifted by one position. On the slide x and y are printed alike; here they are not. In the program there is one sequence only: h[t] reads y[t−1] and tells y[t].",
      ],
      exhibits: [
        {
          program: characters,
          opens: {
            view: "training",
            data: [{ y: [...corpus].map((letter) => [...new Set(corpus)].toSorted().indexOf(letter)) }],
            settings: { steps: 300 },
          },
          parts: [dictionaries],
        },
      ],
    },
  ],
};
