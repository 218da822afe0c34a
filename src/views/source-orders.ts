import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import { parse } from "../syntax/parse.ts";
import type { Definition, Statement, Variable } from "../syntax/tree.ts";
import type { Orders } from "./model-equations.ts";

/** The indices of each of a model's variables in the order in which the source writes them; a circuit keeps its own. */
export const sourceOrders = (source: string, file: string, model?: string): Orders =>
  pipe(
    parse(source, file),
    E.match(
      (): Orders => new Map(),
      ({ definitions }) => ordersIn(definitions, model),
    ),
  );

const ordersIn = (definitions: ReadonlyArray<Definition>, model: string | undefined): Orders => {
  const found = definitions.find(({ tag, name }) => tag === "model" && (model === undefined || name.text === model));
  return new Map(
    (found?.tag === "model" ? found.body : []).flatMap(definedBy).flatMap(({ name, indices }) => {
      const axes = indices.flatMap((index) => (index.tag === "name" ? [index.text] : []));
      return axes.length === indices.length ? [[name.text, axes] as const] : [];
    }),
  );
};

const definedBy = (statement: Statement): ReadonlyArray<Variable> => {
  if (statement.tag === "equation") return statement.targets;
  return statement.tag === "for" ? statement.body.flatMap(definedBy) : [];
};
