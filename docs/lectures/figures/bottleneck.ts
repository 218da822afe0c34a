import { curves } from "../../../src/views/chart/curves.ts";
import { linear } from "../../../src/views/chart/scale.ts";
import type { Figure, Part } from "../lecture.ts";
import { measured } from "../measured.ts";
import { type Bottleneck, throughOneVector, withAttention } from "../measurements/bottleneck.ts";
import { spreadOf } from "../measurements/seeds.ts";
import { panelsHtml } from "../parts/panels.ts";

const byLength: Part = {
  how: "measured",
  isWide: true,
  html: () => {
    const { lengths, seeds, settings, statics, command, ...found } = measured<Bottleneck>("bottleneck");
    const ways = [
      { name: "one vector", colour: 1, shares: found.vector },
      { name: "attention", colour: 0, shares: found.attention },
    ];
    const panel = curves(
      {
        title: "Sentences copied without a mistake",
        x: "words",
        y: "share",
        across: { ...linear(lengths[0]!, lengths.at(-1)!), marks: lengths },
        up: linear(0, 1),
      },
      ways.map(({ name, colour, shares }) => ({
        name,
        colour,
        look: "line",
        points: lengths.map((length, l) => [length, spreadOf(shares[l]!)[1]] as const),
      })),
      ways.map(({ colour, shares }) => ({
        name: "",
        colour,
        points: lengths.map((length, l) => [length, spreadOf(shares[l]!)[0], spreadOf(shares[l]!)[2]] as const),
      })),
    );
    return panelsHtml(
      [panel],
      `The middle of ${seeds.length} seeds, and from the least to the greatest. ${statics.n} units, ${settings.steps} steps of ${settings.batch} sentences of 2 to 12 words; measured on 60 sentences of each length that were never seen. Again: ${command}`,
    );
  },
};

/** One vector is too short for a long sentence. */
export const bottleneckFigure = (
  of: Pick<Figure, "slide" | "rows"> & { readonly words?: Figure["words"] },
): Figure => ({
  name: "bottleneck",
  title: "The bottleneck: one vector for a long sentence",
  ...of,
  words: [
    ...(of.words ?? []),
    "Both are trained alike, to copy sentences: all that they are given has to be remembered.",
  ],
  exhibits: [
    { caption: "Through one vector", program: throughOneVector, opens: { view: "circuit" }, parts: [] },
    { caption: "With attention", program: withAttention, opens: { view: "circuit" }, parts: [] },
  ],
  together: [byLength],
});
