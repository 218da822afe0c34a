import { powerValue } from "../elementary/value.ts";
import type { Span } from "../syntax/span.ts";
import type { BinaryOperator, Expression } from "../syntax/tree.ts";
import { functionValue } from "./function-value.ts";
import { limits } from "./limits.ts";
import type { Report } from "./problem.ts";
import { builtinNamed, lookUp, namesIn, type Scope, type StaticValue } from "./scope.ts";

/** The value of an expression, if it is known when compiling. */
export const staticValue = (scope: Scope, expression: Expression): StaticValue | undefined => {
  switch (expression.tag) {
    case "number":
      return number(expression.value);
    case "name": {
      const entity = lookUp(scope, expression.text);
      if (entity === undefined) return builtinNamed(expression.text);
      return entity.tag === "static" ? entity.value : undefined;
    }
    case "apply": {
      const target = staticValue(scope, expression.target);
      if (target?.tag === "builtin") return ofFunction(scope, target.name, expression.arguments);
      if (target?.tag !== "definition" || target.known.definition.tag !== "cell") return undefined;
      const { arguments: inOrder, named: byName = [] } = expression;
      if (target.known.definition.statics.length === 0 && inOrder.length > 0) return undefined;
      const statics = inOrder.map((argument) => staticValue(scope, argument));
      const named = byName.flatMap(({ name, value: given }) => {
        const value = staticValue(scope, given);
        return value === undefined ? [] : [{ name, value }];
      });
      return statics.every((value) => value !== undefined) && named.length === byName.length
        ? { tag: "instance", known: target.known, statics, named, given: inOrder.map(({ span }) => span) }
        : undefined;
    }
    case "negate":
      return numbers(scope, [expression.operand], (x) => -x!);
    case "not":
      return numbers(scope, [expression.operand], (x) => Number(x === 0));
    case "power":
      return numbers(scope, [expression.base, expression.exponent], (x, y) => powerValue(x!, y!));
    case "binary":
      return numbers(scope, [expression.left, expression.right], (x, y) => arithmetic[expression.operator](x!, y!));
    case "if": {
      const condition = staticNumber(scope, expression.condition);
      if (condition === undefined) return undefined;
      return staticValue(scope, condition !== 0 ? expression.then : expression.else);
    }
    case "index":
      return partOf(scope, expression.target, expression.indices);
    case "member":
    case "product":
    case "transpose":
    case "concat":
    case "backward":
      return undefined;
  }
};

/** Of values that are known, listed, the one that is counted. */
const partOf = (scope: Scope, list: Expression, indices: ReadonlyArray<Expression>): StaticValue | undefined => {
  const [index, ...more] = indices;
  if (list.tag !== "concat" || index === undefined || more.length > 0) return undefined;
  const place = staticNumber(scope, index);
  const parts = list.parts.map((part) => staticValue(scope, part));
  return place !== undefined && parts.every((part) => part !== undefined) ? parts[place - 1] : undefined;
};

/** A function of numbers that are known is one. */
const ofFunction = (scope: Scope, name: string, given: ReadonlyArray<Expression>): StaticValue | undefined => {
  const values = given.map((argument) => staticNumber(scope, argument));
  const value = values.every((each) => each !== undefined) ? functionValue(name, values) : undefined;
  return value === undefined ? undefined : number(value);
};

export const staticNumber = (scope: Scope, expression: Expression): number | undefined => {
  const value = staticValue(scope, expression);
  return value?.tag === "number" ? value.value : undefined;
};

/** A number that must be known when compiling; what is not is reported. */
export const requiredNumber = (
  scope: Scope,
  expression: Expression,
  expected: string,
  report: Report,
): number | undefined => {
  const value = staticNumber(scope, expression);
  if (value === undefined) report(notStatic(scope, expression, expected));
  return value;
};

/** A size: an integer of at least 1. */
export const requiredSize = (scope: Scope, expression: Expression, report: Report): number | undefined => {
  const value = requiredNumber(scope, expression, "A size", report);
  if (value === undefined) return undefined;
  if (Number.isSafeInteger(value) && value >= 1) return withinLimit(value, expression.span, report);
  report({ tag: "badSize", span: expression.span, value });
  return undefined;
};

const withinLimit = (size: number, span: Span, report: Report): number | undefined => {
  if (size <= limits.axis) return size;
  report({ tag: "tooLarge", span, what: "This axis", size, limit: limits.axis });
  return undefined;
};

const notStatic = (scope: Scope, expression: Expression, expected: string) =>
  expression.tag === "name" && lookUp(scope, expression.text) === undefined
    ? ({ tag: "unknownName", span: expression.span, name: expression.text, known: namesIn(scope) } as const)
    : ({ tag: "notStatic", span: expression.span, expected } as const);

const number = (value: number): StaticValue => ({ tag: "number", value });

const numbers = (
  scope: Scope,
  operands: ReadonlyArray<Expression>,
  meaning: (...values: ReadonlyArray<number>) => number,
): StaticValue | undefined => {
  const values = operands.map((operand) => staticNumber(scope, operand));
  return values.every((value) => value !== undefined) ? number(meaning(...values)) : undefined;
};

const arithmetic: { readonly [O in BinaryOperator]: (x: number, y: number) => number } = {
  "+": (x, y) => x + y,
  "-": (x, y) => x - y,
  "*": (x, y) => x * y,
  "/": (x, y) => x / y,
  "==": (x, y) => Number(x === y),
  "!=": (x, y) => Number(x !== y),
  "<": (x, y) => Number(x < y),
  "<=": (x, y) => Number(x <= y),
  ">": (x, y) => Number(x > y),
  ">=": (x, y) => Number(x >= y),
  and: (x, y) => Number(x !== 0 && y !== 0),
  or: (x, y) => Number(x !== 0 || y !== 0),
};
