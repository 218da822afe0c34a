import type { Span } from "./span.ts";
import type { BinaryOperator, Expression } from "./tree.ts";

/** Makers of syntax that stands in no file: its spans say nothing. */
export const nowhere: Span = { file: "", start: 0, end: 0 };
const span = nowhere;

export const name = (text: string): Expression => ({ tag: "name", text, span });

export const number = (value: number): Expression =>
  value < 0 ? { tag: "negate", operand: number(-value), span } : { tag: "number", value, span };

/** `x[i,j]`; without indices, `x`. */
export const index = (target: Expression, indices: ReadonlyArray<Expression>): Expression =>
  indices.length === 0 ? target : { tag: "index", target, indices, span };

export const apply = (target: Expression, ...given: ReadonlyArray<Expression>): Expression => ({
  tag: "apply",
  target,
  arguments: given,
  span,
});

export const call = (fn: string, ...operands: ReadonlyArray<Expression>): Expression => apply(name(fn), ...operands);

/** `sum[i,j](e)`; without axes, `sum(e)`. */
export const reduction = (fn: string, axes: ReadonlyArray<string>, operand: Expression): Expression =>
  apply(index(name(fn), axes.map(name)), operand);

export const binary = (operator: BinaryOperator, left: Expression, right: Expression): Expression => ({
  tag: "binary",
  operator,
  left,
  right,
  span,
});

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
