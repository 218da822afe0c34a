import * as E from "fp-ts/lib/Either.js";
import { parse } from "./parse.ts";

/** A static parameter of a model: its default, if it has one that is a plain number; null if it is none or another kind. */
export interface Static {
  readonly name: string;
  readonly hasDefault: boolean;
  readonly number: number | null;
}

/** The static parameters of the model that would be compiled; none if the source does not parse or has no such model. */
export const staticsOf = (source: string, file: string, model?: string): ReadonlyArray<Static> => {
  const parsed = parse(source, file);
  if (E.isLeft(parsed)) return [];
  const found = parsed.right.definitions.find(
    (definition) => definition.tag === "model" && (model === undefined || definition.name.text === model),
  );
  if (found?.tag !== "model") return [];
  return found.statics.map((parameter) => ({
    name: parameter.name.text,
    hasDefault: parameter.default !== undefined,
    number: parameter.default?.tag === "number" ? parameter.default.value : null,
  }));
};
