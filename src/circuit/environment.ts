/** What a circuit is evaluated with. */
export interface Environment {
  /** Row-major, by path. */
  readonly parameters: Readonly<Record<string, ArrayLike<number>>>;
  /** By name. */
  readonly inputs: Readonly<Record<string, Data>>;
  /** By the length's name: one number, or a function of where one stands on the axes that it depends on. */
  readonly lengths: Readonly<Record<string, number | ((outer: Index) => number)>>;
  /** How many examples, for a circuit with the batch axis. */
  readonly batch?: number;
}

/** Where one stands: a position by axis key. Along a time axis from 1, along the batch and components from 0. */
export type Index = Readonly<Record<string, number>>;

/** A function of the index, or nested arrays in the canonical order of axes. */
export type Data = number | ArrayLike<number> | ReadonlyArray<Data> | ((index: Index) => number);

/** A value over axes, row-major; a position that does not exist holds 0. */
export interface Tensor {
  /** The keys of the axes. */
  readonly axes: ReadonlyArray<string>;
  /** The (longest) extent of each. */
  readonly extents: ReadonlyArray<number>;
  readonly data: Float64Array;
}
