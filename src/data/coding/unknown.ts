import type { Example, Nested } from "../../runtime/interface.ts";
import type { Coding } from "./coding.ts";
import { ownOf } from "./own.ts";

/** How many symbols of a variable there are, and how many of them stand for what the training part did not show. */
export interface UnknownCount {
  readonly unknown: number;
  readonly all: number;
}

/** By variable; none of those whose every symbol is known by construction. */
export type UnknownCounts = Readonly<Record<string, UnknownCount>>;

export const unknownIn = ({ vocabularies }: Coding, example: Example): UnknownCounts =>
  Object.fromEntries(
    Object.entries(vocabularies).flatMap(([name, { unknown }]) => {
      const value = ownOf(example, name);
      return unknown === null || value === undefined ? [] : [[name, countIn(value, unknown)]];
    }),
  );

/** Of texts in the symbols of a vocabulary, of which `unknown` stands for all that it has not. */
export const unknownInTexts = (name: string, unknown: number, texts: ReadonlyArray<Int32Array>): UnknownCounts => ({
  [name]: texts
    .map((text) => ({
      unknown: text.reduce((count, symbol) => count + (symbol === unknown ? 1 : 0), 0),
      all: text.length,
    }))
    .reduce(sum, none),
});

export const bothCounts = (a: UnknownCounts, b: UnknownCounts): UnknownCounts =>
  Object.fromEntries(
    [...new Set([...Object.keys(a), ...Object.keys(b)])].map((name) => [
      name,
      sum(ownOf(a, name) ?? none, ownOf(b, name) ?? none),
    ]),
  );

const none: UnknownCount = { unknown: 0, all: 0 };

const sum = (a: UnknownCount, b: UnknownCount): UnknownCount => ({
  unknown: a.unknown + b.unknown,
  all: a.all + b.all,
});

const countIn = (value: Nested, unknown: number): UnknownCount => {
  if (Array.isArray(value)) return value.map((part: Nested) => countIn(part, unknown)).reduce(sum, none);
  return typeof value === "number" ? { unknown: value === unknown ? 1 : 0, all: 1 } : none;
};

/** `w: 12 of 3400 symbols (0.35 %)`, of each variable that has any. */
export const unknownTold = (counts: UnknownCounts): ReadonlyArray<string> =>
  Object.entries(counts).flatMap(([name, { unknown, all }]) =>
    unknown === 0
      ? []
      : [`${name}: ${unknown} of ${all} symbols (${Number(((100 * unknown) / all).toPrecision(2))} %) are unknown`],
  );
