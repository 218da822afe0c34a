import type { Document } from "./text.ts";

export interface Split<A> {
  readonly training: ReadonlyArray<A>;
  readonly heldOut: ReadonlyArray<A>;
}

/**
 * Holds out every `every`-th document whole, so that no document stands on both sides. Of fewer than `every` documents
 * it holds out the last part of each instead.
 */
export const splitDocuments =
  (every: number) =>
  (documents: ReadonlyArray<Document>): Split<Document> =>
    documents.length >= every ? splitEvery<Document>(every)(documents) : splitTails(every, documents);

/** Holds out every `every`-th. */
export const splitEvery =
  <A>(every: number) =>
  (all: ReadonlyArray<A>): Split<A> => ({
    training: all.filter((_, i) => (i + 1) % every !== 0),
    heldOut: all.filter((_, i) => (i + 1) % every === 0),
  });

const splitTails = (every: number, documents: ReadonlyArray<Document>): Split<Document> => ({
  training: documents.map(({ name, text }) => ({ name, text: text.slice(0, cutAt(every, text)) })),
  heldOut: documents.map(({ name, text }) => ({ name, text: text.slice(cutAt(every, text)) })),
});

/** Before a surrogate pair, never inside it. */
const cutAt = (every: number, text: string): number => {
  const at = text.length - Math.floor(text.length / every);
  return /[\uDC00-\uDFFF]/.test(text.charAt(at)) ? at - 1 : at;
};
