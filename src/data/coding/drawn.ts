import { detokenise } from "../detokenise.ts";
import type { Coding } from "./coding.ts";
import type { DeclaredVariable } from "./declared.ts";
import { ownOf } from "./own.ts";

/** What was drawn, in the terms of the data: words for symbols, texts where targets were texts; a list of them if there are several. */
export const drawnAs = (
  declared: ReadonlyArray<DeclaredVariable>,
  coding: Coding,
  drawn: Readonly<Record<string, unknown>>,
  isList: boolean,
): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(drawn).map(([name, value]) => {
      const variable = declared.find((other) => other.name === name);
      const one = (part: unknown): unknown => (variable === undefined ? part : valueAs(variable, coding, part));
      return [name, isList && Array.isArray(value) ? value.map(one) : one(value)];
    }),
  );

const valueAs = ({ name, axes }: DeclaredVariable, coding: Coding, value: unknown): unknown => {
  const vocabulary = ownOf(coding.vocabularies, name);
  const scaling = ownOf(coding.scalings, name);
  const one = (part: unknown, component: number): unknown => {
    if (Array.isArray(part)) return part.map((inner) => one(inner, component));
    if (vocabulary !== undefined) return vocabulary.entries[Number(part)] ?? `<${part}>`;
    return scaling === undefined ? part : Number(part) * scaling.deviation[component]! + scaling.mean[component]!;
  };
  /** Below all axes, a list has components. */
  const under = (part: unknown, depth: number): unknown => {
    if (!Array.isArray(part)) return one(part, 0);
    return part.map((inner, i) => (depth === 0 ? one(inner, i) : under(inner, depth - 1)));
  };
  if (axes.length === 0 || !Array.isArray(value)) return under(value, 0);
  const told = value.map((part) => under(part, axes.length - 1));
  const last = told.at(-1);
  const shown =
    vocabulary?.end !== undefined && vocabulary.end !== null && last === vocabulary.entries[vocabulary.end]
      ? told.slice(0, -1)
      : told;
  if (!coding.texts.includes(name)) return shown;
  return coding.tokens === "chars" ? shown.join("") : detokenise(shown as ReadonlyArray<string>);
};
