import { type Extent, type TimeAxis, timeAxis } from "../../circuit/axis.ts";
import type { Expression, Statement } from "../../syntax/tree.ts";
import type { Assembly } from "../assembly.ts";
import { type Entity, lookUp, type Scope, withNames } from "../scope.ts";
import { requiredSize, staticNumber } from "../static.ts";

type AxisStatement = Extract<Statement, { readonly tag: "axis" }>;

/** Declares the axes of a model, in order; a name in an upper bound that is nothing else is a run-time length. */
export const declareAxes = (statements: ReadonlyArray<Statement>, scope: Scope, assembly: Assembly): Scope =>
  statements
    .filter((statement): statement is AxisStatement => statement.tag === "axis")
    .reduce((inScope, statement, rank) => declareAxis(statement, rank, inScope, assembly), scope);

const declareAxis = (statement: AxisStatement, rank: number, scope: Scope, assembly: Assembly): Scope => {
  const { name, lower, upper } = statement;
  const taken = scope.names.get(name.text);
  if (taken !== undefined)
    assembly.report({ tag: "definedTwice", span: name.span, name: name.text, first: taken.span });
  if (staticNumber(scope, lower) !== 1)
    assembly.report({ tag: "unsupported", span: lower.span, what: "An axis that starts elsewhere than at 1" });
  const extent = extentOf(upper, scope, assembly);
  if (extent === undefined || taken !== undefined) return scope;
  const axis = timeAxis(name.text, rank, extent);
  assembly.addAxis(axis);
  const added: Array<readonly [string, Entity]> = [
    [name.text, { tag: "axis", axis, reversed: false, span: name.span }],
  ];
  if (extent.tag === "length" && !scope.names.has(extent.name))
    added.push([extent.name, { tag: "length", axis, reversed: false, span: upper.span }]);
  return withNames(scope, added);
};

const extentOf = (upper: Expression, scope: Scope, assembly: Assembly): Extent | undefined => {
  if (upper.tag === "name") {
    const entity = lookUp(scope, upper.text);
    if (entity === undefined || entity.tag === "length") return { tag: "length", name: upper.text, over: [] };
  }
  if (upper.tag === "index" && upper.target.tag === "name") {
    const over = upper.indices.map((index) => axisOver(index, scope, assembly));
    return over.every((axis) => axis !== undefined) ? { tag: "length", name: upper.target.text, over } : undefined;
  }
  const size = requiredSize(scope, upper, assembly.report);
  return size === undefined ? undefined : { tag: "fixed", size };
};

/** The axis at whose every position a ragged axis has a length of its own. */
const axisOver = (index: Expression, scope: Scope, assembly: Assembly): TimeAxis | undefined => {
  const entity = index.tag === "name" ? lookUp(scope, index.text) : undefined;
  if (entity?.tag === "axis") return entity.axis;
  const known = [...scope.names].flatMap(([name, { tag }]) => (tag === "axis" ? [name] : []));
  assembly.report({ tag: "notAnIndex", span: index.span, known });
  return undefined;
};

/** In a cell, `axis t in 1..T` gives the length of the axis that its letter stands for a name. */
export const nameLengths = (statements: ReadonlyArray<Statement>, scope: Scope, assembly: Assembly): Scope =>
  statements
    .filter((statement): statement is AxisStatement => statement.tag === "axis")
    .reduce((inScope, { name, upper, span }) => {
      const letter = inScope.names.get(name.text);
      if (letter?.tag === "axis" && upper.tag === "name" && !inScope.names.has(upper.text))
        return withNames(inScope, [[upper.text, { ...letter, tag: "length", span: upper.span }]]);
      assembly.report({ tag: "unsupported", span, what: "An axis of a cell's own" });
      return inScope;
    }, scope);
