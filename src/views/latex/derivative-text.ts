import type { Expression } from "../../syntax/tree.ts";
import type { DerivativeName, Read } from "./derivatives.ts";
import { scripted } from "./spelling.ts";

/** How a variable is written where it is read. */
export type ReadText = (name: string, indices: ReadonlyArray<Expression>) => string;

/** A derivative as a fraction. */
export const fractionOf = (derivative: DerivativeName, indices: ReadonlyArray<Expression>, text: ReadText): string => {
  const [of, by] = partsOf(derivative, indices, text);
  return `\\frac{\\partial ${of}}{\\partial ${by}}`;
};

/** On one line, below a sign. */
export const shortDerivative = (
  derivative: DerivativeName,
  indices: ReadonlyArray<Expression>,
  text: ReadText,
): string => {
  const [of, by] = partsOf(derivative, indices, text);
  return `(\\partial_${scripted(by)} ${of})`;
};

const partsOf = (
  { of, by }: DerivativeName,
  indices: ReadonlyArray<Expression>,
  text: ReadText,
): readonly [of: string, by: string] => {
  const at = ({ name, indices: places }: Read): string =>
    text(
      name,
      places.flatMap((place) => indices.slice(place, place + 1)),
    );
  return [at(of), at(by)];
};
