import type { Expression, Statement } from "../../syntax/tree.ts";
import type { Report } from "../problem.ts";
import { type Entity, named, type Scope, type StaticValue, withNames } from "../scope.ts";
import { requiredNumber, staticValue } from "../static.ts";
import { pathIn } from "./context.ts";

/** A statement where it stands once every `for` is written out. */
export interface Placed {
  readonly statement: Statement;
  readonly scope: Scope;
  /** The indices of the `for`s around it. */
  readonly indices: ReadonlyMap<string, number>;
}

/** Writes out every `for` and gives every `let` its value; what remains are the statements that make variables. */
export const placeStatements = (
  statements: ReadonlyArray<Statement>,
  scope: Scope,
  prefix: string,
  report: Report,
): ReadonlyArray<Placed> => place(statements, { scope, indices: new Map(), prefix, report });

interface Surroundings {
  readonly scope: Scope;
  readonly indices: ReadonlyMap<string, number>;
  readonly prefix: string;
  readonly report: Report;
}

const place = (statements: ReadonlyArray<Statement>, around: Surroundings): ReadonlyArray<Placed> => {
  const scope = withLets(statements, around);
  return statements.flatMap((statement) => {
    if (statement.tag === "let") return [];
    if (statement.tag === "axis" && around.indices.size > 0)
      around.report({ tag: "unsupported", span: statement.span, what: "An axis inside a `for`" });
    if (statement.tag !== "for") return [{ statement, scope, indices: around.indices }];
    const { index, body } = statement;
    return range(statement.lower, statement.upper, scope, around.report).flatMap((value) => {
      const known = named({ tag: "number", value }, index.text, index.span);
      const entity: Entity = { tag: "static", value: known, span: index.span };
      return place(body, {
        ...around,
        scope: withNames(scope, [[index.text, entity]]),
        indices: new Map([...around.indices, [index.text, value]]),
      });
    });
  });
};

const withLets = (statements: ReadonlyArray<Statement>, { scope, indices, prefix, report }: Surroundings): Scope =>
  statements.reduce((inScope, statement) => {
    if (statement.tag !== "let") return inScope;
    const { name, value } = statement;
    const taken = inScope.names.get(name.text);
    if (taken !== undefined) report({ tag: "definedTwice", span: name.span, name: name.text, first: taken.span });
    const known = staticValue(inScope, value);
    if (known === undefined) {
      report({ tag: "notStatic", span: value.span, expected: "What `let` names (an instance of a cell)" });
      return inScope;
    }
    const path = [pathIn(prefix, name.text), ...indices.values()].join(".");
    return withNames(inScope, [[name.text, { tag: "static", value: shared(known, path), span: name.span }]]);
  }, scope);

/** An instance that has a name shares its parameters. */
const shared = (value: StaticValue, path: string): StaticValue => {
  if (value.tag === "instance") return { path, ...value };
  if (value.tag === "definition" && value.known.definition.tag === "cell")
    return { tag: "instance", known: value.known, statics: [], path };
  return value;
};

/** A family has at most this many members. */
const familyLimit = 10_000;

const range = (lower: Expression, upper: Expression, scope: Scope, report: Report): ReadonlyArray<number> => {
  const first = requiredNumber(scope, lower, "The first index of a family", report);
  const last = requiredNumber(scope, upper, "The last index of a family", report);
  if (first === undefined || last === undefined) return [];
  const whole = [
    { value: first, span: lower.span },
    { value: last, span: upper.span },
  ].filter(({ value }) => !Number.isSafeInteger(value));
  for (const { value, span } of whole) report({ tag: "badSize", span, value });
  if (whole.length > 0) return [];
  const size = Math.max(0, last - first + 1);
  if (size <= familyLimit) return Array.from({ length: size }, (_, i) => first + i);
  report({ tag: "tooLarge", span: upper.span, what: "This family", size, limit: familyLimit });
  return [];
};
