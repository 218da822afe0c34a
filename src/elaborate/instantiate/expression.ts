import type { Span } from "../../syntax/span.ts";
import type { BinaryOperator, Expression } from "../../syntax/tree.ts";
import type { PointwiseName } from "../functions.ts";
import { builtinNamed, lookUp, namesIn, type StaticValue } from "../scope.ts";
import { staticNumber } from "../static.ts";
import type { Comparison, Term } from "../system.ts";
import { elaborateApply, elaborateBackward } from "./call.ts";
import type { Context } from "./context.ts";
import { elaborateMember } from "./member.ts";
import { componentOf } from "./position.ts";
import { readVariable } from "./read.ts";

type Of<T extends Expression["tag"]> = Extract<Expression, { readonly tag: T }>;

/** Resolves every name of an expression and expands the cells that it applies. */
export const elaborateExpression = (context: Context, expression: Expression): Term => {
  const { span } = expression;
  const inner = (part: Expression): Term => elaborateExpression(context, part);
  switch (expression.tag) {
    case "number":
      return { tag: "number", value: expression.value, span };
    case "name":
      return elaborateName(context, expression);
    case "index":
      return elaborateIndex(context, expression);
    case "member":
      return elaborateMember(context, expression, [], span, elaborateExpression);
    case "apply":
      return elaborateApply(context, expression, elaborateExpression);
    case "product":
      return { tag: "product", left: inner(expression.left), right: inner(expression.right), span };
    case "binary":
      return elaborateBinary(context, expression);
    case "negate":
      return { tag: "call", fn: "neg", operands: [inner(expression.operand)], span };
    case "not":
      return { tag: "logic", fn: "not", operands: [inner(expression.operand)], span };
    case "power":
      return { tag: "call", fn: "pow", operands: [inner(expression.base), inner(expression.exponent)], span };
    case "transpose":
      return { tag: "transpose", operand: inner(expression.operand), span };
    case "concat":
      return { tag: "concat", parts: expression.parts.map(inner), span };
    case "if":
      return elaborateChoice(context, expression);
    case "backward":
      return elaborateBackward(context, expression);
  }
};

const elaborateName = (context: Context, { text, span }: Of<"name">): Term => {
  const entity = lookUp(context.scope, text);
  const { report } = context.assembly;
  switch (entity?.tag) {
    case "variable":
      return readVariable(context, entity, [], span, elaborateExpression);
    case "axis":
      return { tag: "position", axis: entity.axis, reversed: entity.reversed, span };
    case "length":
      return { tag: "length", axis: entity.axis, span };
    case "static":
      if (entity.value.tag === "number") {
        const { value, origins } = entity.value;
        return { tag: "number", value, ...(origins === undefined ? {} : { origins }), span };
      }
      report({ tag: "notAValue", span, name: text, kind: kindOf(entity.value) });
      return { tag: "wrong", span };
    case undefined:
      report(
        builtinNamed(text) === undefined
          ? { tag: "unknownName", span, name: text, known: namesIn(context.scope) }
          : { tag: "notAValue", span, name: text, kind: "a function" },
      );
      return { tag: "wrong", span };
  }
};

const kindOf = (value: StaticValue): string =>
  value.tag === "builtin" || (value.tag === "definition" && value.known.definition.tag === "function")
    ? "a function"
    : "a cell";

/** A variable's first indices are its axes; what is left, and every index of another value, are components. */
const elaborateIndex = (context: Context, { target, indices, span }: Of<"index">): Term => {
  if (target.tag === "member") return elaborateMember(context, target, indices, span, elaborateExpression);
  const entity = target.tag === "name" ? lookUp(context.scope, target.text) : undefined;
  const own = entity?.tag === "variable" ? entity.slots.length : 0;
  if (entity?.tag === "variable" && indices.length <= own)
    return readVariable(context, entity, indices, span, elaborateExpression);
  const whole =
    entity?.tag === "variable"
      ? readVariable(context, entity, indices.slice(0, own), target.span, elaborateExpression)
      : elaborateExpression(context, target);
  return indices.slice(own).reduce((table, index) => elaborateComponent(context, table, index, span), whole);
};

/** Of a value the component that an axis or a number counts, or the one that a symbol names. */
const elaborateComponent = (context: Context, table: Term, expression: Expression, span: Span): Term => {
  const index = componentOf(context.scope, expression);
  if (index === undefined) {
    const symbol = elaborateExpression(context, expression);
    return table.tag === "wrong" ? table : { tag: "lookup", table, symbol, span };
  }
  // Of what is not known nothing more can be wrong.
  return table.tag === "wrong" ? table : { tag: "component", table, index, span };
};

const arithmetic: { readonly [O in BinaryOperator]?: PointwiseName } = {
  "+": "add",
  "-": "sub",
  "*": "mul",
  "/": "div",
};

const elaborateBinary = (context: Context, { operator, left, right, span }: Of<"binary">): Term => {
  const operands = [elaborateExpression(context, left), elaborateExpression(context, right)] as const;
  if (operator === "and" || operator === "or") return { tag: "logic", fn: operator, operands, span };
  const fn = arithmetic[operator];
  if (fn !== undefined) return { tag: "call", fn, operands, span };
  return { tag: "compare", operator: operator as Comparison, left: operands[0], right: operands[1], span };
};

/** A condition that is known when compiling leaves one branch only. */
const elaborateChoice = (context: Context, expression: Of<"if">): Term => {
  const known = staticNumber(context.scope, expression.condition);
  if (known !== undefined) return elaborateExpression(context, known !== 0 ? expression.then : expression.else);
  return {
    tag: "choose",
    condition: elaborateExpression(context, expression.condition),
    then: elaborateExpression(context, expression.then),
    else: elaborateExpression(context, expression.else),
    span: expression.span,
  };
};
