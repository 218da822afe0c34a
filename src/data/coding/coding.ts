import * as t from "io-ts";

/** How a text becomes symbols. */
export const Tokens = t.keyof({ chars: null, words: null });
export type Tokens = t.TypeOf<typeof Tokens>;

/**
 * The symbols of one kind, by their number. `unknown` is the one for what the training part did not show, if there is one;
 * `end` the one that is added where a sequence ends.
 */
export const Entries = t.readonly(
  t.type({
    entries: t.readonlyArray(t.string),
    unknown: t.union([t.number, t.null]),
    end: t.union([t.number, t.null]),
  }),
  "Entries",
);
export type Entries = t.TypeOf<typeof Entries>;

/**
 * Of a text alone: a bijection between its tokens (code points or words) and symbols 0..size-1.
 *
 * Invariant: the entries are distinct, and symbol 0 is `unknown`, which stands for every token that is not among the
 * others.
 */
export const Vocabulary = t.readonly(
  t.exact(t.type({ entries: t.readonlyArray(t.string), tokens: Tokens, lower: t.boolean })),
  "Vocabulary",
);
export type Vocabulary = t.TypeOf<typeof Vocabulary>;

/** What each component is moved by and divided by. */
export const Scaling = t.readonly(
  t.type({ mean: t.readonlyArray(t.number), deviation: t.readonlyArray(t.number) }),
  "Scaling",
);
export type Scaling = t.TypeOf<typeof Scaling>;

/** How the data of a run become numbers and its predictions become data again: learned from the training part alone. */
export const Coding = t.readonly(
  t.type({
    /** By variable, the fields that it is made of. */
    fields: t.readonly(t.record(t.string, t.readonlyArray(t.string))),
    tokens: Tokens,
    lower: t.boolean,
    /** By variable; several may share theirs. */
    vocabularies: t.readonly(t.record(t.string, Entries)),
    /** Variables that were texts, cut into their tokens. */
    texts: t.readonlyArray(t.string),
    scalings: t.readonly(t.record(t.string, Scaling)),
    /** The input that tells what is missing. */
    missing: t.union([t.string, t.null]),
  }),
  "Coding",
);
export type Coding = t.TypeOf<typeof Coding>;

export const noCoding: Coding = {
  fields: {},
  tokens: "chars",
  lower: false,
  vocabularies: {},
  texts: [],
  scalings: {},
  missing: null,
};
