import type { Scalar } from "../loops.ts";
import { type Dims, numberAt } from "./batches.ts";
import { anything, type Integers, type Interval, scalarInterval, scaledBy } from "./interval.ts";

/** What integers may be where a condition holds, or does not; undefined where that is never so. */
export const assuming = (condition: Scalar, holds: boolean, integers: Integers, dims: Dims): Integers | undefined => {
  if (condition.tag !== "call") {
    const { low, high } = scalarInterval(condition, integers, dims);
    return (holds ? low === 0 && high === 0 : low > 0) ? undefined : integers;
  }
  const [one, other] = condition.operands as readonly [Scalar, Scalar];
  const again = (part: Scalar, isSo: boolean) => (known: Integers | undefined) =>
    known === undefined ? undefined : assuming(part, isSo, known, dims);
  const most = (a: Scalar, b: Scalar, apart: number) => atMost(a, b, apart, integers, dims);
  switch (condition.fn) {
    case "less":
      return holds ? most(one, other, 1) : most(other, one, 0);
    case "lessEqual":
      return holds ? most(one, other, 0) : most(other, one, 1);
    case "equal": {
      if (!holds) return isOneNumber(one, other, integers, dims) ? undefined : integers;
      const below = most(one, other, 0);
      return below === undefined ? undefined : atMost(other, one, 0, below, dims);
    }
    case "not":
      return assuming(one, !holds, integers, dims);
    case "and":
      return holds ? again(other, true)(again(one, true)(integers)) : integers;
    case "or":
      return holds ? integers : again(other, false)(again(one, false)(integers));
    default:
      return integers;
  }
};

const isOneNumber = (one: Scalar, other: Scalar, integers: Integers, dims: Dims): boolean => {
  const [a, b] = [scalarInterval(one, integers, dims), scalarInterval(other, integers, dims)];
  return a.low === a.high && b.low === b.high && a.low === b.low;
};

/** Where `one + apart <= other`. */
const atMost = (one: Scalar, other: Scalar, apart: number, integers: Integers, dims: Dims): Integers | undefined => {
  const [a, b] = [scalarInterval(one, integers, dims), scalarInterval(other, integers, dims)];
  if (a.low + apart > b.high) return undefined;
  const below = within(one, { ...anything, high: b.high - apart }, integers, dims);
  return below === undefined ? undefined : within(other, { ...anything, low: a.low + apart }, below, dims);
};

/** What integers may be where a number lies in an interval, told of each by itself. */
const within = (scalar: Scalar, limits: Interval, integers: Integers, dims: Dims): Integers | undefined => {
  const at = numberAt(dims);
  const parts =
    scalar.tag === "local"
      ? [{ variable: scalar.name, by: 1 }]
      : scalar.tag === "indexValue"
        ? scalar.index.terms.map(({ variable, stride }) => ({ variable, by: at(stride) }))
        : [];
  const whole = scalarInterval(scalar, integers, dims);
  return parts.reduce<Integers | undefined>((known, { variable, by }) => {
    const own = known?.get(variable);
    if (known === undefined || own === undefined || by === 0) return known;
    const mine = scaledBy(own, by);
    // What all else adds to it at least, and at most.
    const rest = { low: whole.low - mine.low, high: whole.high - mine.high };
    const room = scaledBy({ low: limits.low - rest.high, high: limits.high - rest.low }, 1 / by);
    const low = Math.max(own.low, Math.ceil(room.low));
    const high = Math.min(own.high, Math.floor(room.high));
    return low > high ? undefined : new Map(known).set(variable, { low, high });
  }, integers);
};
