import type { Example } from "../../src/runtime/interface.ts";

/** Examples in the terms of a module, and for variables of symbols what they are called. */
export interface Dataset {
  readonly examples: ReadonlyArray<Example>;
  readonly words: Words;
}

/** By the name of a variable, what each of its symbols stands for. */
export type Words = Readonly<Record<string, ReadonlyArray<string>>>;
