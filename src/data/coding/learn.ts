import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import type { DataError } from "../data-error.ts";
import type { Listed } from "../record.ts";
import type { Sample } from "../sample.ts";
import { type Coding, type Entries, noCoding, type Tokens } from "./coding.ts";
import type { DeclaredVariable, Size } from "./declared.ts";
import { listOf, wordsOf } from "./encode.ts";
import { fieldsOf, sharesAxis } from "./fields.ts";
import { type Measured, measureReals, scalingOf } from "./scaling.ts";
import { givenOf, isMissing, isMissingSymbol, type Stretch } from "./values.ts";
import { entriesOf } from "./vocabularies.ts";

/** How the user wants data to be read. */
export interface Wishes {
  readonly map: Readonly<Record<string, ReadonlyArray<string>>>;
  readonly tokens: Tokens;
  readonly lower: boolean;
  /** What occurs less often in the training part is unknown. */
  readonly minimum: number;
  readonly normalise: ReadonlyArray<string>;
  readonly missing: string | null;
  readonly stretch: Stretch;
}

/** Static parameters of the program: their values, where they are given or have a default. */
export interface KnownStatics {
  readonly given: Readonly<Record<string, number | string>>;
  readonly defaults: Readonly<Record<string, number | null>>;
}

export interface Learned {
  readonly coding: Coding;
  /** Sizes that the program leaves to the data. */
  readonly statics: Readonly<Record<string, number>>;
}

/** What the training part says of symbols, sizes and scales; what can only be predicted is looked for in all of the data. */
export const learn = (
  declared: ReadonlyArray<DeclaredVariable>,
  statics: KnownStatics,
  wishes: Wishes,
  training: Listed<Sample>,
  heldOut: Listed<Sample>,
): E.Either<DataError | string, Learned> => {
  const kinds = new Map<string, Seen>();
  const measured = new Map<string, Measured>();
  const texts = new Set<string>();
  const widths = new Map<string, number>();
  const coding: Coding = {
    ...noCoding,
    fields: wishes.map,
    tokens: wishes.tokens,
    lower: wishes.lower,
    missing: wishes.missing,
  };
  const look = (samples: Listed<Sample>, isTraining: boolean): void => {
    for (let i = 0; i < samples.count; i++) {
      const sample = samples.at(i);
      // What is bad is told, or skipped, when it is encoded.
      if (E.isLeft(sample)) continue;
      for (const variable of declared) {
        if (!isTraining && variable.isOpen) continue;
        const fields = fieldsOf(coding, variable.name);
        const given = givenOf(sample.right, variable, fields, sharesAxis(declared, variable), wishes.stretch);
        if (given.tag !== "one" && given.tag !== "several") continue;
        if (variable.type.tag === "real") {
          if (!isTraining) continue;
          const width = given.tag === "several" ? given.values.length : widthOf(given.value, variable.axes.length);
          if (width !== undefined && !widths.has(variable.name)) widths.set(variable.name, width);
          if (wishes.normalise.includes(variable.name)) measureReals(measured, variable, given);
        } else if (given.tag === "one" && variable.type.tag !== "position") {
          count(coding, seenOf(kinds, variable), given.value, variable.axes.length, sample.right.rows[0]!.isTyped);
          if (variable.axes.length === 1 && typeof given.value === "string") texts.add(variable.name);
        }
      }
    }
  };
  look(training, true);
  look(heldOut, false);
  return pipe(
    [...kinds],
    E.traverseArray(([key, seen]) =>
      pipe(
        settled(key, seen, statics, wishes),
        E.map((found) => [seen, found] as const),
      ),
    ),
    E.map((all) => ({
      coding: {
        ...coding,
        vocabularies: Object.fromEntries(
          all.flatMap(([seen, { entries }]) =>
            entries === undefined ? [] : seen.variables.map(({ name }) => [name, entries] as const),
          ),
        ),
        texts: [...texts],
        scalings: Object.fromEntries([...measured].map(([name, of]) => [name, scalingOf(of)])),
      },
      statics: {
        ...widthsOf(declared, statics, wishes, widths),
        ...Object.assign({}, ...all.map(([, { statics: sizes }]) => sizes)),
      },
    })),
  );
};

interface Seen {
  readonly variables: DeclaredVariable[];
  readonly counts: Map<string, number>;
  isText: boolean;
  greatest: number;
}

