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
const settings = { steps: 1000, batch: 16, rate: 0.01 };
const seeds = [1, 2, 3];
const sentences = 160;

interface Looked {
  readonly right: number;
  /** A row for each word of the target, a column for each of the source. */
  readonly weights: ReadonlyArray<ReadonlyArray<number>>;
}

const shown = sentenceOf(0, 0, 0);
const [words, said] = [flat(shown.x!).map((word) => source[word]!), flat(shown.y!).map((word) => target[word]!)];

const looked = once(() =>
  seeds.map((seed): Looked => {
    const trained = trainedProgram(program, reordered("training", sentences), settings, seed);
    const { compiled, params } = trained;
    const { data } = compiled.forward(params, compiled.pack([shown])).a!;
    return {
      right: exactFreeRun(["x"])(trained, reordered("heldOut", 60)),
      weights: said.map((_, i) => words.map((_, j) => data[i * words.length + j]!)),
    };
  }),
);

const map = computed(() =>
  matrixHtml(
    looked().map(({ right, weights }, i) => ({
      title: `a[i,j], seed ${seeds[i]}`,
      about: `${(100 * right).toFixed(0)} % wholly right`,
      sides: [
        { name: "", labels: said, isWords: true },
        { name: "", labels: words, isWords: true },
      ],
      values: weights,
    })),
    `A row for each word out, a column for each word in. Trained for ${settings.steps} steps of ${settings.batch} of ${sentences} sentences; wholly right are translations of 60 sentences that were never seen, running freely.`,
    64,
  ),
);

type Given = Pick<Figure, "slide" | "rows" | "formulas"> & { readonly words?: Figure["words"] };

/** The sentence of three words that becomes one of four, and where the decoder looks. */
export const attentionMap = (of: Given): Figure => ({
  name: "attention-map",
  title: "The reordering sentence: where attention looks",
  ...of,
  words: [
    ...(of.words ?? []),
    "Three words become four: the second word of the source the third and fourth of the target, the third the second. “Ram eats apples” → “Ram seb khata hai”, in a simple Hindi where the fourth word tells the verb's time. Nothing tells the model which word belongs to which: only whole translations are given.",
  ],
  exhibits: [
    {
      program,
      opens: {
        view: "training",
        data: reordered("training", sentences).slice(0, 80),
        settings: { ...settings },
      },
      parts: [{ ...map, isWide: true }],
    },
  ],
  found: [
    "With the first two seeds the map is the slide's: the order is turned around, and the third and fourth words look at the second. With the third all translations are right as well, but seb and hai look elsewhere: what the encoder says of a word, it says at its neighbours, too. Attention shows where a model looks, which need not be where one would.",
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
