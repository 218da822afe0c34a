import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import type { Nested } from "../../runtime/interface.ts";
import type { Coding, Entries, Scaling } from "./coding.ts";
import type { DeclaredVariable } from "./declared.ts";
import { ownOf } from "./own.ts";
import { tokensOf } from "./tokens.ts";
import { type Given, isMissing, isMissingSymbol } from "./values.ts";

/** What was expected and found, and at which place inside the field. */
export interface Unfit {
  readonly place: ReadonlyArray<number>;
  readonly problem: string;
}

type Result = E.Either<Unfit, Nested>;

/** `[0][1]: I expected …`. */
export const unfitTold = ({ place, problem }: Unfit): string => `${indicesTold(place)}: ${problem}`;

export const indicesTold = (place: ReadonlyArray<number>): string => place.map((index) => `[${index}]`).join("");

/** A variable of an example from what its sample holds. Nothing is missing but null, which the caller may allow. */
export const encoded = (
  variable: DeclaredVariable,
  coding: Coding,
  given: Extract<Given, { tag: "one" | "several" }>,
  isTyped: boolean,
): Result => {
  const { type, axes, name } = variable;
  const depth = axes.length;
  const vocabulary = ownOf(coding.vocabularies, name);
  if (vocabulary !== undefined && given.tag === "one")
    return symbols(coding, vocabulary, variable, isTyped)(given.value, depth, []);
  // Where no text was seen, symbols are numbers.
  if (type.tag === "symbol" && given.tag === "one" && depth === 1 && !isListed(given.value, isTyped))
    return at([], `I expected ${listTold(depth)}, and found ${shown(given.value)}${asText(given.value, depth)}`);
  if (type.tag !== "real" && given.tag === "one") return reals(undefined, false, isTyped)(given.value, depth, 0, []);
  const isVector = type.tag === "real" && type.sizes.length > 0;
  const scale = reals(ownOf(coding.scalings, name), isVector && given.tag === "one", isTyped);
  if (given.tag === "one") return scale(given.value, depth + (type.tag === "real" ? type.sizes.length : 0), 0, []);
  return pipe(
    given.values.map((value, component) => ({ value, component })),
    E.traverseArray(({ value, component }) => scale(value, depth, component, [])),
    E.flatMap((parts) => zipped(parts, depth, variable.role === "target")),
  );
};

const isListed = (value: unknown, isTyped: boolean): boolean =>
  Array.isArray(value) || isGap(value, isTyped) || (typeof value === "string" && !isTyped);

/**
 * Lists of equal form, put together to vectors at their leaves; of a list that is missing all is. A target of which a
 * component is missing is missing, of an input the others stay.
 */
const zipped = (parts: ReadonlyArray<Nested>, depth: number, isTarget: boolean): Result => {
  if (depth === 0) return E.right(isTarget && parts.includes(null) ? null : parts);
  const lists = parts.filter((part): part is ReadonlyArray<Nested> => part !== null);
  const [first] = lists;
  if (first === undefined) return E.right(null);
  if (lists.some((list) => list.length !== first.length))
    return at([], `I expected fields of equal length, and found ${lists.map(({ length }) => length).join(" and ")}`);
  return pipe(
    first.map((_, i) => parts.map((part) => (part === null ? null : (part as ReadonlyArray<Nested>)[i]!))),
    E.traverseArray((at) => zipped(at, depth - 1, isTarget)),
  );
};

const shown = (value: unknown): string =>
  typeof value === "number" ? String(value) : (JSON.stringify(value) ?? String(value));

const at = (place: ReadonlyArray<number>, problem: string): E.Either<Unfit, never> => E.left({ place, problem });

const symbols =
  (coding: Coding, { entries, unknown, end }: Entries, { role, axes }: DeclaredVariable, isTyped: boolean) =>
  (value: unknown, depth: number, place: ReadonlyArray<number>): Result => {
    const places = numbersOf(entries);
    const symbol = (entry: unknown, where: ReadonlyArray<number>): Result => {
      const number = places.get(String(entry)) ?? unknown;
      return number === null
        ? at(where, `I expected one of ${told(entries)}, and found ${shown(entry)}`)
        : E.right(number);
    };
    const walk = (part: unknown, left: number, where: ReadonlyArray<number>): Result => {
      if (left === 0) {
        if (isMissingSymbol(part, axes.length, isTyped)) return E.right(null);
        return typeof part === "string" || typeof part === "number" || typeof part === "boolean"
          ? symbol(part, where)
          : at(where, `I expected a word, and found ${shown(part)}`);
      }
      const list = listOf(coding, part, left);
      if (list === undefined)
        return at(where, `I expected ${listTold(left)}, and found ${shown(part)}${asText(part, left)}`);
      return pipe(
        list.map((inner, i) => [inner, i] as const),
        E.traverseArray(([inner, i]) => walk(inner, left - 1, [...where, i])),
        E.map((found) =>
          left === 1 && end !== null && role === "target" && found.at(-1) !== end ? [...found, end] : found,
        ),
      );
    };
    return walk(value, depth, place);
  };