/** Variables of one named size share their symbols. */
const seenOf = (kinds: Map<string, Seen>, variable: DeclaredVariable): Seen => {
  const size = variable.type.tag === "symbol" ? variable.type.size : undefined;
  const key = typeof size === "string" ? size : `\u0000${variable.name}`;
  const seen = kinds.get(key) ?? { variables: [], counts: new Map<string, number>(), isText: false, greatest: -1 };
  kinds.set(key, seen);
  if (!seen.variables.includes(variable)) seen.variables.push(variable);
  return seen;
};

const count = (coding: Coding, seen: Seen, value: unknown, depth: number, isTyped: boolean): void => {
  if (depth > 0) {
    for (const part of listOf(coding, value, depth) ?? []) count(coding, seen, part, depth - 1, isTyped);
    return;
  }
  if (typeof value === "number") seen.greatest = Math.max(seen.greatest, value);
  else if (typeof value === "string" || typeof value === "boolean") {
    if (isMissingSymbol(value, seen.variables[0]!.axes.length, isTyped)) return;
    seen.isText = true;
  } else return;
  seen.counts.set(String(value), (seen.counts.get(String(value)) ?? 0) + 1);
};

const settled = (
  key: string,
  { variables, counts, isText, greatest }: Seen,
  statics: KnownStatics,
  { minimum }: Wishes,
): E.Either<string, { readonly entries?: Entries; readonly statics: Readonly<Record<string, number>> }> => {
  const [{ type }] = variables as [DeclaredVariable];
  const size: Size = type.tag === "truth" ? 2 : type.tag === "symbol" ? type.size : undefined;
  const isNamed = typeof size === "string" && key === size;
  const given = typeof size === "number" ? size : isNamed ? numberGiven(statics.given[size]) : undefined;
  if (!isText) {
    const isFree = isNamed && given === undefined && (statics.defaults[size] ?? null) === null;
    return E.right({ statics: isFree ? { [size]: greatest + 1 } : {} });
  }
  const reserved = variables.flatMap((variable) => variable.reserved);
  const known = reserved.map(({ symbol, name }) => ({ name, symbol, number: valueOfSize(statics, symbol) }));
  return pipe(
    entriesOf({
      names: variables.map(({ name }) => name),
      counts,
      reserved: known,
      isOpen: variables.some(({ isOpen }) => isOpen) && type.tag !== "truth",
      most: given,
      minimum,
    }),
    E.map((entries) => ({
      entries,
      statics: {
        ...(isNamed && given === undefined ? { [size]: entries.entries.length } : {}),
        ...Object.fromEntries(
          known.flatMap(({ symbol, number, name }) =>
            number === undefined && typeof symbol === "string" ? [[symbol, entries.entries.indexOf(name)]] : [],
          ),
        ),
      },
    })),
  );
};

const numberGiven = (value: number | string | undefined): number | undefined =>
  typeof value === "number" ? value : undefined;

const valueOfSize = ({ given, defaults }: KnownStatics, size: Size): number | undefined =>
  typeof size === "string" ? (numberGiven(given[size]) ?? defaults[size] ?? undefined) : size;

/** Of a vector at the leaves of a value: how many components it has. */
const widthOf = (value: unknown, depth: number): number | undefined => {
  if (isMissing(value)) return undefined;
  if (depth === 0)
    return Array.isArray(value) ? value.length : typeof value === "string" ? wordsOf(value).length : undefined;
  if (!Array.isArray(value)) return undefined;
  const first = value.find((part) => !isMissing(part));
  return first === undefined ? undefined : widthOf(first, depth - 1);
};

const widthsOf = (
  declared: ReadonlyArray<DeclaredVariable>,
  { given, defaults }: KnownStatics,
  { map }: Wishes,
  widths: ReadonlyMap<string, number>,
): Readonly<Record<string, number>> =>
  Object.fromEntries(
    declared.flatMap(({ name, type }) => {
      const size = type.tag === "real" && type.sizes.length === 1 ? type.sizes[0] : undefined;
      if (typeof size !== "string" || given[size] !== undefined || !widths.has(name) || !(size in defaults)) return [];
      const isSettled = defaults[size] !== null && (map[name]?.length ?? 1) === 1;
      return isSettled ? [] : [[size, widths.get(name)!] as const];
    }),
  );
