import type { Count, Index, Scalar } from "../loops.ts";
import { type Dims, numberAt } from "./batches.ts";

/** All that an integer may be. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** What each integer in scope may be. */
export type Integers = ReadonlyMap<string, Interval>;

export const anything: Interval = { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };
export const exactly = (value: number): Interval => ({ low: value, high: value });

export const plus = (a: Interval, b: Interval): Interval => ({ low: a.low + b.low, high: a.high + b.high });

export const scaledBy = ({ low, high }: Interval, by: number): Interval => {
  if (by === 0) return exactly(0);
  return by > 0 ? { low: low * by, high: high * by } : { low: high * by, high: low * by };
};

/** What an index may be; a position that data give, such as a symbol, is taken to be where its axis begins. */
export const indexInterval = ({ terms, constant }: Index, integers: Integers, dims: Dims): Interval => {
  const at = numberAt(dims);
  let [low, high] = [0, 0];
  for (const size of constant) {
    low += at(size);
    high += at(size);
  }
  for (const { variable, stride } of terms) {
    const term = scaledBy(integers.get(variable) ?? exactly(0), at(stride));
    low += term.low;
    high += term.high;
  }
  return { low, high };
};

/** How often a loop may run: a length is at most that of its axis. */
export const countInterval = (count: Count, dims: Dims): Interval =>
  count.tag === "size" ? exactly(numberAt(dims)(count.size)) : { low: 0, high: dims[1 + count.table] ?? Number.NaN };

/** What a number that is made of integers may be. */
export const scalarInterval = (scalar: Scalar, integers: Integers, dims: Dims): Interval => {
  const again = (part: Scalar) => scalarInterval(part, integers, dims);
  switch (scalar.tag) {
    case "number":
      return exactly(scalar.value);
    case "size":
      return exactly(numberAt(dims)(scalar.size));
    case "length":
      return countInterval(scalar, dims);
    case "indexValue":
      return indexInterval(scalar.index, integers, dims);
    case "local":
      return integers.get(scalar.name) ?? anything;
    case "choose": {
      const [one, other] = [again(scalar.then), again(scalar.else)];
      return { low: Math.min(one.low, other.low), high: Math.max(one.high, other.high) };
    }
    case "call": {
      const [one = anything, other = anything] = scalar.operands.map(again);
      if (scalar.fn === "add") return plus(one, other);
      if (scalar.fn === "sub") return plus(one, scaledBy(other, -1));
      return anything;
    }
    case "load":
      return anything;
  }
};
