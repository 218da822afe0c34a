import type { Example } from "../../src/runtime/interface.ts";
import { sharesOfValues } from "./baselines/commonest.ts";
import { exactFreeRun, lossPerValue } from "./measure.ts";
import { atLeast, atMost, type Task } from "./task.ts";

const letters = ["h", "e", "l", "o"];
const ello: Example = { y: Array.from("ello", (letter) => letters.indexOf(letter)) };

/** "hello", letter by letter, over the vocabulary [h, e, l, o]. */
export const helloTask: Task = {
  name: "characters: hello",
  program: "hello",
  words: { y: letters },
  training: () => [ello],
  heldOut: () => [ello],
  seen: "the lecture learns this one word by heart",
  settings: { steps: 600, batch: 1, rate: 0.03 },
  marks: [
    {
      metric: "loss per letter, the letters before it given",
      measure: lossPerValue,
      baseline: sharesOfValues(),
      required: atMost(0.01),
    },
    {
      metric: "goes on from h with ello when running freely",
      measure: exactFreeRun([]),
      required: atLeast(1),
    },
  ],
};
