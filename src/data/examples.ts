import * as E from "fp-ts/lib/Either.js";
import type { Example, ModelInfo, Nested } from "../runtime/interface.ts";
import { ownOf } from "./coding/own.ts";
import type { DataError } from "./data-error.ts";
import { type Feed, nextCursor } from "./feed.ts";
import { type Order, randomOrder } from "./order.ts";

/** Examples that are made when they are asked for; all of them are known to be good. */
export interface Examples {
  readonly count: number;
  readonly at: (index: number) => Example;
}

const examplesIn = (examples: ReadonlyArray<Example>): Examples => ({
  count: examples.length,
  at: (index) => examples[index]!,
});

export const listOf = ({ count, at }: Examples): ReadonlyArray<Example> =>
  Array.from({ length: count }, (_, i) => at(i));

/** The first examples that together hold at most so many numbers; one there is, if there is any. */
export const firstHolding = ({ count, at }: Examples, most: number): ReadonlyArray<Example> => {
  const first: Example[] = [];
  for (let room = most; first.length < count && room > 0; ) {
    const example = at(first.length);
    room -= numbersIn(example);
    if (room >= 0 || first.length === 0) first.push(example);
  }
  return first;
};

export const numbersIn = (example: Example): number =>
  Object.values(example).reduce<number>((total, value) => total + leavesOf(value), 0);

/** The same of a list. */
export const shuffleExamples =
  (model: ModelInfo, size: number) =>
  (examples: ReadonlyArray<Example>): E.Either<DataError, Feed> =>
    shuffled(model, size)(examplesIn(examples));

/** Minibatches of examples, by default in a new random order every epoch. */
export const shuffled =
  (model: ModelInfo, size: number, orderOf: (count: number, size: number) => Order = randomOrder) =>
  ({ count, at }: Examples): E.Either<DataError, Feed> => {
    if (count === 0) return E.left({ tag: "noExamples", path: "The training part of the data" });
    const portions = Math.ceil(count / size);
    const order = orderOf(count, size);
    return E.right((cursor) => {
      const chosen = [...order(cursor)].map(at);
      return {
        examples: chosen,
        values: chosen.reduce((total, example) => total + valuesIn(model, example), 0),
        continues: false,
        next: nextCursor(cursor, portions),
      };
    });
  };

/** How many values an example predicts: the elements of its targets that are given; 1 if the model has no targets. */
export const valuesIn = ({ targets }: ModelInfo, example: Example): number =>
  targets.length === 0
    ? 1
    : targets.reduce(
        (total, { name, shape }) => total + leavesOf(ownOf(example, name) ?? []) / shape.reduce((a, b) => a * b, 1),
        0,
      );

const leavesOf = (value: Nested): number => {
  if (typeof value === "number") return 1;
  if (value === null) return 0;
  if ("data" in value) return value.data.length;
  return ArrayBuffer.isView(value)
    ? (value as Int32Array).length
    : (value as ReadonlyArray<Nested>).reduce<number>((total, part) => total + leavesOf(part), 0);
};
