import * as RA from "fp-ts/lib/ReadonlyArray.js";
import type { Document } from "./text.ts";

export interface Split {
  readonly training: ReadonlyArray<Document>;
  readonly heldOut: ReadonlyArray<Document>;
}

/**
 * Holds out every `every`-th document whole, so that no document stands on both sides. Of fewer than `every` documents
 * it holds out the last part of each instead.
 */
export const split =
  (every: number) =>
  (documents: ReadonlyArray<Document>): Split =>
    documents.length >= every ? byDocument(every, documents) : byTail(every, documents);

const byDocument = (every: number, documents: ReadonlyArray<Document>): Split => ({
  training: documents.filter((_, i) => (i + 1) % every !== 0),
  heldOut: documents.filter((_, i) => (i + 1) % every === 0),
});

const byTail = (every: number, documents: ReadonlyArray<Document>): Split => ({
  training: RA.map(({ name, text }: Document) => ({ name, text: text.slice(0, cutAt(every, text)) }))(documents),
  heldOut: RA.map(({ name, text }: Document) => ({ name, text: text.slice(cutAt(every, text)) }))(documents),
});

/** Before a surrogate pair, never inside it. */
const cutAt = (every: number, text: string): number => {
  const at = text.length - Math.floor(text.length / every);
  return /[\uDC00-\uDFFF]/.test(text.charAt(at)) ? at - 1 : at;
};
