import type { Lecture } from "../lecture.ts";
import { conditioning } from "./s4/conditioning.ts";
import { directedModels } from "./s4/directed-models.ts";
import { encoders } from "./s4/encoders.ts";
import { gradients } from "./s4/gradients.ts";
import { patterns } from "./s4/patterns.ts";
import { unfolding } from "./s4/unfolding.ts";

export const s4: Lecture = {
  name: "s4",
  deck: "S4",
  title: "Recurrent neural nets: unfolding, design patterns, teacher forcing",
  by: "Michael Scherer, Deep Learning Reading Group, Max Planck Institute for Informatics, 2017",
  words: [
    "The deck follows chapter 10 of Goodfellow, Bengio and Courville. Its figures are drawn here by the compiler, from the programs that stand beside them, and its derivation is made anew.",
  ],
  chapters: [unfolding, patterns, gradients, directedModels, conditioning, encoders],
};
