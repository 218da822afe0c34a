/**
 * The interface of a compiled model, in process and as an ES module on disk.
 *
 * Values over axes are nested arrays outside and row-major typed arrays inside. Inside, the order of axes is: time axes
 * as declared, then the batch, then the components; a padded position holds 0.
 */
export type Precision = "f32" | "f64";
export type Values = Float32Array | Float64Array;

/**
 * Nested arrays of numbers in the order of a variable's indices, or a typed array with its shape. What is missing of a
 * target is null, and counts nothing in the loss.
 */
export type Nested = number | null | ReadonlyArray<Nested> | Values | Int32Array | Shaped;
export interface Shaped {
  readonly shape: ReadonlyArray<number>;
  readonly data: Values | Int32Array;
}

/** Each input and target under its name, and the length of an axis on which no data stands under the length's name. */
export type Example = Readonly<Record<string, Nested>>;

/** One row-major typed array per parameter, by path. */
export type Params = Readonly<Record<string, Values>>;

/** The same of what is learned: what is fixed has no gradient. */
export type Gradient = Readonly<Record<string, Values>>;

export interface ModelInfo {
  readonly name: string;
  readonly precision: Precision;
  /** `length` is a size fixed when compiling, or the name of a run-time length; `over`: the axes it depends on. */
  readonly axes: ReadonlyArray<{
    readonly name: string;
    readonly length: number | string;
    readonly over: ReadonlyArray<string>;
  }>;
  readonly inputs: ReadonlyArray<VariableInfo>;
  readonly targets: ReadonlyArray<VariableInfo>;
  readonly params: ReadonlyArray<{
    readonly path: string;
    /** The axes that it has a value of its own for each position of: they are the first of `shape`. */
    readonly indices?: ReadonlyArray<string>;
    readonly shape: ReadonlyArray<number>;
    readonly init: InitialiserInfo;
    /** Whether it stays as it is drawn: no gradient has it. */
    readonly fixed?: boolean;
  }>;
  /** Drawn by `pack` when it is given a seed, else their mean; an example may give them too. */
  readonly noises: ReadonlyArray<NoiseInfo>;
  readonly randoms: ReadonlyArray<RandomInfo>;
  /** Positions that the model names: `h[1]`, `h[T]`. */
  readonly required: ReadonlyArray<RequiredPosition>;
  /** Axes that count components, as `P[t]` does: no example may have more positions along them. */
  readonly limits: ReadonlyArray<LengthLimit>;
  /** Computed positions that a call sees to exist, where there are any. */
  readonly positions?: ReadonlyArray<ComputedPositionInfo>;
  readonly outputs: ReadonlyArray<VariableInfo>;
  /** What the model was compiled to be trained by, with its constants. */
  readonly optimiser?: { readonly name: string; readonly constants: Readonly<Record<string, number>> };
  /** The axis along which the model can be stepped, if it only looks back. */
  readonly streamable: string | null;
  readonly hasLoss: boolean;
}

export interface VariableInfo {
  readonly name: string;
  /** The axes, in the order of the indices in the source. */
  readonly indices: ReadonlyArray<string>;
  /** The shape of one element; [] for a scalar or a symbol. */
  readonly shape: ReadonlyArray<number>;
  /** For symbols: how many there are. */
  readonly symbols?: number;
  /** For positions, which are counted from 1: the name of the length of their axis, or how many there are. */
  readonly positions?: number | string;
  /** For what is `bernoulli`: its values are 0 and 1. */
  readonly truth?: true;
  /** Of an input: whether nothing but weights of targets read it, so that without a loss it may be left out. */
  readonly weighs?: boolean;
}

export interface NoiseInfo extends VariableInfo {
  readonly noise: {
    readonly distribution: "bernoulli" | "normal";
    readonly parameter: number;
    readonly mean: number;
  };
}

