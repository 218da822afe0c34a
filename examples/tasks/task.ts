import type * as E from "fp-ts/lib/Either.js";
import type { Compiled } from "../../src/compile.ts";
import type { DataError } from "../../src/data/data-error.ts";
import type { Feed } from "../../src/data/feed.ts";
import type { Example, Params } from "../../src/runtime/interface.ts";

/** A task: a program of this folder, data to train it on, others that it never sees, and what it must reach on these. */
export interface Task {
  readonly name: string;
  /** The file in `examples/`, without `.rnn`. */
  readonly program: string;
  readonly statics?: Readonly<Record<string, number | string>>;
  /** Inputs whose gradient a mark looks at. */
  readonly wrt?: ReadonlyArray<string>;
  /** By the name of a variable, what each of its symbols stands for. */
  readonly words?: Readonly<Record<string, ReadonlyArray<string>>>;
  readonly training: () => ReadonlyArray<Example>;
  /** What is measured. */
  readonly heldOut: () => ReadonlyArray<Example>;
  /** Why what is measured was trained on, where that cannot be otherwise. */
  readonly seen?: string;
  /** How training reads them, with so many examples a step, where it goes on from one to the next. */
  readonly feed?: (batch: number) => E.Either<DataError, Feed>;
  readonly settings: TaskSettings;
  readonly marks: ReadonlyArray<Mark>;
}

/** A task whose data, and packages that hold them, are read when it is its turn. */
export interface LazyTask {
  readonly name: string;
  readonly task: () => Promise<Task>;
}

export interface TaskSettings {
  readonly steps: number;
  /** How many examples a step sees. */
  readonly batch: number;
  readonly rate: number;
  /** Whether a step sees examples of like lengths, so that little is padded. */
  readonly byLength?: boolean;
}

/** One figure of a trained model, what does without a model on the same examples, and what each seed has to reach. */
export interface Mark {
  readonly metric: string;
  readonly measure: Measure;
  readonly baseline?: Baseline;
  /** Without it the figure is only told. */
  readonly required?: Required;
  /** Why the figure does not lie clearly beyond its baseline. */
  readonly cannot?: string;
  /** Other examples than what the task holds out. */
  readonly on?: () => ReadonlyArray<Example>;
}

export type Measure = (trained: Trained, examples: ReadonlyArray<Example>) => number;

/** What is reached without a model, by what is counted in the training examples. */
export interface Baseline {
  readonly name: string;
  readonly measure: (training: ReadonlyArray<Example>, examples: ReadonlyArray<Example>) => number;
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

/** Whether what is required leaves out at least a tenth of what the baseline gets wrong: shares want to be 1, all else 0. */
export const isBeyond = ({ tag, bound }: Required, baseline: number): boolean =>
  tag === "atLeast" ? 1 - bound <= 0.9 * (1 - baseline) : bound <= 0.9 * baseline;