/** The parts of a sequence: of a text its tokens, where they are what is left. */
export const listOf = (
  { tokens, lower }: Pick<Coding, "tokens" | "lower">,
  value: unknown,
  depth: number,
): ReadonlyArray<unknown> | undefined => {
  if (Array.isArray(value))
    return lower ? value.map((part) => (typeof part === "string" ? part.toLowerCase() : part)) : value;
  return typeof value === "string" && depth === 1 ? tokensOf(tokens, lower, value) : undefined;
};

const numbersOf = (() => {
  const known = new WeakMap<ReadonlyArray<string>, ReadonlyMap<string, number>>();
  return (entries: ReadonlyArray<string>): ReadonlyMap<string, number> => {
    const before = known.get(entries);
    if (before !== undefined) return before;
    const made = new Map(entries.map((entry, number) => [entry, number]));
    known.set(entries, made);
    return made;
  };
})();

/** Of words, a text is one too. */
const listTold = (depth: number): string => (depth === 1 ? "a list of words or a text" : "a list of lists");

/** Where words are told from numbers. */
const asText = (value: unknown, depth: number): string =>
  depth === 1 && (typeof value === "number" || typeof value === "boolean")
    ? ` (as a text it stands in quotes: "${value}")`
    : "";

const told = (entries: ReadonlyArray<string>): string =>
  entries.length <= 12 ? entries.join(", ") : `${entries.slice(0, 12).join(", ")}, … (${entries.length})`;

/** `isVector`: whether the innermost lists hold components; `isTyped`: whether a text is no number. */
const reals =
  (scaling: Scaling | undefined, isVector: boolean, isTyped: boolean) =>
  (value: unknown, depth: number, component: number, place: ReadonlyArray<number>): Result => {
    if (depth === 0) return real(scaling, isTyped, value, component, place);
    if (depth === 1 && isVector && isGap(value, isTyped)) return E.right(null);
    const list = Array.isArray(value)
      ? value
      : typeof value === "string" && depth === 1 && !isTyped
        ? wordsOf(value)
        : undefined;
    if (list === undefined) {
      if (isGap(value, isTyped)) return E.right(null);
      return at(place, `I expected a list of numbers, and found ${shown(value)}`);
    }
    return pipe(
      list.map((part, i) => [part, i] as const),
      E.traverseArray(([part, i]) =>
        reals(scaling, isVector, isTyped)(part, depth - 1, depth === 1 && isVector ? i : component, [...place, i]),
      ),
    );
  };

/** The parts of a cell that holds several numbers. */
export const wordsOf = (text: string): ReadonlyArray<string> =>
  text
    .trim()
    .split(/[\s,]+/)
    .filter((word) => word !== "");

const isGap = (value: unknown, isTyped: boolean): boolean => (isTyped ? value === null : isMissing(value));

const real = (
  scaling: Scaling | undefined,
  isTyped: boolean,
  value: unknown,
  component: number,
  place: ReadonlyArray<number>,
): Result => {
  if (isGap(value, isTyped)) return E.right(null);
  const number = isTyped && typeof value === "string" ? undefined : numberOf(value);
  if (number === undefined) return at(place, `I expected a number, and found ${shown(value)}`);
  if (scaling === undefined) return E.right(number);
  return E.right((number - scaling.mean[component]!) / scaling.deviation[component]!);
};

/** A finite number, or a text that is one. */
export const numberOf = (value: unknown): number | undefined => {
  const number =
    typeof value === "number" || typeof value === "boolean"
      ? Number(value)
      : typeof value === "string" && value.trim() !== ""
        ? Number(value)
        : Number.NaN;
  return Number.isFinite(number) ? number : undefined;
};
