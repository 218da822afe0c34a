import type { Figure, Part } from "../lecture.ts";
import { measured } from "../measured.ts";
import { reordered } from "../measurements/reordering.ts";
import { spreadOf } from "../measurements/seeds.ts";
import { architectures, type Sensitivity } from "../measurements/sensitivity.ts";
import { matrixHtml } from "../parts/panels.ts";

const grids: Part = {
  how: "measured",
  isWide: true,
  html: () => {
    const { right, rates, sizes, seeds, settings, command } = measured<Sensitivity>("sensitivity");
    return matrixHtml(
      Object.entries(right).map(([name, values]) => ({
        title: `${name}: wholly right`,
        about: `the middle of ${seeds.length} seeds`,
        sides: [
          { name: "units", labels: sizes.map(String), isWords: true },
          { name: "rate", labels: rates.map(String), isWords: true },
        ],
        values: values.map((row) => row.map((found) => spreadOf(found)[1])),
      })),
      `The share of unseen sentences of the reordering task that are translated wholly right after ${settings.steps} steps of ${settings.batch} sentences with Adam, by learning rate and number of units. Again: ${command}`,
      44,
    );
  },
};

/** Learning rates, sizes, and the choice of attention. */
export const sensitivityFigure = (of: Pick<Figure, "slide" | "rows">): Figure => ({
  name: "sensitivity",
  title: "Sensitivity to hyperparameters",
  ...of,
  words: [
    "“The performance may be sensitive to hyperparameter choices, such as learning rates, architecture design, and the choice of attention mechanisms”: the same data and number of steps, with everything else changed.",
  ],
  exhibits: Object.entries(architectures).map(([name, program]) => ({
    caption: name,
    program: program(16),
    opens: {
      view: "training" as const,
      data: reordered("training", 100).slice(0, 60),
      settings: { steps: 300, batch: 16, rate: 0.01 },
    },
    parts: [],
  })),
  together: [grids],
  found: [
    "At the two smallest rates next to nothing is learned in this time, whatever the size. One vector translates about half of the new sentences at best, with 32 units; attention does better with 4. The choice of attention counts for more than rate and size.",
  ],
});
