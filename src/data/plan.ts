import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import * as t from "io-ts";
import { readBrown } from "./brown.ts";
import { Tokens, type Vocabulary } from "./coding/coding.ts";
import type { DataError } from "./data-error.ts";
import { Fingerprints, unchanged } from "./fingerprint.ts";
import { formats } from "./formats/formats.ts";
import { type Split, splitDocuments } from "./split.ts";
import { SplitBy } from "./split-by.ts";
import { type Document, readTexts } from "./text.ts";
import { encode, vocabularyOf } from "./vocabulary.ts";

/** Where the data of a run come from and how they are fed. */
export const DataPlan = t.readonly(
  t.intersection([
    t.type({
      /** Paths of text files; the word `brown` alone stands for the Brown corpus. */
      files: t.readonlyArray(t.string),
      kind: t.keyof({ text: null, examples: null }),
      /** The size of a batch. */
      streams: t.number,
      window: t.number,
      /** One document in so many is held out. */
      holdOut: t.number,
    }),
    t.partial({
      format: t.keyof(formats),
      /** Names of the columns, where files do not begin with them. */
      columns: t.readonlyArray(t.string),
      /** By variable, the fields that it is made of. */
      map: t.readonly(t.record(t.string, t.readonlyArray(t.string))),
      tokens: Tokens,
      lower: t.boolean,
      /** What occurs less often in the training part is unknown. */
      minimum: t.number,
      gathering: t.readonly(t.partial({ group: t.string, window: t.number, ahead: t.number, stride: t.number })),
      split: SplitBy,
      /** Files that are held out whole, in place of a part of the others. */
      heldOutFiles: t.readonlyArray(t.string),
      normalise: t.readonlyArray(t.string),
      missing: t.string,
      skipBad: t.number,
      /** Whether batches are made of examples of like lengths. */
      byLength: t.boolean,
      /** Of the files, when the training began. */
      fingerprints: Fingerprints,
    }),
  ]),
);
export type DataPlan = t.TypeOf<typeof DataPlan>;

/** Texts as symbols, and the vocabulary that the training texts make. */
export interface Corpus {
  readonly vocabulary: Vocabulary;
  readonly training: ReadonlyArray<Int32Array>;
  readonly heldOut: ReadonlyArray<Int32Array>;
}

/** A token that occurs less often in the training texts is unknown: it would never be learned. */
const rare = 3;

/** By the words of another run, if they are given. */
export const readCorpus = (plan: DataPlan, known?: Vocabulary): E.Either<DataError, Corpus> =>
  pipe(
    unchanged(plan.fingerprints),
    E.flatMap(() => (plan.files.length === 1 && plan.files[0] === "brown" ? readBrown() : readTexts(plan.files))),
    E.map(splitDocuments(plan.holdOut)),
    E.map(encodeSplit(plan, known)),
  );

const encodeSplit =
  ({ tokens = "chars", lower = false, minimum = rare }: DataPlan, known: Vocabulary | undefined) =>
  ({ training, heldOut }: Split<Document>): Corpus => {
    const vocabulary =
      known ??
      vocabularyOf(
        training.map(({ text }) => text),
        minimum,
        { tokens, lower },
      );
    const encoded = encode(vocabulary);
    return {
      vocabulary,
      training: training.map(({ text }) => encoded(text)),
      heldOut: heldOut.map(({ text }) => encoded(text)),
    };
  };
