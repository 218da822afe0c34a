import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import { parse } from "../../../src/syntax/parse.ts";
import { lineColumn } from "../../../src/syntax/position.ts";
import type { Statement } from "../../../src/syntax/tree.ts";
import { programFile } from "../program.ts";

/**
 * The lines of all equations of the variable that one of its equations, on this line, defines. The code of a recurrence
 * and that of its boundaries are of one variable, and do not say of which of its equations they come.
 */
export const equationLines = (source: string): ((line: number, variable: string) => ReadonlyArray<number>) => {
  const defined = definedIn(source);
  return (line, variable) => {
    const own = defined.filter(({ name }) => name === variable);
    const { within } = own.find((each) => each.line === line) ?? {};
    const lines = own.filter((each) => within !== undefined && each.within === within).map((each) => each.line);
    return [...new Set([...lines, line])].sort((a, b) => a - b);
  };
};

interface Defined {
  readonly name: string;
  readonly line: number;
  /** Of which of the program's definitions it is a part. */
  readonly within: number;
}

const definedIn = (source: string): ReadonlyArray<Defined> =>
  pipe(
    parse(source, programFile),
    E.match(
      () => [],
      ({ definitions }) =>
        definitions.flatMap((definition, within) =>
          definition.tag === "model" || definition.tag === "cell"
            ? targetsOf(definition.body).map(({ name, span }) => ({
                name: name.text,
                line: lineColumn(source, span.start).line,
                within,
              }))
            : [],
        ),
    ),
  );

type Equation = Extract<Statement, { readonly tag: "equation" }>;

const targetsOf = (statements: ReadonlyArray<Statement>): Equation["targets"] =>
  statements.flatMap((statement) => {
    if (statement.tag === "equation") return statement.targets;
    return statement.tag === "for" ? targetsOf(statement.body) : [];
  });
