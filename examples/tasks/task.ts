import type { Compiled } from "../../src/compile.ts";
import type { Example, Params } from "../../src/runtime/interface.ts";

/** A task of a lecture: a program of this folder, data to train it on, and what it must reach. */
export interface Task {
  readonly name: string;
  /** The file in `examples/`, without `.rnn`. */
  readonly program: string;
  readonly statics?: Readonly<Record<string, number | string>>;
  /** Inputs whose gradient a mark looks at. */
  readonly wrt?: ReadonlyArray<string>;
  readonly training: () => ReadonlyArray<Example>;
  readonly settings: TaskSettings;
  readonly marks: ReadonlyArray<Mark>;
}

export interface TaskSettings {
  readonly steps: number;
  /** How many examples a step sees. */
  readonly batch: number;
  readonly rate: number;
  readonly seed?: number;
}

/** One measurement of a trained model and what it has to be; without `required` it is only told. */
export interface Mark {
  readonly metric: string;
  readonly measure: (trained: Trained) => number;
  readonly required?: Required;
}

export type Required = { readonly tag: "atLeast" | "atMost"; readonly bound: number };

export interface Trained {
  readonly compiled: Compiled;
  readonly params: Params;
}

export const atLeast = (bound: number): Required => ({ tag: "atLeast", bound });
export const atMost = (bound: number): Required => ({ tag: "atMost", bound });

export const isReached = (reached: number, { tag, bound }: Required): boolean =>
  tag === "atLeast" ? reached >= bound : reached <= bound;
