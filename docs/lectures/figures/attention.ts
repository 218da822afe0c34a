import { exactFreeRun, flat } from "../../../examples/tasks/measure.ts";
import { once } from "../../../src/once.ts";
import type { Figure } from "../lecture.ts";
import { reordered, sentenceOf, source, target } from "../measurements/reordering.ts";
import { equations } from "../parts/derivations.ts";
import { computed } from "../parts/findings.ts";
import { matrixHtml } from "../parts/panels.ts";
import { trainedProgram } from "../parts/trained.ts";
import { example } from "../programs.ts";

const program = example("translation", { V: source.length, M: target.length, d: 8, n: 16 });
const settings = { steps: 600, batch: 16, rate: 0.01 };

const trained = once(() => trainedProgram(program, reordered("training", 120), settings));

const map = computed(() => {
  const { compiled, params } = trained();
  const shown = sentenceOf(0, 0, 0);
  const right = exactFreeRun(["x"])(trained(), reordered("heldOut", 60));
  const weights = compiled.forward(params, compiled.pack([shown])).a!;
  const [words, said] = [flat(shown.x!).map((word) => source[word]!), flat(shown.y!).map((word) => target[word]!)];
  // a[i,j]: i as it is put out, a row for each word of the target.
  const values = said.map((_, i) => words.map((_, j) => weights.data[i * words.length + j]!));
  return matrixHtml(
    [
      {
        title: "a[i,j]: where each word out looks",
        about: words.join(" "),
        sides: [
          { name: "", labels: said, isWords: true },
          { name: "", labels: words, isWords: true },
        ],
        values,
      },
    ],
    `Trained on ${settings.steps} × ${settings.batch} sentences; ${(100 * right).toFixed(0)} % of 60 sentences that it never saw are translated wholly right, running freely.`,
    64,
  );
});

type Given = Pick<Figure, "slide" | "rows" | "formulas"> & { readonly words?: Figure["words"] };

/** The sentence of three words that becomes one of four, and where the decoder looks. */
export const attentionMap = (of: Given): Figure => ({
  name: "attention-map",
  title: "The reordering sentence: where attention looks",
  ...of,
  words: [
    ...(of.words ?? []),
    "Three words become four: the second word of the source the third and fourth of the target, the third the second. “Ram eats apples” → “Ram seb khata hai”. Nothing tells the model which word belongs to which: only whole translations are given.",
  ],
  exhibits: [
    {
      program,
      opens: {
        view: "training",
        data: reordered("training", 120).slice(0, 60),
        settings: { ...settings },
      },
      parts: [map],
    },
  ],
  found: [
    "Rows 2 to 4 look where they should: the order is turned around, and both words of the verb look at the verb (hai, the same in every sentence, has least need to).",
  ],
});

/** The four steps of attention as equations. */
export const attentionSteps = (of: Given): Figure => ({
  name: "attention-steps",
  title: "Attention in four lines",
  ...of,
  words: [
    ...(of.words ?? []),
    "Each line of the slide is a line of the program; the softmax over j says so: softmax[j].",
  ],
  exhibits: [{ program: example("attention-seq2seq"), opens: { view: "equations" }, parts: [equations()] }],
});
