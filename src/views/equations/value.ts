import type { FeatureAxis } from "../../circuit/axis.ts";
import { binary, call, concat, name, number } from "../../syntax/make.ts";
import type { Expression } from "../../syntax/tree.ts";
import { transpose } from "./expressions.ts";

/**
 * An expression with the components it stands over: none for a number, one for a vector, rows and columns for a matrix.
 * A vector is a column whatever the slot of its axis is: the label says what it goes with.
 */
export interface Value {
  readonly expression: Expression;
  readonly labels: ReadonlyArray<FeatureAxis>;
}

export const scalar = (expression: Expression): Value => ({ expression, labels: [] });

/** A matrix with its rows and columns in the order wanted, which must be its own or the other way round. */
export const oriented = (value: Value, labels: ReadonlyArray<FeatureAxis>): Value =>
  value.labels.length < 2 || value.labels[0]!.key === labels[0]!.key
    ? value
    : { expression: transpose(value.expression), labels: [...value.labels].reverse() };

/** Vectors of ones, which stand where a vector is to be repeated along the other side of a matrix. */
export interface Ones {
  readonly ones: (axis: FeatureAxis) => Expression;
}

/** In a program they are written out. */
export const onesOf =
  (asProgram: boolean): Ones["ones"] =>
  ({ size }) =>
    asProgram ? concat(Array.from({ length: size }, () => number(1))) : name("ones");

/** A value for every component of `labels`, which are its own and perhaps others; a number goes with any shape. */
export const spread = ({ ones }: Ones, value: Value, labels: ReadonlyArray<FeatureAxis>): Value => {
  const [rows, columns] = labels;
  const [own] = value.labels;
  if (value.labels.length !== 1 || own === undefined || rows === undefined || columns === undefined)
    return oriented(value, labels);
  const { expression } = value;
  const isRows = own.key === rows.key;
  return {
    expression: isRows ? call("outer", expression, ones(columns)) : call("outer", ones(rows), expression),
    labels,
  };
};

/** The same where a number will not do: on the right of an equation whose left is a vector or a matrix. */
export const filled = (forms: Ones, value: Value, labels: ReadonlyArray<FeatureAxis>): Value => {
  if (value.labels.length > 0 || labels.length === 0) return spread(forms, value, labels);
  const [rows, columns] = labels.map(forms.ones);
  const all = columns === undefined ? rows! : call("outer", rows!, columns);
  return { expression: binary("*", value.expression, all), labels };
};
