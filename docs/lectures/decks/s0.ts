import type { Lecture } from "../lecture.ts";
import { attention } from "./s0/attention.ts";
import { longTerm } from "./s0/long-term.ts";
import { networks } from "./s0/networks.ts";
import { reversing } from "./s0/reversing.ts";
import { training } from "./s0/training.ts";

export const s0: Lecture = {
  name: "s0",
  deck: "S0",
  title: "Recurrent neural networks: from feedback to attention",
  by: "Md Shad Akhtar, Indian Institute of Technology Patna",
  words: [
    "From a network with feedback connections to the LSTM, and from one vector for a sentence to attention. Every problem that the deck sets is solved here, by a program that stands beside it.",
  ],
  chapters: [networks, training, reversing, longTerm, attention],
};
