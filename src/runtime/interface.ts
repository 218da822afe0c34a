import type { ModelInfo } from "./model-info.ts";

export type * from "./model-info.ts";

/**
 * The interface of a compiled model, in process and as an ES module on disk.
 *
 * Values over axes are nested arrays outside and row-major typed arrays inside. Inside, the order of axes is: time axes
 * as declared, then the batch, then the components; a padded position holds 0. What is put out has its time axes in the
 * order in which the source writes its indices, as what is given has.
 */
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

/** Examples packed and padded: `values` by input name in the inside order of axes. */
export interface Batch {
  readonly size: number;
  /** By the length's name, one for each example (for a ragged axis: for each example and outer position). */
  readonly lengths: Readonly<Record<string, Int32Array>>;
  /** By the length's name, the greatest. */
  readonly longest: Readonly<Record<string, number>>;
  readonly values: Readonly<Record<string, Values>>;
}

/** A result over axes, row-major over its own indices, the batch, its components: padded with zeros, with the lengths of its run-time axes. */
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
  /** Raises the density to the power 1 / temperature (default 1). */
  readonly temperature?: number;
  /** Draw from so many of the most probable symbols alone. */
  readonly topK?: number;
  /** Draw from the fewest most probable symbols alone that together have this probability. */
  readonly topP?: number;
  /** The greatest number of steps. */
  readonly length: number;
  /**
   * Draw nothing, but search the most probable sequences, going on from so many of the best beginnings. With 1 that is
   * the mode; with as many as there are sequences none is missed.
   */
  readonly beam?: number;
  /**
   * A beam finds the greatest log-probability divided by ((5 + steps) / 6) to this power, which is 0 or more (default 0):
   * the higher, the better long sequences stand (Wu et al. 2016).
   */
  readonly lengthPenalty?: number;
  /** How many of the best that a beam finds are returned, at most its width (default 1). */
  readonly keep?: number;
  /** Values of the targets that are given first, by name; a list gives each sequence its own. */
  readonly prefix?: OneOrMany<Example>;
  /** Inputs: along the generated axis they must reach `length`; the others are the context. */
  readonly inputs?: OneOrMany<Example>;
}
export type OneOrMany<A> = A | ReadonlyArray<A>;

export interface Generated {
  /** By target: one list for each sequence; of a beam the best found of the first sequence, best first, then of the next. */
  readonly values: Readonly<Record<string, ReadonlyArray<ReadonlyArray<number | ReadonlyArray<number>>>>>;
  readonly lengths: ReadonlyArray<number>;
  /** Of a beam: of each that was found, what is drawn of it given its prefix. */
  readonly logProbabilities?: ReadonlyArray<number>;
  /** Of a beam: of each that was found, the number of the sequence that it is of, from 0. */
  readonly of?: ReadonlyArray<number>;
}

export interface CompiledModel {
  readonly model: ModelInfo;
  readonly init: (seed: number) => Params;
  /** With a seed, noise is drawn from it; without, it is its mean. */
  readonly pack: (examples: ReadonlyArray<Example>, seed?: number) => Batch;
  /** Of a model that only looks back, sequences may go on from a state; the next one is `$state` (`stateOf`), beside the outputs. */
  readonly forward: (params: Params, batch: Batch, state?: State) => Outputs;
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
  /** Sequences step by step, many steps at once, with nothing made anew: bound to copies of the parameters. */
  readonly stream: (params: Params, options?: StreamOptions) => Stream;
  readonly generate: (params: Params, options: GenerateOptions) => Generated;
  /** What `generate` does with a beam, which it can do if this is exported as well. */
  readonly search: (params: Params, options: GenerateOptions & { readonly beam: number }) => Generated;
  /**
   * Begins a training from copies of the parameters, if the model was compiled with an optimiser, or goes on with one
   * that had come so far.
   */
  readonly trainer: (params: Params, constants?: Readonly<Record<string, number>>, options?: TrainerOptions) => Trainer;
}

export interface StreamOptions {
  /** How many streams there are side by side: by default as many as there are contexts, or one. */
  readonly streams?: number;
  /** What does not change from step to step: that of all streams, or a list with one for each. */
  readonly context?: OneOrMany<Example>;
}

/** An array with the numbers of all streams: [streams][n][the other axes as written…][components…], row-major. */
export type Block =
  | Values
  | Int32Array
  | Int16Array
  | Int8Array
  | Uint32Array
  | Uint16Array
  | Uint8Array
  | Uint8ClampedArray;

/** By name; of a model with one input, or one output, the array itself will do. An output that is left out is not copied. */
export type Blocks<A> = A | Readonly<Record<string, A>>;

/** Streams of a model in an arena of their own. Nothing is allocated by `process` and `reset`. */
export interface Stream {
  readonly streams: number;
  /**
   * The next `n` positions of every stream: outputs from inputs. However they are cut into blocks, the bits are the same.
   * What is refused changes nothing. An array may be both an input and an output if it has the same layout as both.
   */
  readonly process: (inputs: Blocks<Block>, outputs: Blocks<Values>, n: number) => void;
  /** Streams begin anew: one by its number from 0, some by a list, by default all. */
  readonly reset: (which?: number | ReadonlyArray<number>) => void;
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
  /**
   * One step along a gradient from elsewhere, in place of that of a batch: the sum of several batches', or another
   * machine's. A model has it that was compiled with both `trainer` and `gradient`. Where a loss does not depend on a
   * parameter, its gradient is not read.
   */
  readonly descend: (gradient: Gradient, options: Omit<StepOptions, "state">) => { readonly norm: number };
  /** Of the last step's scaled gradient, by the path of each parameter that it is by; none once another training has stepped. */
  readonly norms: () => Readonly<Record<string, number>>;
  /** Copies of the parameters as they are now. */
  readonly params: () => Params;
  /** A copy of what another training goes on from, with the parameters of now. */
  readonly state: () => TrainerState;
}
