import type { Report } from "../measure/measure.ts";
import type { Observations } from "../measure/observations.ts";
import type { Past } from "../measure/past.ts";
import type { MeasuredTarget } from "../measure/target.ts";
import type { Example } from "../runtime/interface.ts";
import type { LogLine } from "../train/log.ts";
import type { Plotted } from "../views/chart/plotted.ts";

/** Everything that a page tells of a run, as plain data. */
export interface RunReport {
  readonly model: string;
  /** Where the run is, which weights are told of, and on what they were measured. */
  readonly about: string;
  readonly log: ReadonlyArray<LogLine>;
  /** Of the weights that are told of. */
  readonly step: number;
  readonly report: Report;
  readonly resamples: number;
  readonly parameters: ReadonlyArray<ParameterNorms>;
  readonly examples: ReadonlyArray<ShownExample>;
  /** Outputs over two axes, each in one example. */
  readonly alignments: ReadonlyArray<Plotted>;
  readonly drawn: ReadonlyArray<Drawn>;
  /** In LaTeX, as the project prints it. */
  readonly equations: string;
  /** The circuit as an SVG, unless it is too large to be read. */
  readonly circuit: string | undefined;
  readonly program: string;
  /** What trains the same again. */
  readonly command: string;
  readonly facts: ReadonlyArray<readonly [name: string, value: string]>;
}

/** Lengths of a parameter and of the gradient of the loss per value by it; no gradient by what is not trained, or without a loss. */
export interface ParameterNorms {
  readonly path: string;
  readonly shape: ReadonlyArray<number>;
  readonly norm: number;
  readonly gradient: number | null;
}

/** What stands in an example, and what a model says of it. */
export interface ShownExample {
  /** `names.tsv, line 12`. */
  readonly place: string;
  readonly example: Example;
  /** The inputs that can be shown, in the terms of the data. */
  readonly inputs: ReadonlyArray<Given>;
  readonly targets: ReadonlyArray<Told>;
}

/** Words, signs or numbers in a row, under the name of their variable. */
export interface Given {
  readonly name: string;
  readonly tokens: ReadonlyArray<string>;
  /** Whether they are signs of one text. */
  readonly isText: boolean;
}

export interface Told {
  readonly target: MeasuredTarget;
  readonly observed: Observations;
  /** Of a series, what its rows say. */
  readonly past: Past | undefined;
}

/** What a model drew: by itself, or from the inputs of an example. */
export interface Drawn {
  /** What it was drawn from, or how. */
  readonly from: string;
  readonly text: string;
  /** What stands in the data there. */
  readonly actual: string | undefined;
}