/**
 * A `~`: its family's arguments are results with role `distribution`. `ends`: the symbol after which there are no more
 * positions along an axis; `until` is the same, if that axis is the one that is generated along.
 */
export interface RandomInfo {
  readonly target: string;
  readonly family: "categorical" | "bernoulli" | "normal";
  readonly arguments: ReadonlyArray<string>;
  readonly until?: number;
  readonly ends?: { readonly axis: string; readonly symbol: number };
  /** Where the target is read by anything but its own `~`: a value that is missing there is refused. */
  readonly reads?: ReadonlyArray<ReadBack>;
}

/** A reading: along each axis of its value `by` positions before, or at a position as `RequiredPosition` has it. */
export interface ReadBack {
  readonly written: string;
  readonly places: ReadonlyArray<{ readonly by: number } | { readonly from: "start" | "end"; readonly offset: number }>;
}

/**
 * The `offset`-th from the start (1-based), or from the end (0 is the last, -1 the one before). Every example has at least
 * `least` positions: fewer than the position itself needs where a boundary is given that it then is.
 */
export interface RequiredPosition {
  readonly axis: string;
  readonly from: "start" | "end";
  readonly offset: number;
  readonly least: number;
}

/** Where a variable is read along an axis: at a linear form of positions and lengths, or where an input says. */
export type ComputedPositionInfo =
  | {
      readonly tag: "linear";
      readonly name: string;
      readonly axis: string;
      readonly constant: number;
      readonly terms: ReadonlyArray<{
        readonly of: "position" | "length";
        readonly axis: string;
        readonly times: number;
      }>;
    }
  | {
      readonly tag: "given";
      readonly name: string;
      readonly axis: string;
      readonly input: string;
      readonly by: number;
    };

export interface LengthLimit {
  readonly axis: string;
  readonly most: number;
}

export type InitialiserInfo =
  | DrawInfo
  /** A function of draws, made step by step of what stands before; `written` is how a program says it. */
  | {
      readonly tag: "function";
      readonly written: string;
      readonly steps: ReadonlyArray<
        | { readonly tag: "draw"; readonly draw: DrawInfo }
        | { readonly tag: "apply"; readonly fn: string; readonly of: ReadonlyArray<number> }
      >;
    };

export type DrawInfo =
  | { readonly tag: "constant"; readonly value: number }
  | { readonly tag: "uniform"; readonly low: number; readonly high: number }
  | { readonly tag: "normal"; readonly mean: number; readonly deviation: number }
  | { readonly tag: "glorot" | "he" | "orthogonal" | "identity" };

/** Examples packed and padded: `values` by input name in the inside order of axes. */
export interface Batch {
  readonly size: number;
  /** By the length's name, one for each example (for a ragged axis: for each example and outer position). */
  readonly lengths: Readonly<Record<string, Int32Array>>;
  /** By the length's name, the greatest. */
  readonly longest: Readonly<Record<string, number>>;
  readonly values: Readonly<Record<string, Values>>;
}

/** A result over axes: padded with zeros, with the lengths of each of its run-time axes. */
export interface Output {
  readonly shape: ReadonlyArray<number>;
  readonly axes: ReadonlyArray<string>;
  readonly data: Values;
  readonly lengths: Readonly<Record<string, Int32Array>>;
}
export type Outputs = Readonly<Record<string, Output>>;

/**
 * What the delays carry from one call to the next; opaque, JSON-safe through `Array.from`. Its arrays may share a buffer
 * with those of other states, so what is transferred to another thread should be a copy. Where a sequence has ended by an
 * `until`, no step and no chunk goes on from it.
 */
export interface State {
  readonly size: number;
  /** How many positions have been read. */
  readonly position: number;
  readonly values: Readonly<Record<string, Values>>;
  readonly context: Readonly<Record<string, Values>>;
  /** The lengths of the other axes, which the context stands over. */
  readonly lengths: Readonly<Record<string, Int32Array>>;
}

