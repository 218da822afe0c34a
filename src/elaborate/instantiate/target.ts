import type { TimeAxis } from "../../circuit/axis.ts";
import type { Expression, Statement, Variable } from "../../syntax/tree.ts";
import type { Report } from "../problem.ts";
import { axesIn, type Scope, type Slot, type VariableEntity } from "../scope.ts";
import { staticNumber } from "../static.ts";
import { type Index, indexOf } from "./position.ts";

/** The names on the left of a statement. */
export const targetsOf = (statement: Statement): ReadonlyArray<Variable> => {
  switch (statement.tag) {
    case "input":
    case "noise":
      return statement.variables;
    case "param":
      return statement.names;
    case "equation":
      return statement.targets.filter((target) => !isUnwanted(statement, target));
    case "random":
      return [statement.variable];
    case "axis":
    case "let":
    case "for":
    case "output":
    case "minimize":
      return [];
  }
};

/** `(h[t], _) = …`: a result that is not wanted. */
export const isUnwanted = (
  { form }: Extract<Statement, { readonly tag: "equation" }>,
  { name, indices }: Variable,
): boolean => form === "results" && name.text === "_" && indices.length === 0;

/**
 * Which indices of each name are static: those that stand for the index of a `for` somewhere, though it may have no
 * members.
 */
export const familySlots = (statements: ReadonlyArray<Statement>): ReadonlyMap<string, ReadonlySet<number>> => {
  const found = new Map<string, Set<number>>();
  const collect = (within: ReadonlyArray<Statement>, letters: ReadonlySet<string>): void => {
    for (const statement of within) {
      if (statement.tag === "for") collect(statement.body, new Set([...letters, statement.index.text]));
      for (const { name, indices } of targetsOf(statement))
        indices.forEach((index, slot) => {
          if (mentions(index, letters)) found.set(name.text, (found.get(name.text) ?? new Set()).add(slot));
        });
    }
  };
  collect(statements, new Set());
  return found;
};

const mentions = (expression: Expression, names: ReadonlySet<string>): boolean =>
  expression.tag === "name"
    ? names.has(expression.text)
    : expression.tag === "binary" && (mentions(expression.left, names) || mentions(expression.right, names));

/** What stands on the left: the member of a family, and an index for each axis. */
export interface Target {
  readonly path: string;
  readonly indices: ReadonlyArray<Index>;
}

/** Reads a target's indices; undefined if a problem is reported. */
export const targetOf = (
  variable: Variable,
  entity: Pick<VariableEntity, "prefix" | "slots">,
  scope: Scope,
  report: Report,
): Target | undefined => {
  const { slots, prefix } = entity;
  const { indices, name, span } = variable;
  if (indices.length !== slots.length) {
    report({ tag: "indexCount", span, name: name.text, expected: slots.length, found: indices.length });
    return undefined;
  }
  const members = indices.flatMap((index, i) => (slots[i] === "static" ? [staticMember(index, scope, report)] : []));
  const read = indices.flatMap((index, i) =>
    slots[i] === "static" ? [] : [axisIndex(index, slots[i]!, scope, report)],
  );
  if (!members.every((member) => member !== undefined) || !read.every((index) => index !== undefined)) return undefined;
  return { path: [prefix, ...members].join("."), indices: read };
};

const staticMember = (index: Expression, scope: Scope, report: Report): number | undefined => {
  const value = staticNumber(scope, index);
  if (value === undefined) report({ tag: "notStatic", span: index.span, expected: "The index of a family" });
  return value;
};

const axisIndex = (expression: Expression, slot: Slot, scope: Scope, report: Report): Index | undefined => {
  const index = indexOf(scope, expression, slot);
  if (index === undefined) report({ tag: "notAnIndex", span: expression.span, known: axesIn(scope) });
  return index;
};

/** A boundary has an index outside its axis, a definition has only axes. */
export const isBoundary = (target: Target): boolean => target.indices.some(({ tag }) => tag !== "shift");

/** The axes of a definition; each index must be a plain axis, and each another one. */
export const definedAxes = (
  target: Target,
  variable: Variable,
  report: Report,
): ReadonlyArray<TimeAxis> | undefined => {
  const axes = target.indices.flatMap((index) => (index.tag === "shift" && index.by === 0 ? [index.axis] : []));
  if (axes.length < target.indices.length) {
    report({ tag: "unsupported", span: variable.span, what: "An equation for a shifted index" });
    return undefined;
  }
  if (new Set(axes.map(({ key }) => key)).size === axes.length) return axes;
  report({ tag: "unsupported", span: variable.span, what: "The same axis twice on the left" });
  return undefined;
};
