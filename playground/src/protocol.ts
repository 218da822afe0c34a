import type { Example, Params } from "../../src/runtime/interface.ts";
import type { Plotted } from "../../src/views/chart/plotted.ts";
import type { Dataset } from "./dataset.ts";
import type { Program } from "./program.ts";

/** What the page asks a worker, each with what it is given and what it tells. */
export interface Questions {
  readonly analyse: { readonly given: Program; readonly told: Analysis };
  readonly equations: { readonly given: Program & { readonly of: "model" | "adjoint" }; readonly told: Equations };
  readonly picture: { readonly given: Program & { readonly of: PictureOf }; readonly told: Picture };
  readonly code: { readonly given: Program & { readonly of: CodeOf }; readonly told: Code };
  readonly moduleText: { readonly given: Program & Pick<CodeOf, "target">; readonly told: string };
  readonly checkGradient: { readonly given: Program & { readonly seed: number }; readonly told: GradientCheck };
  readonly flow: { readonly given: Program & FlowOf; readonly told: Flow };
  readonly randomData: { readonly given: Program & { readonly seed: number }; readonly told: Dataset };
}

export type Topic = keyof Questions;
export type Given<T extends Topic> = Questions[T]["given"];
export type Told<T extends Topic> = Questions[T]["told"];

/** How a question ends. `stale`: another of its topic came before its turn; `isOver`: who was asked answers no more. */
export type Answer<A> =
  | { readonly tag: "told"; readonly value: A }
  | { readonly tag: "failed"; readonly text: string; readonly isOver?: boolean }
  | { readonly tag: "stale" };

export interface Question<T extends Topic = Topic> {
  readonly tag: "question";
  readonly topic: T;
  readonly given: Given<T>;
}

/** A message in the editor: places are offsets in the program; of what stands in the standard cells there is none. */
export interface Message {
  readonly severity: "error" | "warning";
  readonly code: string;
  readonly title: string;
  readonly text: string;
  readonly hint: string | null;
  readonly line: number;
  readonly marks: ReadonlyArray<{ readonly from: number; readonly to: number; readonly text: string }>;
}

/** What is known of a program: what is wrong with it, and of each name what it is. */
export interface Analysis {
  readonly messages: ReadonlyArray<Message>;
  /** Nothing where the program is wrong. */
  readonly facts: Facts | null;
}

export interface Facts {
  readonly model: string;
  readonly names: Readonly<Record<string, NameFact>>;
  /** The lengths that are known at run time only. */
  readonly lengths: ReadonlyArray<string>;
  readonly numbers: number;
  readonly hasLoss: boolean;
  readonly hasRandoms: boolean;
  readonly hasStates: boolean;
}

/** `h[t] : R[32]`, and that it is a state. */
export interface NameFact {
  readonly written: string;
  readonly role: string;
}

export interface Equations {
  readonly latex: string;
  readonly text: string;
}

/** In the language of Graphviz, and in words. */
export interface Picture {
  readonly graph: string;
  readonly text: string;
}

export type PictureOf =
  | { readonly tag: "circuit" }
  | { readonly tag: "unfolded"; readonly length: number; readonly inUnits: boolean; readonly insideCells: boolean };

export type CodeOf = { readonly target: "js" | "wasm"; readonly program: "gradient" | "forward" | "module" };

/** Lines of code, each with the lines of the program that it comes from, if it comes from any. */
export interface Code {
  readonly lines: ReadonlyArray<{ readonly text: string; readonly from: ReadonlyArray<number> }>;
  readonly left: number;
}

export interface GradientCheck {
  readonly passed: boolean;
  readonly seed: number;
  readonly compared: number;
  readonly hidden: number;
  readonly loss: number;
  readonly worst: {
    readonly path: string;
    readonly index: ReadonlyArray<number>;
    readonly gradient: number;
    readonly difference: number;
    readonly error: number;
  } | null;
}

/** On which example, or of which length a random one is; and, after a training, with which parameters. */
export interface FlowOf {
  readonly length: number;
  readonly example: Example | null;
  readonly seed: number;
  readonly trained: Params | null;
}

/** Rows of drawings, each of them SVG, with what classes in them look like. */
export interface Flow {
  readonly about: string;
  readonly style: string;
  readonly rows: ReadonlyArray<{
    readonly heading: string;
    readonly notes: string;
    readonly panels: ReadonlyArray<string>;
  }>;
}

/** What a worker that trains is told. */
export type Order =
  | { readonly tag: "train"; readonly program: Program; readonly dataset: Dataset; readonly settings: TrainingSettings }
  | { readonly tag: "pause" }
  | { readonly tag: "resume" };

export interface TrainingSettings {
  readonly optimiser: "adam" | "sgd" | "momentum" | "rmsprop" | "adagrad" | "adamw";
  readonly target: "js" | "wasm";
  readonly rate: number;
  readonly batch: number;
  readonly steps: number;
  readonly clip: number;
  readonly seed: number;
}

/** What it tells. */
export type News =
  | { readonly tag: "begun"; readonly target: "js" | "wasm" }
  | Progress
  | { readonly tag: "failed"; readonly text: string };

export interface Progress {
  readonly tag: "progress";
  /** How many steps are done. */
  readonly step: number;
  /** Of the steps since the last news. */
  readonly losses: ReadonlyArray<number>;
  /** Of what was held out, if anything was, after these steps. */
  readonly heldOut: number | null;
  readonly seconds: number;
  /** Nothing where it was looked at just before. */
  readonly insights: Insights | null;
  readonly isDone: boolean;
}

/** What a model does so far. */
export interface Insights {
  readonly params: Params;
  readonly samples: ReadonlyArray<Sample>;
  /** Attention and states of one example. */
  readonly maps: ReadonlyArray<Plotted>;
}

/** An example, and what a model makes of it. */
export interface Sample {
  /** What is given: `w = maria`. */
  readonly given: string;
  /** A target, and its values in truth. */
  readonly target: string;
  readonly wanted: string;
  /** The most probable at each place, given what came before it in truth. */
  readonly predicted: string;
  /** What the model draws when it is fed its own values, if it can. */
  readonly drawn: string | null;
}
