import type { Span } from "../../syntax/span.ts";
import type { Statement } from "../../syntax/tree.ts";
import type { Assembly } from "../assembly.ts";
import type { Scope } from "../scope.ts";
import { elaborateBoundary } from "./boundary.ts";
import { applicationIn } from "./call.ts";
import type { Apply, Context, Instance, Override } from "./context.ts";
import { declareVariables } from "./declare.ts";
import { gatesIn } from "./equation.ts";
import { type Placed, placeStatements } from "./place.ts";
import { showIndex } from "./position.ts";
import { elaborateStatement } from "./statement.ts";
import { familySlots, isBoundary, type Target, targetOf } from "./target.ts";

/** Elaborates the statements of a model or a cell; gives the scope in which its variables are known. */
export const elaborateBody = (
  statements: ReadonlyArray<Statement>,
  scope: Scope,
  frame: Instance,
  assembly: Assembly,
  apply: Apply,
): Scope => {
  const placed = placeStatements(statements, scope, frame.parameterPrefix, assembly);
  const variables = new Map([
    ...scope.variables,
    ...declareVariables(placed, familySlots(statements), frame, assembly),
  ]);
  const contextOf = (at: Placed): Context => ({
    assembly,
    scope: { ...at.scope, variables },
    frame,
    ambient: [],
    base: frame.statePrefix,
    apply,
  });
  const bodied = placed.map((at) => ({ statement: at.statement, context: contextOf(at) }));
  const boundaries = bodied.flatMap(({ statement, context }) => boundariesIn(statement, context));
  const applied = new Set(bodied.flatMap(({ statement, context }) => appliedIn(statement, context)));
  const overrides = new Map<string, Override[]>([...applied].map((path) => [path, []]));
  for (const { target, override } of boundaries) overrides.get(target.path)?.push(override);
  const boundsOf = (path: string): ReadonlyArray<Override> => overrides.get(path) ?? [];

  reportTwice(boundaries, assembly);
  for (const { statement, context } of bodied) reportBoundaryWords(statement, context);
  for (const { statement, context } of bodied)
    if (boundaryTarget(statement, context) === undefined) elaborateStatement(context, statement, boundsOf);
  for (const { target, override, context } of boundaries)
    if (!applied.has(target.path))
      elaborateBoundary(
        { ...context, base: target.path },
        target.path,
        target.indices,
        override.variable,
        override.value,
      );
  return { ...scope, variables };
};

const reportTwice = (boundaries: ReadonlyArray<Bound>, { report }: Assembly): void => {
  const first = new Map<string, Bound>();
  for (const bound of boundaries) {
    const { name, span } = bound.override.variable;
    const key = JSON.stringify(bound.target);
    const earlier = first.get(key);
    if (earlier === undefined) first.set(key, bound);
    else
      report({
        tag: "definedTwice",
        span,
        name: `${name.text}[${bound.target.indices.map(showIndex).join(", ")}]`,
        first: earlier.override.span,
      });
  }
};

/** A boundary is one name and one value: what else stands there would have no effect. */
const reportBoundaryWords = (statement: Statement, context: Context): void => {
  if (statement.tag !== "equation") return;
  const { report } = context.assembly;
  const refuse = (span: Span, what: string, hint?: string): void =>
    report({ tag: "unsupported", span, what, ...(hint === undefined ? {} : { hint }) });
  statement.targets.forEach((variable, place) => {
    const target = leftOf(statement, context, place);
    if (target === undefined || !isBoundary(target)) return;
    if (statement.form !== "single") refuse(variable.span, "A boundary among several names");
    if (statement.output) refuse(variable.span, "A boundary as an output", "Give it a name: `output y = h[0]`.");
    if (statement.type !== undefined)
      refuse(statement.type.span, "A type of a boundary", "State it where the variable has its equation.");
    for (const { span } of statement.with.slice(0, 1)) refuse(span, "`with` at a boundary");
    for (const [word, span] of gatesIn(statement)) refuse(span, `\`${word}\` at a boundary`);
  });
  for (const { span } of statement.form === "split" ? statement.with.slice(0, 1) : [])
    refuse(span, "`with` where a vector is split");
  for (const [word, span] of statement.form === "split" ? gatesIn(statement) : [])
    refuse(span, `\`${word}\` where a vector is split`);
};

interface Bound {
  readonly target: Target;
  readonly override: Override;
  readonly context: Context;
}

const boundariesIn = (statement: Statement, context: Context): ReadonlyArray<Bound> => {
  const target = boundaryTarget(statement, context);
  if (target === undefined || statement.tag !== "equation") return [];
  const [variable] = statement.targets;
  const { value, span } = statement;
  const override = { variable: variable!, value, span, indices: target.indices, scope: context.scope };
  return [{ target, override, context }];
};

const boundaryTarget = (statement: Statement, context: Context): Target | undefined => {
  if (statement.tag !== "equation" || statement.form !== "single") return undefined;
  const target = leftOf(statement, context);
  return target !== undefined && isBoundary(target) ? target : undefined;
};

const leftOf = (
  { targets }: Extract<Statement, { readonly tag: "equation" }>,
  { scope }: Context,
  place = 0,
): Target | undefined => {
  const variable = targets[place]!;
  const entity = scope.variables.get(variable.name.text);
  return entity === undefined ? undefined : targetOf(variable, entity, scope, () => {});
};

/**
 * The variables that are results of a cell which runs along an axis: a boundary stated for one of them is the cell's. A
 * cell whose result is over no axis has no boundary, so in `s[t] = f(s[t-1], x[t])` the boundary is that of `s`.
 */
const appliedIn = (statement: Statement, context: Context): ReadonlyArray<string> => {
  if (statement.tag !== "equation" || statement.form === "split") return [];
  const cell = applicationIn(context, statement.value)?.callee.known.definition;
  if (cell?.tag !== "cell") return [];
  return statement.targets.flatMap((_, place) =>
    cell.results[place]?.indices.length === 0 ? [] : (leftOf(statement, context, place)?.path ?? []),
  );
};
