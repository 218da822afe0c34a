import type { Span } from "../../syntax/span.ts";
import type { BinaryOperator, Expression } from "../../syntax/tree.ts";

/** Makers of syntax for equations that were derived, and so stand in no file. */
const span: Span = { file: "", start: 0, end: 0 };

export const name = (text: string): Expression => ({ tag: "name", text, span });

export const number = (value: number): Expression =>
  value < 0 ? negate({ tag: "number", value: -value, span }) : { tag: "number", value, span };

export const index = (target: Expression, indices: ReadonlyArray<Expression>): Expression =>
  indices.length === 0 ? target : { tag: "index", target, indices, span };

export const call = (fn: string, ...operands: ReadonlyArray<Expression>): Expression => ({
  tag: "apply",
  target: name(fn),
  arguments: operands,
  span,
});

/** `sum[i,j](e)`; without axes, `sum(e)`. */
export const reduction = (fn: string, axes: ReadonlyArray<string>, operand: Expression): Expression => ({
  tag: "apply",
  target: index(name(fn), axes.map(name)),
  arguments: [operand],
  span,
});

export const binary = (operator: BinaryOperator, left: Expression, right: Expression): Expression => ({
  tag: "binary",
  operator,
  left,
  right,
  span,
});

export const negate = (operand: Expression): Expression =>
  operand.tag === "negate" ? operand.operand : { tag: "negate", operand, span };

export const not = (operand: Expression): Expression => ({ tag: "not", operand, span });

export const power = (base: Expression, exponent: Expression): Expression => ({ tag: "power", base, exponent, span });

/** By juxtaposition. */
export const product = (left: Expression, right: Expression): Expression => ({
  tag: "product",
  left,
  right,
  explicit: false,
  span,
});

export const transpose = (operand: Expression): Expression =>
  operand.tag === "transpose" ? operand.operand : { tag: "transpose", operand, span };

export const concat = (parts: ReadonlyArray<Expression>): Expression => ({ tag: "concat", parts, span });

export const choose = (condition: Expression, chosen: Expression, otherwise: Expression): Expression => ({
  tag: "if",
  condition,
  then: chosen,
  else: otherwise,
  span,
});

/** `t`, `t-1`, `T+1`. */
export const offset = (base: string, by: number): Expression =>
  by === 0 ? name(base) : binary(by > 0 ? "+" : "-", name(base), number(Math.abs(by)));

/** `a + b` without brackets; adding a negation is taking away, adding 0 changes nothing, and twice the same is `2 * a`. */
export const plus = (left: Expression, right: Expression): Expression => {
  if (isNumber(left, 0)) return right;
  if (isNumber(right, 0)) return left;
  if (JSON.stringify(left) === JSON.stringify(right)) return binary("*", number(2), left);
  if (right.tag === "binary" && right.operator === "+") return plus(plus(left, right.left), right.right);
  if (right.tag === "binary" && right.operator === "-") return minus(plus(left, right.left), right.right);
  return right.tag === "negate" ? binary("-", left, right.operand) : binary("+", left, right);
};

export const minus = (left: Expression, right: Expression): Expression => {
  if (isNumber(right, 0)) return left;
  if (isNumber(left, 0)) return negate(right);
  return right.tag === "negate" ? binary("+", left, right.operand) : binary("-", left, right);
};

export const isNumber = (expression: Expression, value?: number): boolean =>
  expression.tag === "number" && (value === undefined || expression.value === value);
