import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import { shuffleExamples } from "../data/examples.ts";
import { type Cursor, firstCursor } from "../data/feed.ts";
import type { Example } from "../runtime/interface.ts";
import type { Task } from "./task.ts";

/**
 * The same task on the first examples alone, which are measured too: a model that does not learn these by heart has a
 * mistake. Of a text an example is a window of a stream.
 */
export const overfitted =
  (count: number, { seed, size }: { readonly seed: number; readonly size: number }) =>
  (task: Task): Task => {
    const examples = firstExamples(task, count, seed);
    return {
      ...task,
      heldOut: examples,
      portions: Math.ceil(examples.length / size),
      feed: pipe(
        shuffleExamples(task.compiled.model, size)(examples),
        E.getOrElse(() => task.feed),
      ),
    };
  };

/** The first that training meets, no more than an epoch has. */
const firstExamples = ({ feed }: Task, count: number, seed: number): ReadonlyArray<Example> => {
  const found: Example[] = [];
  for (let cursor: Cursor = firstCursor(seed); cursor.epoch === 0 && found.length < count; ) {
    const { examples, next } = feed(cursor);
    found.push(...examples);
    cursor = next;
  }
  return found.slice(0, count);
};
