import type { BinaryOperator, Expression, Name, Statement, Type, Variable } from "../../src/syntax/tree.ts";

/** Short ways to write syntax trees. Their spans say nothing. */
export const span = { file: "", start: 0, end: 0 };

export const nameOf = (text: string): Name => ({ text, span });

export const name = (text: string): Expression => ({ tag: "name", text, span });

export const number = (value: number): Expression =>
  value < 0 ? { tag: "negate", operand: number(-value), span } : { tag: "number", value, span };

export const index = (target: string, ...indices: ReadonlyArray<Expression>): Expression =>
  indices.length === 0 ? name(target) : { tag: "index", target: name(target), indices, span };

export const apply = (target: Expression, ...given: ReadonlyArray<Expression>): Expression => ({
  tag: "apply",
  target,
  arguments: given,
  span,
});

export const call = (fn: string, ...given: ReadonlyArray<Expression>): Expression => apply(name(fn), ...given);

/** `sum[i,j](e)`; over no axis it is `e`. */
export const over = (fn: string, axes: ReadonlyArray<string>, operand: Expression): Expression =>
  axes.length === 0 ? operand : apply(index(fn, ...axes.map(name)), operand);

export const binary = (operator: BinaryOperator, left: Expression, right: Expression): Expression => ({
  tag: "binary",
  operator,
  left,
  right,
  span,
});

export const plus = (left: Expression, right: Expression): Expression => binary("+", left, right);
export const times = (left: Expression, right: Expression): Expression => binary("*", left, right);

export const product = (left: Expression, right: Expression): Expression => ({
  tag: "product",
  left,
  right,
  explicit: true,
  span,
});

export const concat = (...parts: ReadonlyArray<Expression>): Expression => ({ tag: "concat", parts, span });

export const choose = (condition: Expression, chosen: Expression, other: Expression): Expression => ({
  tag: "if",
  condition,
  then: chosen,
  else: other,
  span,
});

/** `t`, `t-2`, `t+1` */
export const shifted = (axis: string, by: number): Expression =>
  by === 0 ? name(axis) : binary(by > 0 ? "-" : "+", name(axis), number(Math.abs(by)));

export const variable = (text: string, ...indices: ReadonlyArray<Expression>): Variable => ({
  name: nameOf(text),
  indices,
  span,
});

/** `R` or `R[n]` */
export const real = (size: number | undefined, ...more: ReadonlyArray<number>): Type => ({
  tag: "real",
  sizes: size === undefined ? [] : [size, ...more].map(number),
  span,
});

export const equation = (target: Variable, value: Expression, type?: Type): Statement => ({
  tag: "equation",
  output: false,
  targets: [target],
  form: "single",
  ...(type === undefined ? {} : { type }),
  value,
  with: [],
  span,
});
