import type { Axis } from "../circuit/axis.ts";
import { blockCountOf } from "../circuit/block-count.ts";

/**
 * A size known up to the run-time dimensions: factor · d[i] · d[j] · …, where d[0] is the batch and the others are the
 * greatest lengths of the run-time axes. Extents and strides are such monomials; offsets are sums of them.
 */
export interface Size {
  readonly factor: number;
  /** Sorted indices into the dims. */
  readonly dims: ReadonlyArray<number>;
}

export const fixed = (factor: number): Size => ({ factor, dims: [] });
export const dimension = (index: number): Size => ({ factor: 1, dims: [index] });

export const times = (a: Size, b: Size): Size =>
  a.factor * b.factor === 0
    ? fixed(0)
    : { factor: a.factor * b.factor, dims: [...a.dims, ...b.dims].sort((x, y) => x - y) };

/** The value at given dims. */
export const evaluatedSize = ({ factor, dims: own }: Size, dims: ReadonlyArray<number>): number =>
  own.reduce((product, dim) => product * dims[dim]!, factor);

export const equalSizes = (a: Size, b: Size): boolean => a.factor === b.factor && a.dims.join() === b.dims.join();

/** The names of the run-time lengths of a program, in the order of its dims after the batch. */
export type LengthNames = ReadonlyArray<string>;

/** How many positions an axis has in a padded buffer. */
export const extentOf =
  (lengths: LengthNames) =>
  (axis: Axis): Size => {
    switch (axis.tag) {
      case "feature":
        return fixed(axis.size);
      case "batch":
        return dimension(0);
      case "time":
        return axis.extent.tag === "fixed" ? fixed(axis.extent.size) : dimension(1 + lengths.indexOf(axis.extent.name));
    }
  };

/** Whether an axis has a length of its own in every example, so that its buffers hold padding. */
export const isRagged = (axis: Axis): boolean =>
  axis.tag === "time" && axis.extent.tag === "length" && blockCountOf(axis.extent.name) === undefined;
