import { curves } from "../../../src/views/chart/curves.ts";
import { linear } from "../../../src/views/chart/scale.ts";
import type { Figure, Part } from "../lecture.ts";
import { measured } from "../measured.ts";
import { type RareWords, rareProgram, rareTraining } from "../measurements/rare-words.ts";
import { spreadOf } from "../measurements/seeds.ts";
import { toldTable } from "../parts/findings.ts";
import { panelsHtml } from "../parts/panels.ts";

const byFrequency: Part = {
  how: "measured",
  isWide: true,
  html: () => {
    const { buckets, right, words, seeds, sentences, settings, statics, command } = measured<RareWords>("rare-words");
    const called = buckets.map((least, b) => {
      const next = buckets[b + 1];
      return next === undefined ? `≥ ${least}` : next === least + 1 ? `${least}` : `${least}–${next - 1}`;
    });
    const ways = Object.entries(right);
    const panel = curves(
      {
        title: "Words translated right",
        x: `times seen: ${called.join(", ")}`,
        y: "share",
        across: { ...linear(0, buckets.length - 1), marks: [] },
        up: linear(0, 1),
      },
      ways.map(([name, shares], i) => ({
        name,
        colour: i === 0 ? 1 : 0,
        look: "line",
        points: shares.map((found, b) => [b, spreadOf(found)[1]] as const),
      })),
      ways.map(([, shares], i) => ({
        name: "",
        colour: i === 0 ? 1 : 0,
        points: shares.map((found, b) => [b, spreadOf(found)[0], spreadOf(found)[2]] as const),
      })),
    );
    const share = (value: number): string => `${(100 * value).toFixed(0)} %`;
    return (
      toldTable(
        `The middle of ${seeds.length} seeds`,
        [
          ["seen in training", "words", ...ways.map(([name]) => name)],
          ...called.map((name, b) => [
            name,
            String(words[b]),
            ...ways.map(([, found]) => share(spreadOf(found[b]!)[1])),
          ]),
        ],
        command,
      ) +
      panelsHtml(
        [panel],
        `Sentences of three words, reordered, of a vocabulary of ${statics.V} whose r-th word is 1/r² as frequent as the first; ${sentences} sentences to learn from, ${settings.steps} steps of ${settings.batch}. Asked for are sentences in which every word is as frequent as every other.`,
      )
    );
  },
};

/** Words that training hardly or never saw. */
export const rareWordsFigure = (of: Pick<Figure, "slide" | "rows">): Figure => ({
  name: "rare-words",
  title: "Rare words, and words never seen",
  ...of,
  words: [
    "“Encoder-decoder models may struggle with generating rare or out-of-vocabulary sequences.” How much, by how often a word was seen:",
  ],
  exhibits: [
    {
      program: rareProgram,
      opens: { view: "training", data: rareTraining().slice(0, 100), settings: { steps: 600, rate: 0.01 } },
      parts: [byFrequency],
    },
  ],
  found: [
    "A word that training never showed is never right: nothing says what it means. Attention helps most with the words that are rare, since where to look has been learned from all words together.",
  ],
});
