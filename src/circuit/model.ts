import type { Diagnostic } from "../syntax/diagnostic.ts";
import type { Extent, TimeAxis } from "./axis.ts";
import type { Circuit, NodeId, Pointwise, Position } from "./circuit.ts";

/**
 * A model after elaboration: its circuit for ONE example (no batch axis), and what its caller must know.
 *
 * The circuit's outputs are the user's outputs, one `loss` without axes if the model has loss terms, and for each `~`
 * its distribution's arguments.
 */
export interface Model {
  readonly name: string;
  /** In the order of declaration. */
  readonly axes: ReadonlyArray<TimeAxis>;
  readonly parameters: ReadonlyArray<ParameterSpec>;
  /** By what the paths of their variables begin with. */
  readonly cells?: ReadonlyMap<string, AppliedCell>;
  /** Inputs, then targets (the variables of `~`), then noises. */
  readonly inputs: ReadonlyArray<InputSpec>;
  readonly randoms: ReadonlyArray<RandomSpec>;
  /** How many terms are minimized besides the likelihoods of `randoms`. */
  readonly minimized: number;
  /** The node of the circuit that is their sum, if there are any. */
  readonly besides?: NodeId;
  readonly required: ReadonlyArray<NamedPosition>;
  /** Run-time axes that count components, with the greatest length that has one for each position. */
  readonly limits: ReadonlyArray<{ readonly axis: TimeAxis; readonly most: number }>;
  /** Computed positions whose range is known at run time alone. */
  readonly positions: ReadonlyArray<ComputedPosition>;
  readonly circuit: Circuit;
  /** By output, its axes as the user wrote them; those of any other output stand as the circuit has them. */
  readonly orders?: ReadonlyMap<string, ReadonlyArray<TimeAxis>>;
  /** What a model says of its targets beside its outputs: the names of results with the role `expected`. */
  readonly expected?: ReadonlyArray<{ readonly name: string; readonly of: Expectation; readonly target: string }>;
  /** The circuit in which derivatives that the program speaks of are not yet expanded, if there are any, and its nodes. */
  readonly written?: Pick<Model, "circuit" | "randoms" | "besides">;
  readonly warnings: ReadonlyArray<Diagnostic>;
}

/** A whole number that is made of positions along axes, lengths of axes and numbers, each times a whole number. */
export interface LinearForm {
  readonly constant: number;
  readonly terms: ReadonlyArray<{
    readonly of: "position" | "length";
    readonly axis: TimeAxis;
    readonly times: number;
  }>;
}

/** Where a variable is read along an axis: at a linear form of positions and lengths, or where an input says. */
export type ComputedPosition = { readonly name: string; readonly axis: TimeAxis } & (
  | ({ readonly tag: "linear" } & LinearForm)
  | { readonly tag: "given"; readonly input: string; readonly by: number }
);

/** A position that the program names. */
export interface NamedPosition {
  readonly axis: TimeAxis;
  readonly position: Position;
  /** How many positions every example must have; on shorter axes than it needs itself, it is a boundary that is given. */
  readonly least: number;
}

export interface ParameterSpec {
  /** The stable path in checkpoints: `U`, `enc.Wf`, `z.2.Wf`. */
  readonly path: string;
  /** Axes of static size, for each position of which it has a value of its own: they come first in `shape`. */
  readonly axes: ReadonlyArray<TimeAxis>;
  readonly shape: ReadonlyArray<number>;
  /** Of each position by itself. */
  readonly initialiser: Initialiser;
  /** Whether it stays as it is drawn: then nothing is differentiated by it. */
  readonly isFixed?: boolean;
  /** The cell that declares it, if one does. */
  readonly cell?: ParameterCell;
}

/** An applied cell: its name, and whether it runs along an axis from the end. */
export interface AppliedCell {
  readonly name: string;
  readonly isBackward: boolean;
}

/** The same of what declares a parameter, the file that it stands in, and which functions its static parameters are. */
export interface ParameterCell extends AppliedCell {
  readonly file: string;
  readonly functions: Readonly<Record<string, GivenFunction>>;
}

/** A function by its name: one of the language, or one that the program or a file of it defines. */
export interface GivenFunction {
  readonly name: string;
  readonly isOfTheLanguage: boolean;
}

/** The parameters that a model learns. */
export const trainedOf = ({ parameters }: Pick<Model, "parameters">): ReadonlyArray<ParameterSpec> =>
  parameters.filter(({ isFixed }) => isFixed !== true);

export type Initialiser =
  | Draw
  /** A function of draws, made step by step of what stands before; `written` is how a program says it. */
  | { readonly tag: "function"; readonly written: string; readonly steps: ReadonlyArray<InitialStep> };

export type InitialStep =
  | { readonly tag: "draw"; readonly draw: Draw }
  | { readonly tag: "apply"; readonly fn: Pointwise; readonly of: ReadonlyArray<number> };

export type Draw =
  | { readonly tag: "constant"; readonly value: number }
  | { readonly tag: "uniform"; readonly low: number; readonly high: number }
  | { readonly tag: "normal"; readonly mean: number; readonly deviation: number }
  | { readonly tag: "glorot" }
  | { readonly tag: "he" }
  | { readonly tag: "orthogonal" }
  | { readonly tag: "identity" };

export interface InputSpec {
  readonly name: string;
  readonly role: "input" | "target" | "noise";
  /** The order of the indices as the user wrote them: nested arrays follow it. */
  readonly axes: ReadonlyArray<TimeAxis>;
  /** The shape of one element: [] for a scalar or a symbol. */
  readonly shape: ReadonlyArray<number>;
  /** For symbols: how many there are. */
  readonly symbols?: number;
  /** For positions: of how many they are. */
  readonly positions?: Extent;
  /** Of an input: whether nothing but weights of targets read it. */
  readonly weighs?: boolean;
  /** For noise: what it is drawn from, and its mean. */
  readonly noise?: { readonly distribution: "bernoulli" | "normal"; readonly parameter: number; readonly mean: number };
}

/** What is expected of every value of a target: the likeliest symbol, the probability of 1, or the mean and the deviation. */
export type Expectation = "best" | "probability" | "mean" | "deviation";

/** A `~`: how a target is drawn when generating, and what it adds to the loss. */
export interface RandomSpec {
  readonly target: string;
  readonly family: "categorical" | "bernoulli" | "normal";
  /** Names of the outputs with role `distribution`, in the family's order of arguments. */
  readonly arguments: ReadonlyArray<string>;
  /** The node of the circuit that is -log p(y) at every position, times the weight there. */
  readonly term: NodeId;
  /** The node that is the weight, if one is stated. */
  readonly weight?: NodeId;
  /** Where the target's values are read besides. */
  readonly reads: ReadonlyArray<ReadBack>;
  /** `until y[i] == eos` of the axis, if it has one. */
  readonly until?: { readonly axis: TimeAxis; readonly symbol: number };
}

/** A reading of a target: of its value `by` positions before, or at one position, along each of its axes. */
export interface ReadBack {
  readonly written: string;
  readonly places: ReadonlyArray<
    { readonly tag: "shift"; readonly by: number } | { readonly tag: "at"; readonly position: Position }
  >;
}
