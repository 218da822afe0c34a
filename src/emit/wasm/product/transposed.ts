import type { Precision } from "../../../runtime/interface.ts";
import { type Code, unsigned } from "../code.ts";
import { get, type Local } from "../frame.ts";
import { vectorOperations } from "../vector-operations.ts";

/**
 * Four rows of as many columns as a vector has lanes, transposed: for each column the elements of the four rows side by
 * side, as the vectors that hold them in order.
 */
export const transposed = (precision: Precision, rows: ReadonlyArray<Local>): ReadonlyArray<Code> => {
  const [a, b, c, d] = rows.map(get) as [Code, Code, Code, Code];
  if (precision === "f64")
    return [0, 1].flatMap((lane) => [wide(a, b, [lane, 2 + lane]), wide(c, d, [lane, 2 + lane])]);
  const narrow = (x: Code, y: Code, lane: number) => shuffle(x, y, 4, [lane, 4 + lane, lane + 1, 5 + lane]);
  return [0, 2].flatMap((lane) => {
    const [upper, lower] = [narrow(a, b, lane), narrow(c, d, lane)];
    return [wide(upper, lower, [0, 2]), wide(upper, lower, [1, 3])];
  });
};

/** The sums of the lanes of as many vectors as each has lanes, side by side. */
export const lanesSummed = (precision: Precision, vectors: ReadonlyArray<Local>): Code => {
  const { add } = vectorOperations[precision];
  if (precision === "f64") {
    const [a, b] = vectors.map(get) as [Code, Code];
    return add(wide(a, b, [0, 2]), wide(a, b, [1, 3]));
  }
  const [first, second, third, fourth] = transposed(precision, vectors) as [Code, Code, Code, Code];
  return add(add(first, second), add(third, fourth));
};

const wide = (x: Code, y: Code, lanes: readonly [number, number]): Code => shuffle(x, y, 8, lanes);

/** Lanes of so many bytes, chosen from two vectors: those of the second are numbered after those of the first. */
const shuffle = (x: Code, y: Code, bytes: number, lanes: ReadonlyArray<number>): Code => [
  x,
  y,
  [0xfd, unsigned(13)],
  lanes.flatMap((lane) => Array.from({ length: bytes }, (_, i) => bytes * lane + i)),
];
