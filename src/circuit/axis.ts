/**
 * Named axes. Time, feature and batch axes are the same kind of thing; recurrences merely run along time axes.
 *
 * Two axes are the same axis when their keys are equal. A vector's components lie on slot 0, a matrix's columns on
 * slot 1, so that every vector of n components has the same axis `#0:n` and equal expressions are equal nodes.
 */
export type Axis = TimeAxis | BatchAxis | FeatureAxis;

export interface TimeAxis {
  readonly tag: "time";
  readonly key: string;
  /** Place in the order of declarations: the outermost loops come first. */
  readonly rank: number;
  readonly extent: Extent;
}

export interface BatchAxis {
  readonly tag: "batch";
  readonly key: "@batch";
}

export interface FeatureAxis {
  readonly tag: "feature";
  readonly key: string;
  readonly slot: number;
  readonly size: number;
}

/** One of whose positions may be named by a number: a component by a symbol from 0, a position in time from 1. */
export type CountedAxis = FeatureAxis | TimeAxis;

/**
 * How far a time axis reaches: positions 1..size, or 1..T with T known at run time, one for each example and, for a
 * ragged axis, for each position of the axes it stands over. In a batched circuit every run-time length stands over the
 * batch too: an example's length is one more case of a ragged axis.
 */
export type Extent =
  | { readonly tag: "fixed"; readonly size: number }
  | { readonly tag: "length"; readonly name: string; readonly over: ReadonlyArray<TimeAxis | BatchAxis> };

/** Positions in time are counted from 1, components and examples from 0. */
export const firstOf = ({ tag }: Axis): number => (tag === "time" ? 1 : 0);

/** Where the operand of a renaming is read, from where its value is. */
export const beforeRenaming = (
  renames: ReadonlyArray<readonly [from: Axis, to: Axis]>,
  index: Readonly<Record<string, number>>,
): Readonly<Record<string, number>> =>
  Object.fromEntries(renames.map(([from, to]) => [from.key, index[to.key]! - firstOf(to) + firstOf(from)]));

export const batchAxis: BatchAxis = { tag: "batch", key: "@batch" };

export const featureAxis = (slot: number, size: number): FeatureAxis => ({
  tag: "feature",
  key: `#${slot}:${size}`,
  slot,
  size,
});

export const timeAxis = (key: string, rank: number, extent: Extent): TimeAxis => ({ tag: "time", key, rank, extent });

/** An axis as long as another, along which one position of it is picked. No name of the language ends so. */
export const pickedAxis = ({ key, rank, extent }: TimeAxis): TimeAxis => timeAxis(`${key}*`, rank, extent);

export const isPickedAxis = ({ key }: TimeAxis): boolean => key.endsWith("*");

export const sameAxis = (a: Axis, b: Axis): boolean => a.key === b.key;

export const hasAxis = (axes: ReadonlyArray<Axis>, axis: Axis): boolean => axes.some((other) => other.key === axis.key);

/** The canonical order: time axes as declared, then the batch, then feature slots. */
export const sortAxes = (axes: ReadonlyArray<Axis>): ReadonlyArray<Axis> =>
  axes.length < 2 ? axes : [...axes].sort(compareAxes);

export const unionAxes = (...lists: ReadonlyArray<ReadonlyArray<Axis>>): ReadonlyArray<Axis> => {
  const union: Axis[] = [];
  for (const list of lists)
    for (const axis of list) {
      const known = union.findIndex(({ key }) => key === axis.key);
      union[known < 0 ? union.length : known] = axis;
    }
  return sortAxes(union);
};

export const withoutAxes = (axes: ReadonlyArray<Axis>, removed: ReadonlyArray<Axis>): ReadonlyArray<Axis> =>
  removed.length === 0 ? axes : axes.filter((axis) => !hasAxis(removed, axis));

export const featuresOf = (axes: ReadonlyArray<Axis>): ReadonlyArray<FeatureAxis> =>
  axes.flatMap((axis) => (axis.tag === "feature" ? [axis] : []));

/** The axes that the length of an axis depends on. */
export const lengthAxes = (axis: Axis): ReadonlyArray<Axis> =>
  axis.tag === "time" && axis.extent.tag === "length" ? axis.extent.over : [];

/** With the axes that their lengths stand over. */
export const closeAxes = (axes: ReadonlyArray<Axis>): ReadonlyArray<Axis> => unionAxes(axes, ...axes.map(lengthAxes));

/** Those of the axes whose length depends on `outer`. */
export const raggedOver = (axes: ReadonlyArray<Axis>, outer: Axis): ReadonlyArray<Axis> =>
  axes.filter((axis) => hasAxis(lengthAxes(axis), outer));

const order = { time: 0, batch: 1, feature: 2 } as const;

const compareAxes = (a: Axis, b: Axis): number =>
  order[a.tag] - order[b.tag] ||
  (a.tag === "time" && b.tag === "time" ? a.rank - b.rank : 0) ||
  (a.tag === "feature" && b.tag === "feature" ? a.slot - b.slot : 0) ||
  (a.key < b.key ? -1 : a.key > b.key ? 1 : 0);

/** How many positions or components an axis has, where that is known when compiling. */
export const knownSize = (axis: Axis): number | undefined => {
  if (axis.tag === "feature") return axis.size;
  return axis.tag === "time" && axis.extent.tag === "fixed" ? axis.extent.size : undefined;
};
