import * as E from "fp-ts/lib/Either.js";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import type { DataError } from "./data-error.ts";
import { type Cursor, type Feed, generatorOf, nextCursor } from "./feed.ts";

export interface StreamShape {
  /** How many streams run side by side: the size of a batch. */
  readonly streams: number;
  /** How many symbols of each stream a portion holds: the length of truncated backpropagation. */
  readonly window: number;
}

/**
 * A long text as parallel streams for truncated backpropagation through time (Williams and Peng 1990): the text, turned
 * by a random offset in every epoch, is cut into equal streams, and portion i holds their i-th windows. Every symbol but
 * those of the remainder stands in exactly one portion of an epoch.
 */
export const streamText =
  (target: string, { streams, window }: StreamShape) =>
  (text: Int32Array): E.Either<DataError, Feed> => {
    const portions = Math.floor(text.length / (streams * window));
    if (portions === 0) return E.left({ tag: "tooShort", needed: streams * window, found: text.length });
    const stride = portions * window;
    return E.right((cursor) => {
      const start = offsetOf(cursor, text.length) + cursor.index * window;
      const examples = Array.from({ length: streams }, (_, stream) => ({
        [target]: wrapped(text, start + stream * stride, window),
      }));
      return {
        examples,
        values: streams * window,
        continues: cursor.index > 0,
        next: nextCursor(cursor, portions),
      };
    });
  };

/** The texts end to end. */
export const joinTexts = (texts: ReadonlyArray<Int32Array>): Int32Array => {
  const joined = new Int32Array(texts.reduce((total, { length }) => total + length, 0));
  let at = 0;
  for (const text of texts) {
    joined.set(text, at);
    at += text.length;
  }
  return joined;
};

/** Windows of a text for measuring: each is an example of its own; the last may be shorter. */
export const windowsOf =
  (window: number) =>
  (text: Int32Array): ReadonlyArray<Int32Array> =>
    Array.from({ length: Math.ceil(text.length / window) }, (_, i) => text.subarray(i * window, (i + 1) * window));

const offsetOf = (cursor: Cursor, length: number): number => uniformInt(generatorOf(cursor), 0, length - 1);

const wrapped = (text: Int32Array, start: number, count: number): Int32Array =>
  Int32Array.from({ length: count }, (_, i) => text[(start + i) % text.length]!);
