import type { Coding, Entries } from "../data/coding/coding.ts";
import type { DeclaredVariable } from "../data/coding/declared.ts";
import type { Learned } from "../data/coding/learn.ts";
import { ownOf } from "../data/coding/own.ts";
import { declaredBy } from "../train/facts.ts";
import type { Recipe } from "../train/run.ts";

type Named<A> = Readonly<Record<string, A>>;

/**
 * What was learned, but for words and scales that the weights of another run go by: these stay as they are there, with the
 * sizes of the program that count them. Where words came up that it never knew, and has no `<unk>` for, the new ones stand.
 */
export const asBefore =
  (asked: Recipe, before: Recipe | undefined) =>
  (learned: Learned): Learned => {
    if (before?.coding === undefined) return learned;
    const { coding, statics } = learned;
    const theirs = before.coding;
    const kept = declaredBy(asked).filter(({ name }) => keepsWords(coding, theirs, name));
    return {
      coding: {
        ...coding,
        ...(kept.length === 0 ? {} : { tokens: theirs.tokens, lower: theirs.lower }),
        vocabularies: changed(coding.vocabularies, (name) =>
          kept.some((variable) => variable.name === name) ? ownOf(theirs.vocabularies, name) : undefined,
        ),
        scalings: changed(coding.scalings, (name, { mean }) =>
          ownOf(theirs.scalings, name)?.mean.length === mean.length ? ownOf(theirs.scalings, name) : undefined,
        ),
      },
      statics: changed(statics, (name) => {
        const size = kept.flatMap(sizesOf).includes(name) ? before.statics[name] : undefined;
        return typeof size === "number" ? size : undefined;
      }),
    };
  };

const changed = <A>(all: Named<A>, other: (name: string, value: A) => A | undefined): Named<A> =>
  Object.fromEntries(Object.entries(all).map(([name, value]) => [name, other(name, value) ?? value]));

const keepsWords = ({ vocabularies }: Coding, theirs: Coding, name: string): boolean => {
  const [own, known] = [ownOf(vocabularies, name), ownOf(theirs.vocabularies, name)];
  return own !== undefined && known !== undefined && (known.unknown !== null || isAmong(own, known));
};

const isAmong = ({ entries }: Entries, known: Entries): boolean => {
  const all = new Set(known.entries);
  return entries.every((entry) => all.has(entry));
};

/** The static parameters that count a variable's symbols, or are one of them. */
const sizesOf = ({ type, reserved }: DeclaredVariable): ReadonlyArray<unknown> => [
  ...(type.tag === "symbol" ? [type.size] : []),
  ...reserved.map(({ symbol }) => symbol),
];

/** The variables whose words are others than those of the run before. */
export const newWords = ({ coding }: Recipe, before: Recipe | undefined): ReadonlyArray<string> =>
  Object.entries(coding?.vocabularies ?? {}).flatMap(([name, { entries }]) => {
    const known = before?.coding && ownOf(before.coding.vocabularies, name);
    return known === undefined || known.entries.join("\n") === entries.join("\n") ? [] : [name];
  });
