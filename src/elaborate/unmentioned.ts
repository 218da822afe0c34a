import type { Definition, Expression, Name, Program } from "../syntax/tree.ts";
import type { Problem } from "./problem.ts";

type Model = Extract<Definition, { readonly tag: "model" }>;

/** A warning for each name that is imported or made known to a model and then stands nowhere. */
export const unmentioned = (program: Program, model: Model): ReadonlyArray<Problem> => {
  const everywhere = mentionedIn(program.definitions);
  const inside = mentionedIn([model.statics, model.body]);
  return [
    // Where a cell is a static parameter, another one may be chosen when compiling.
    ...(model.statics.some(({ default: usual }) => usual?.tag === "name")
      ? []
      : program.imports.flatMap(({ names }) => told("import", names, everywhere))),
    ...told(
      "static parameter",
      model.statics.map(({ name }) => name),
      inside,
    ),
    ...model.body.flatMap((statement): ReadonlyArray<Problem> => {
      if (statement.tag === "let") return told("instance", [statement.name], inside);
      if (statement.tag !== "axis") return [];
      const others = mentionedIn(model.body.filter((other) => other !== statement));
      return namesIn(statement.upper).some((name) => others.has(name)) ? [] : told("axis", [statement.name], others);
    }),
  ];
};

const told = (kind: string, names: ReadonlyArray<Name>, mentioned: ReadonlySet<string>): ReadonlyArray<Problem> =>
  names.flatMap(({ text, span }) => (mentioned.has(text) ? [] : [{ tag: "unused", span, name: text, kind }]));

const mentionedIn = (part: unknown): ReadonlySet<string> => new Set(namesIn(part));

/** The names that stand in expressions. */
const namesIn = (part: unknown): ReadonlyArray<string> => {
  if (typeof part !== "object" || part === null) return [];
  const { tag, text } = part as Partial<Extract<Expression, { readonly tag: "name" }>>;
  return tag === "name" && text !== undefined ? [text] : Object.values(part).flatMap(namesIn);
};
