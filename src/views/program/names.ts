import type { Model } from "../../circuit/model.ts";
import { callableNames } from "../../elaborate/functions.ts";
import type { Spell } from "../equations/naming.ts";

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
