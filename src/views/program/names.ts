import type { Model } from "../../circuit/model.ts";
import { callableNames } from "../../elaborate/functions.ts";
import { asWritten, type Spell } from "../equations/naming.ts";

/** Titles as names of the language: no dots, no ∂, and none that means something else. */
export const identifiersFor = ({ axes }: Model): Spell => {
  const reserved = new Set([
    ...callableNames,
    ...axes.flatMap(({ key, extent }) => [key, extent.tag === "length" ? extent.name : key]),
  ]);
  const spell: Spell = (title, taken) => {
    const text = title.replace(/^∂/, "d_").replaceAll(".", "_");
    return taken.has(text) || reserved.has(text) ? spell(`${text}_`, taken) : text;
  };
  return spell;
};

/** The same, remembering which title each name stands for: as it was written, so that no two are alike. */
export const heard = (spell: Spell): { readonly spell: Spell; readonly titles: () => ReadonlyMap<string, string> } => {
  const given = new Map<string, string>();
  return {
    spell: (title, taken) => {
      const called = spell(title, taken);
      if (!given.has(called)) given.set(called, title);
      return called;
    },
    titles: () => {
      const taken = new Set<string>();
      return new Map(
        [...given].map(([called, title]) => {
          const shown = asWritten(title, taken);
          taken.add(shown);
          return [called, shown] as const;
        }),
      );
    },
  };
};
