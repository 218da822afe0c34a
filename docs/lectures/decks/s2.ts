import type { Lecture } from "../lecture.ts";
import { applications } from "./s2/applications.ts";
import { cells } from "./s2/cells.ts";
import { gradients } from "./s2/gradients.ts";
import { longTerm } from "./s2/long-term.ts";
import { sequences } from "./s2/sequences.ts";

export const s2: Lecture = {
  name: "s2",
  deck: "S2",
  title: "Recurrent neural networks: gradients, gates, attention",
  by: "Minlie Huang, Tsinghua University",
  words: [
    "The deck derives the gradient of a recurrent network and asks why it vanishes or explodes; then come gates, and applications. Each derivation is made here by the compiler, each claim measured.",
  ],
  chapters: [sequences, gradients, longTerm, cells, applications],
};
