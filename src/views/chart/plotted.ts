/** Values over one or two axes, and what stands at each of their positions. */
export interface Plotted {
  /** `a[i,j]` */
  readonly title: string;
  readonly about: string;
  /** Down, then across; of one axis, across alone. */
  readonly sides: ReadonlyArray<Side>;
  /** A row for each position of the first side; of one axis, one row. */
  readonly values: ReadonlyArray<ReadonlyArray<number>>;
}

export interface Side {
  /** The axis, or what the components are of. */
  readonly name: string;
  /** A word or a number for each position. */
  readonly labels: ReadonlyArray<string>;
  /** Whether they are words of the data. */
  readonly isWords: boolean;
}
