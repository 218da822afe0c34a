import type { Words } from "../src/dataset.ts";
import type { Starter } from "../src/starters.ts";

/** A program of `examples/`, and the task there whose data it is trained on; without one, on random examples. */
export interface Chosen {
  readonly program: string;
  readonly title: string;
  readonly task?: string;
  readonly statics?: Starter["program"]["statics"];
  readonly words?: Words;
  readonly settings?: Starter["settings"];
}

/** The models to begin from. */
export const chosen: ReadonlyArray<Chosen> = [
  { program: "elman", title: "Elman network" },
  { program: "hello", title: "Characters: hello", task: "characters: hello", words: { y: ["h", "e", "l", "o"] } },
];
