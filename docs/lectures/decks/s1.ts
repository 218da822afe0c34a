import type { Lecture } from "../lecture.ts";
import { data } from "./s1/data.ts";
import { gradients } from "./s1/gradients.ts";
import { lstm } from "./s1/lstm.ts";
import { tasks } from "./s1/tasks.ts";

export const s1: Lecture = {
  name: "s1",
  deck: "S1",
  title: "Introduction to recurrent neural networks, part 2",
  by: "Sebastian Raschka, STAT 479: Deep Learning, University of Wisconsin-Madison, 2019",
  words: [
    "Back-propagation through time and three answers to vanishing and exploding gradients; what shapes sequence tasks have; and how words and characters become numbers.",
  ],
  chapters: [gradients, lstm, tasks, data],
};
