/** What a compiled model says of itself: its parameters, data, axes and outputs. */
export type Precision = "f32" | "f64";

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
    readonly fixed?: true;
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
  /**
   * Of a model that is compiled to predict: what it expects of the values of its targets, which `forward` then gives beside the
   * outputs, under names that no variable has.
   */
  readonly expected?: ReadonlyArray<ExpectedInfo>;
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

/** The likeliest symbol, the probability of 1, or the mean and the deviation, over the axes of a target. */
export interface ExpectedInfo extends VariableInfo {
  readonly of: "best" | "probability" | "mean" | "deviation";
  readonly target: string;
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
