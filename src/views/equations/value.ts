import type { FeatureAxis } from "../../circuit/axis.ts";
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

export const labelKeys = ({ labels }: Value): ReadonlyArray<string> => labels.map(({ key }) => key);

export const sameLabels = (a: Value, b: Value): boolean => labelKeys(a).join() === labelKeys(b).join();

/** A matrix with its rows and columns in the order wanted, which must be its own or the other way round. */
export const oriented = (value: Value, labels: ReadonlyArray<FeatureAxis>): Value =>
  value.labels.length < 2 || value.labels[0]!.key === labels[0]!.key
    ? value
    : { expression: transpose(value.expression), labels: [...value.labels].reverse() };
