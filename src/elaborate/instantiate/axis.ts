import { type Extent, hasAxis, lengthAxes, type TimeAxis, timeAxis, withoutAxes } from "../../circuit/axis.ts";
import type { Expression, Statement } from "../../syntax/tree.ts";
import type { Assembly } from "../assembly.ts";
import { type Entity, lookUp, type Scope, withNames } from "../scope.ts";
import { requiredSize, staticNumber } from "../static.ts";
import { pathIn } from "./context.ts";

type AxisStatement = Extract<Statement, { readonly tag: "axis" }>;

/** Declares the axes of a model, in order; a name in an upper bound that is nothing else is a run-time length. */
export const declareAxes = (statements: ReadonlyArray<Statement>, scope: Scope, assembly: Assembly): Scope =>
  statements
    .filter((statement): statement is AxisStatement => statement.tag === "axis")
    .reduce((inScope, statement) => declareAxis(statement, statement.name.text, inScope, assembly), scope);

const declareAxis = (statement: AxisStatement, key: string, scope: Scope, assembly: Assembly): Scope => {
  const { name, lower, upper } = statement;
  const length = upper.tag === "index" ? upper.target : upper;
  if (length.tag === "name" && length.text === name.text)
    assembly.report({ tag: "definedTwice", span: length.span, name: name.text, first: name.span });
  const taken = scope.names.get(name.text);
  if (taken !== undefined)
    assembly.report({ tag: "definedTwice", span: name.span, name: name.text, first: taken.span });
  const begins = reportStart(scope, lower, assembly);
  // Where the start is wrong, that is the one cause: the end stands as it may have been meant.
  const extent = begins ? extentOf(upper, scope, assembly) : meantExtent(upper, scope);
  if (extent === undefined || taken !== undefined) return scope;
  const axis = timeAxis(key, assembly.nextRank(), extent);
  assembly.addAxis(axis);
  const added: Array<readonly [string, Entity]> = [
    [name.text, { tag: "axis", axis, reversed: false, span: name.span }],
  ];
  if (extent.tag === "length" && extent.name !== name.text && !scope.names.has(extent.name))
    added.push([extent.name, { tag: "length", axis, reversed: false, span: upper.span }]);
  return withNames(scope, added);
};

const meantExtent = (upper: Expression, scope: Scope): Extent => {
  const size = staticNumber(scope, upper);
  if (size !== undefined) return { tag: "fixed", size: Number.isSafeInteger(size) && size >= 1 ? size : 1 };
  const length = upper.tag === "binary" ? upper.left : upper;
  return { tag: "length", name: length.tag === "name" ? length.text : "", over: [] };
};

const reportStart = (scope: Scope, lower: Expression, { report }: Assembly): boolean => {
  if (staticNumber(scope, lower) === 1) return true;
  const hint = "Every axis counts from 1; what stands before it is a boundary: `h[0] = …`.";
  report({ tag: "unsupported", span: lower.span, what: "An axis that starts elsewhere than at 1", hint });
  return false;
};

const extentOf = (upper: Expression, scope: Scope, assembly: Assembly): Extent | undefined => {
  if (upper.tag === "name") {
    const entity = lookUp(scope, upper.text);
    if (entity === undefined) return { tag: "length", name: upper.text, over: [] };
    if (entity.tag === "length") return entity.axis.extent;
  }
  if (upper.tag === "index" && upper.target.tag === "name") {
    const over = upper.indices.map((index) => axisOver(index, scope, assembly));
    if (!over.every((axis) => axis !== undefined)) return undefined;
    const extent = { tag: "length", name: upper.target.text, over } as const;
    // What is wrong stands as a plain length, so that the rest can still be checked.
    return isOneMeasure(extent, upper, scope, assembly) ? extent : { ...extent, over: [] };
  }
  const size = requiredSize(scope, upper, assembly.report);
  return size === undefined ? undefined : { tag: "fixed", size };
};

/** A length stands over a closed set of axes, and everywhere over the same. */
const isOneMeasure = (
  { name, over }: { readonly name: string; readonly over: ReadonlyArray<TimeAxis> },
  { span }: Expression,
  scope: Scope,
  { report }: Assembly,
): boolean => {
  const keys = over.map(({ key }) => key);
  const entity = scope.names.get(name);
  const known = entity?.tag === "length" && entity.axis.extent.tag === "length" ? entity.axis.extent.over : over;
  const [outer] = withoutAxes(over.flatMap(lengthAxes), over);
  if (new Set(keys).size < keys.length) report({ tag: "unsupported", span, what: "The same axis twice in a length" });
  else if (outer !== undefined) {
    const inner = over.find((axis) => hasAxis(lengthAxes(axis), outer))!;
    const length = inner.extent.tag === "length" ? `${inner.extent.name}[${outer.key}]` : "";
    report({ tag: "ragged", span, axis: inner.key, outer: outer.key, length });
  } else if (entity !== undefined && known.map(({ key }) => key).join() !== keys.join())
    report({ tag: "definedTwice", span, name, first: entity.span });
  else return true;
  return false;
};

/** The axis at whose every position a ragged axis has a length of its own. */
const axisOver = (index: Expression, scope: Scope, assembly: Assembly): TimeAxis | undefined => {
  const entity = index.tag === "name" ? lookUp(scope, index.text) : undefined;
  if (entity?.tag === "axis") return entity.axis;
  const known = [...scope.names].flatMap(([name, { tag }]) => (tag === "axis" ? [name] : []));
  assembly.report({ tag: "notAnIndex", span: index.span, known });
  return undefined;
};

/**
 * In a cell, `axis t in 1..T` gives the length of the axis that its letter stands for a name; an axis that is no letter
 * is one of the cell's own, for each application another.
 */
export const declareCellAxes = (
  statements: ReadonlyArray<Statement>,
  scope: Scope,
  prefix: string,
  assembly: Assembly,
): Scope =>
  statements
    .filter((statement): statement is AxisStatement => statement.tag === "axis")
    .reduce((inScope, statement) => {
      const { name, lower, upper, span } = statement;
      const letter = inScope.names.get(name.text);
      const isNew = upper.tag === "index" || (upper.tag === "name" && lookUp(inScope, upper.text) === undefined);
      if (statement.until !== undefined)
        assembly.report({ tag: "unsupported", span: statement.until.span, what: "`until` inside a cell" });
      if (letter?.tag === "axis" && upper.tag === "name" && isNew) {
        reportStart(inScope, lower, assembly);
        return withNames(inScope, [[upper.text, { ...letter, tag: "length", span: upper.span }]]);
      }
      if (!isNew) return declareAxis(statement, pathIn(prefix, name.text), inScope, assembly);
      const hint =
        "An axis of a cell's own has a size known when compiling, or the length of an axis of its arguments.";
      assembly.report({ tag: "unsupported", span, what: "A run-time length of a cell's own", hint });
      return inScope;
    }, scope);
