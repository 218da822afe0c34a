import type { Example } from "../../src/runtime/interface.ts";
import { commonestSequence } from "./baselines/commonest.ts";
import { type Dice, drawnOf, type Part, times } from "./dice.ts";
import { lexiconOf, wordsOf } from "./lexicon.ts";
import { exactFreeRun } from "./measure.ts";
import { atLeast, type Task } from "./task.ts";

/** One to many: a caption for an image of 4 by 4 pixels, conditioned on it in each of the three ways. */
export const captionTasks = (): ReadonlyArray<Task> =>
  (["each-step", "first-state", "both"] as const).map((way) => ({
    name: `one to many: captions, ${way}`,
    program: `caption-${way}`,
    statics: { k: 16, M: words.size, n: 24 },
    words: { y: words.words },
    training: () => images("training", 400),
    heldOut: () => images("heldOut", 100),
    settings: { steps: 600, batch: 32, rate: 0.01 },
    marks: [
      {
        metric: "captions of new images wholly right, running freely",
        measure: exactFreeRun(["z"]),
        baseline: commonestSequence,
        required: atLeast(0.97),
      },
    ],
  }));

interface Picture {
  readonly caption: string;
  readonly isLit: (row: number, column: number) => boolean;
}

const pictures: ReadonlyArray<Picture> = [
  { caption: "a line along the top", isLit: (row) => row === 0 },
  { caption: "a line along the bottom", isLit: (row) => row === 3 },
  { caption: "a line along the left", isLit: (_, column) => column === 0 },
  { caption: "a line along the right", isLit: (_, column) => column === 3 },
  { caption: "a dot at the top left", isLit: (row, column) => row === 0 && column === 0 },
  { caption: "a dot at the bottom right", isLit: (row, column) => row === 3 && column === 3 },
  { caption: "a frame", isLit: (row, column) => [0, 3].includes(row) || [0, 3].includes(column) },
  { caption: "nothing at all", isLit: () => false },
];

const words = lexiconOf(["<start>", "<end>", ...pictures.flatMap(({ caption }) => wordsOf(caption))]);

const images = (part: Part, count: number): ReadonlyArray<Example> =>
  drawnOf(part, 1, count, (dice) => {
    const picture = dice.pick(pictures);
    return { z: pixels(dice, picture), y: words.symbols([...wordsOf(picture.caption), "<end>"]) };
  });

const pixels = (dice: Dice, { isLit }: Picture): ReadonlyArray<number> =>
  times(16, (pixel) => Number(isLit(Math.floor(pixel / 4), pixel % 4)) + dice.real(-0.3, 0.3));
