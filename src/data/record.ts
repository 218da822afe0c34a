import type * as E from "fp-ts/lib/Either.js";
import type { DataError } from "./data-error.ts";

/** A record as it stands in a file: its fields by name, nothing interpreted. */
export interface DataRecord {
  readonly path: string;
  /** Counted from 1. */
  readonly line: number;
  /** The lines of its rows, of a record that has several: one for each entry of its fields. */
  readonly lines?: ReadonlyArray<number>;
  readonly fields: Fields;
  /** Whether numbers are told from texts: in a table every cell is a text. */
  readonly isTyped: boolean;
}

/** JSON values, or the texts of a table's cells; of a record that is a sequence, lists of them. */
export type Fields = Readonly<Record<string, unknown>>;

/** Things that are read when they are asked for: files may be larger than memory. */
export interface Listed<A> {
  readonly count: number;
  readonly at: (index: number) => E.Either<DataError, A>;
}

/** Several lists end to end. */
export const joined = <A>(lists: ReadonlyArray<Listed<A>>): Listed<A> => {
  const starts = [0];
  for (const { count } of lists) starts.push(starts.at(-1)! + count);
  return {
    count: starts.at(-1)!,
    at: (index) => {
      const list = starts.findLastIndex((start, i) => i < lists.length && start <= index && lists[i]!.count > 0);
      return lists[list]!.at(index - starts[list]!);
    },
  };
};

export const chosenOf = <A>({ at }: Listed<A>, indices: ArrayLike<number>): Listed<A> => ({
  count: indices.length,
  at: (index) => at(indices[index]!),
});