export interface GenerateOptions {
  readonly seed?: number;
  /** How many sequences at once (default 1). */
  readonly size?: number;
  /** Draw, or take the mode (default draw). */
  readonly choose?: "draw" | "mode";
  readonly temperature?: number;
  /** The greatest number of steps. */
  readonly length: number;
  /** Values of the targets that are given first, by name; a list gives each sequence its own. */
  readonly prefix?: OneOrMany<Example>;
  /** Inputs: along the generated axis they must reach `length`; the others are the context. */
  readonly inputs?: OneOrMany<Example>;
}
export type OneOrMany<A> = A | ReadonlyArray<A>;

export interface Generated {
  /** By target: one list for each sequence. */
  readonly values: Readonly<Record<string, ReadonlyArray<ReadonlyArray<number | ReadonlyArray<number>>>>>;
  readonly lengths: ReadonlyArray<number>;
}

export interface CompiledModel {
  readonly model: ModelInfo;
  readonly init: (seed: number) => Params;
  /** With a seed, noise is drawn from it; without, it is its mean. */
  readonly pack: (examples: ReadonlyArray<Example>, seed?: number) => Batch;
  readonly forward: (params: Params, batch: Batch) => Outputs;
  readonly loss: (params: Params, batch: Batch) => number;
  readonly gradient: (
    params: Params,
    batch: Batch,
    state?: State,
  ) => { readonly loss: number; readonly gradient: Gradient; readonly state: State };
  /** One example is one stream; a list of them (`[{}, {}, {}]` if there is no context) is a stream for each. */
  readonly start: (params: Params, context?: OneOrMany<Example>) => State;
  /**
   * One element for each stream; for a single one the level of the streams may be left out. Parameters are taken up
   * by `start` and whenever other arrays are given: between the steps of a stream they may not be changed in place.
   */
  readonly step: (
    params: Params,
    state: State,
    input: Example,
  ) => { readonly state: State; readonly output: Readonly<Record<string, Values>> };
  readonly generate: (params: Params, options: GenerateOptions) => Generated;
  /**
   * Begins a training from copies of the parameters, if the model was compiled with an optimiser, or goes on with one
   * that had come so far.
   */
  readonly trainer: (params: Params, constants?: Readonly<Record<string, number>>, options?: TrainerOptions) => Trainer;
}

export interface TrainerOptions {
  /** What `state()` of an earlier training gave, beside its `params()`: the steps that follow have the same bits. */
  readonly state?: TrainerState | undefined;
  /** What an optimiser with a weight decay shrinks: by default all, or matrices alone, and no biases. */
  readonly weightDecayOf?: "all" | "matrices" | undefined;
}

/** What a training needs beside its parameters to go on; JSON-safe through `Array.from`. */
export interface TrainerState {
  readonly optimiser: string;
  /** How many steps were done. */
  readonly step: number;
  /** What the optimiser remembers, by `$memory.<number>.<path>`. */
  readonly memories: Readonly<Record<string, Values>>;
}

export interface StepOptions {
  readonly rate: number;
  /** What the gradient is multiplied by before all else (default 1). */
  readonly scale?: number;
  /** The greatest norm of the scaled gradient: a longer one is shortened. */
  readonly clip?: number;
  /** The greatest size of an element of the gradient, which is bounded last. */
  readonly clipValue?: number;
  /** What the sequences go on from. */
  readonly state?: State | undefined;
}

/** A training whose parameters and memories stay where the compiled program has them from step to step. */
export interface Trainer {
  /** One step: the loss before it, the norm of the scaled gradient before clipping, what the next window goes on from. */
  readonly step: (
    batch: Batch,
    options: StepOptions,
  ) => { readonly loss: number; readonly norm: number; readonly state: State };
  /** Copies of the parameters as they are now. */
  readonly params: () => Params;
  /** A copy of what another training goes on from, with the parameters of now. */
  readonly state: () => TrainerState;
}
