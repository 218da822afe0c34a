import { hasAxis } from "../../circuit/axis.ts";
import type { Span } from "../../syntax/span.ts";
import type { Expression, Statement, Variable } from "../../syntax/tree.ts";
import type { Term } from "../system.ts";
import { freeIndices, partsOf } from "../term.ts";
import { applicationIn } from "./call.ts";
import type { Context, Gates, Override } from "./context.ts";
import { elaborateExpression } from "./expression.ts";
import { isUnwanted, targetOf, targetsOf } from "./target.ts";

type Equation = Extract<Statement, { readonly tag: "equation" }>;

/** Gives the variables on the left of `=` their meaning; `bounds` are boundaries of a path that are stated elsewhere. */
export const elaborateEquation = (
  context: Context,
  equation: Equation,
  bounds: (path: string) => ReadonlyArray<Override>,
): void => {
  const paths = pathsOf(context, equation);
  const first = paths[0]?.path;
  if (first === undefined || paths.length < targetsOf(equation).length) return;
  const { assembly } = context;
  if (equation.output) for (const { path, target } of paths) assembly.addOutput(path, path, target.span);
  if (equation.form === "split") {
    elaborateSplit(
      context,
      equation,
      paths.map(({ path }) => path),
    );
    return;
  }
  const overrides = [
    ...equation.with.map((boundary) => asOverride(context, equation, boundary)),
    ...paths.flatMap(({ path, result }) => bounds(path).map((override) => ({ ...override, result }))),
  ];
  const terms = elaborateResults(inside(context, first), equation, overrides);
  for (const { path, result } of paths)
    assembly.define(path, { tag: "equation", value: terms[result] ?? wrong(equation.value) });
};

/** An expression in the equation of a variable: the variable's axes are bound, and no others may be free. */
export const elaborateWithin = (context: Context, path: string, expression: Expression, base = path): Term => {
  const within = { ...inside(context, path), base };
  return bound(within, elaborateExpression(within, expression));
};

/** Reports the indices of a term that nothing binds. */
const bound = ({ ambient, assembly }: Context, term: Term): Term => {
  const free = freeIndices(term).filter(({ axis }) => !hasAxis(ambient, axis));
  const first = new Map(free.map(({ axis, span }) => [axis.key, span] as const).reverse());
  for (const [axis, span] of first)
    assembly.report({
      tag: "unboundIndex",
      span,
      axis,
      over: ambient.map(({ key }) => key),
      ...reducedIn(term, span),
    });
  return first.size === 0 ? term : wrong(term);
};

/** The innermost reduction of components around an index. */
const reducedIn = (term: Term, index: Span): { readonly reduced?: string } => {
  const around = partsOf(term).filter(
    (part) => part.tag === "reduce" && part.axes.length === 0 && freeIndices(part).some(({ span }) => span === index),
  );
  const inner = around.at(-1);
  return inner?.tag === "reduce" ? { reduced: inner.fn } : {};
};

const wrong = ({ span }: { readonly span: Term["span"] }): Term => ({ tag: "wrong", span });

const inside = (context: Context, path: string): Context => ({
  ...context,
  ambient: context.assembly.header(path)?.axes ?? [],
  base: path,
});

/** The wanted names on the left, each with the place of its result. */
const pathsOf = (
  { scope, assembly }: Context,
  equation: Equation,
): ReadonlyArray<{ readonly path: string; readonly target: Variable; readonly result: number }> =>
  equation.targets.flatMap((target, result) => {
    if (isUnwanted(equation, target)) return [];
    const entity = scope.variables.get(target.name.text);
    const path = entity === undefined ? undefined : targetOf(target, entity, scope, () => {})?.path;
    return path === undefined || assembly.header(path) === undefined ? [] : [{ path, target, result }];
  });

/** One term for each name on the left. */
const elaborateResults = (
  context: Context,
  { value, form, targets, when, reset, with: stated }: Equation,
  overrides: ReadonlyArray<Override>,
): ReadonlyArray<Term> => {
  const { report } = context.assembly;
  const application = applicationIn(context, value);
  const gates = gatesOf({ when, reset });
  const isInline = form === "single" && gates === undefined && application?.callee.known.definition.tag === "function";
  if (application === undefined || isInline) {
    for (const [word, span] of gatesIn(gates)) report({ tag: "badGate", span, word, fault: { tag: "noCell" } });
    for (const { variable } of stated)
      report({ tag: "badOverride", span: variable.span, name: variable.name.text, known: [] });
    if (form === "results") report({ tag: "resultCount", span: value.span, expected: 1, found: targets.length });
    return [bound(context, elaborateExpression(context, value))];
  }
  const given = gates === undefined ? {} : { gates };
  const results = context.apply(context, { ...application, overrides, ...given, span: value.span });
  if (results === undefined) return [];
  if (form === "results" && results.length !== targets.length) {
    report({ tag: "resultCount", span: value.span, expected: results.length, found: targets.length });
    return [];
  }
  return results.map((term) => bound(context, term));
};

const gatesOf = ({ when, reset }: { readonly [W in keyof Gates]: Gates[W] | undefined }): Gates | undefined =>
  when === undefined && reset === undefined
    ? undefined
    : { ...(when === undefined ? {} : { when }), ...(reset === undefined ? {} : { reset }) };

/** Where each of the words stands. */
export const gatesIn = (gates: Gates | undefined): ReadonlyArray<readonly [keyof Gates, Span]> =>
  (["when", "reset"] as const).flatMap((word) => {
    const mask = gates?.[word];
    return mask === undefined ? [] : [[word, mask.span] as const];
  });

const asOverride = (context: Context, equation: Equation, boundary: Equation["with"][number]): Override => {
  const { name } = boundary.variable;
  const result = equation.targets.findIndex((target) => target.name.text === name.text);
  return {
    ...boundary,
    ...(result < 0 ? {} : { result }),
    scope: context.scope,
  };
};

/** `[f[t]; i[t]] = e`: a hidden vector for the whole, of which each name is a part. */
const elaborateSplit = (context: Context, { value, targets }: Equation, paths: ReadonlyArray<string>): void => {
  const { assembly } = context;
  const header = assembly.header(paths[0]!)!;
  const whole = assembly.hiddenPath();
  assembly.declare({ path: whole, name: targets[0]!.name.text, origin: "hidden", axes: header.axes, span: value.span });
  assembly.define(whole, { tag: "equation", value: elaborateWithin(context, whole, value, paths[0]!) });
  for (const [place, path] of paths.entries()) assembly.define(path, { tag: "part", whole, parts: paths, place });
};
