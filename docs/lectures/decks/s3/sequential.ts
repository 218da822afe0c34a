import { births } from "../../figures/births.ts";
import { online } from "../../figures/online.ts";
import { fiveShapes } from "../../figures/shapes.ts";
import type { Chapter } from "../../lecture.ts";

export const sequential: Chapter = {
  title: "Sequential data",
  figures: [
    births({ slide: "Understanding sequential data: time series", rows: ["107b"] }),
    online({ slide: "Some advantages of RNN: Online Learning", rows: ["82"] }),
    fiveShapes({ slide: "Types of recurrent neural networks", rows: ["99", "100", "101", "102", "103"] }),
  ],
};
