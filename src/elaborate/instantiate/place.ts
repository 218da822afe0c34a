import type { Expression, Statement } from "../../syntax/tree.ts";
import type { Assembly } from "../assembly.ts";
import { limits } from "../limits.ts";
import type { Report } from "../problem.ts";
import { type Entity, named, type Scope, type StaticValue, withNames } from "../scope.ts";
import { requiredNumber, staticValue } from "../static.ts";
import { pathIn } from "./context.ts";

/** A statement where it stands once every `for` is written out. */
export interface Placed {
  readonly statement: Statement;
  readonly scope: Scope;
}

/** Writes out every `for` and gives every `let` its value; what remains are the statements that make variables. */
export const placeStatements = (
  statements: ReadonlyArray<Statement>,
  scope: Scope,
  prefix: string,
  assembly: Pick<Assembly, "report" | "countMembers">,
): ReadonlyArray<Placed> => place(statements, { scope, indices: new Map(), prefix, members: 1, ...assembly });

interface Surroundings {
  readonly scope: Scope;
  /** The indices of the `for`s around. */
  readonly indices: ReadonlyMap<string, number>;
  readonly prefix: string;
  /** How many members the families around have together. */
  readonly members: number;
  readonly report: Report;
  readonly countMembers: Assembly["countMembers"];
}

const place = (statements: ReadonlyArray<Statement>, around: Surroundings): ReadonlyArray<Placed> => {
  const scope = withLets(statements, around);
  return statements.flatMap((statement) => {
    if (statement.tag === "let") return [];
    if (statement.tag === "axis" && around.indices.size > 0)
      around.report({ tag: "unsupported", span: statement.span, what: "An axis inside a `for`" });
    if (statement.tag !== "for") return [{ statement, scope }];
    const { index, body } = statement;
    const values = range(statement.lower, statement.upper, scope, around);
    const members = around.members * values.length;
    return values.flatMap((value) => {
      const known = named({ tag: "number", value }, index.text, index.span);
      const entity: Entity = { tag: "static", value: known, span: index.span };
      return place(body, {
        ...around,
        scope: withNames(scope, [[index.text, entity]]),
        indices: new Map([...around.indices, [index.text, value]]),
        members,
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

const range = (
  lower: Expression,
  upper: Expression,
  scope: Scope,
  { members, report, countMembers }: Surroundings,
): ReadonlyArray<number> => {
  const first = requiredNumber(scope, lower, "The first index of a family", report);
  const last = requiredNumber(scope, upper, "The last index of a family", report);
  if (first === undefined || last === undefined) return [];
  const whole = [
    { value: first, span: lower.span },
    { value: last, span: upper.span },
  ].filter(({ value }) => !Number.isSafeInteger(value));
  for (const { value, span } of whole) report({ tag: "badSize", span, value });
  if (whole.length > 0) return [];
  const own = Math.max(0, last - first + 1);
  // Where the families around go on, each member of theirs has a family like this one.
  const all = own * members;
  const size = all > limits.members ? all : countMembers(own);
  if (size <= limits.members) return Array.from({ length: own }, (_, i) => first + i);
  const what = members > 1 ? "This family, with those around it," : "This family";
  report({ tag: "tooLarge", span: upper.span, what, size, limit: limits.members });
  return [];
};
