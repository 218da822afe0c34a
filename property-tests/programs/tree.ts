import { apply, binary, index as indexed, name, nowhere, number } from "../../src/syntax/make.ts";
import type { Expression, Name, Statement, Type, Variable } from "../../src/syntax/tree.ts";

/** Short ways to write syntax trees, beside those of the compiler's own. */
const span = nowhere;

export const nameOf = (text: string): Name => ({ text, span });

export const index = (target: string, ...indices: ReadonlyArray<Expression>): Expression =>
  indexed(name(target), indices);

/** `sum[i,j](e)`; over no axis it is `e`. */
export const over = (fn: string, axes: ReadonlyArray<string>, operand: Expression): Expression =>
  axes.length === 0 ? operand : apply(index(fn, ...axes.map(name)), operand);

export const plus = (left: Expression, right: Expression): Expression => binary("+", left, right);
export const times = (left: Expression, right: Expression): Expression => binary("*", left, right);

export const power = (base: Expression, exponent: Expression): Expression => ({ tag: "power", base, exponent, span });

export const product = (left: Expression, right: Expression): Expression => ({
  tag: "product",
  left,
  right,
  explicit: true,
  span,
});

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
