import type { FeatureAxis } from "../../circuit/axis.ts";
import { binary, call, index, number } from "../../syntax/make.ts";
import type { Expression } from "../../syntax/tree.ts";
import { power, product, transpose } from "./expressions.ts";
import type { Reading } from "./reading.ts";
import { oriented, spread, type Value } from "./value.ts";

type Forms = Pick<Reading, "ones" | "unwritable">;

/** A factor: a value to a power, above or below the line. `order` keeps factors as they were written. */
export interface Factor {
  readonly value: Value;
  readonly exponent: number;
  readonly below: boolean;
  readonly order: number;
  /** The symbol, if the factor is 1 at its component and 0 elsewhere. */
  readonly symbol?: Expression;
}

/** A sum of a product over components, in the algebra of vectors and matrices. */
export const contract = (
  factors: ReadonlyArray<Factor>,
  over: ReadonlyArray<FeatureAxis>,
  wanted: ReadonlyArray<FeatureAxis>,
  forms: Forms,
): Value => {
  const [next] = over
    .filter((label) => factors.some((factor) => has(factor, label)))
    .sort((a, b) => matricesOn(factors, a).length - matricesOn(factors, b).length);
  if (next === undefined) return arrange(factors, wanted, forms);
  const rest = over.filter((label) => label.key !== next.key);
  const others = factors.filter((factor) => !has(factor, next));
  const summed = withoutLabel(factors, next, rest, forms);
  return contract([...others, summed], rest, wanted, forms);
};

/** Everything that has a label, summed over it. */
const withoutLabel = (
  factors: ReadonlyArray<Factor>,
  label: FeatureAxis,
  rest: ReadonlyArray<FeatureAxis>,
  forms: Forms,
): Factor => {
  const on = factors.filter((factor) => has(factor, label));
  const order = Math.min(...on.map((factor) => factor.order));
  const made = (value: Value): Factor => ({ value, exponent: 1, below: false, order });
  const vectors = on.filter(({ value }) => value.labels.length === 1);
  const [left, right, ...others] = joined(matricesOn(factors, label));
  if (left === undefined) return made({ expression: innerProduct(vectors), labels: [] });
  const other = otherLabel(left, label);
  if (right !== undefined) {
    if (others.length > 0) forms.unwritable("three matrices with a side in common");
    const weighted = vectors.length === 0 ? left : made(combined([left, across(vectors, left, label, forms)]));
    const [rows, columns] = [oriented(combined([weighted]), [other]), oriented(combined([right]), [label])];
    return made({
      expression: product(rows.expression, columns.expression),
      labels: [other, otherLabel(right, label)],
    });
  }
  const isWhole = rest.some(({ key }) => key === other.key) && !factors.some((f) => f !== left && has(f, other));
  if (vectors.length === 0 && isWhole && matricesOn(factors, label).length === 1)
    return made({ expression: call("sum", combined([left]).expression), labels: [] });
  const weights = vectors.length > 0 ? vectors : [made({ expression: forms.ones(label), labels: [label] })];
  return made({ expression: times(left, label, weights), labels: [other] });
};

/** A product of vectors on one side of a matrix, as a matrix of that form. */
const across = (vectors: ReadonlyArray<Factor>, { value }: Factor, { key }: FeatureAxis, forms: Forms): Factor => ({
  value: spread(forms, combined(vectors), [
    ...value.labels.filter((label) => label.key === key),
    ...value.labels.filter((label) => label.key !== key),
  ]),
  exponent: 1,
  below: false,
  order: Math.min(...vectors.map(({ order }) => order)),
});

/** Matrices over the same two labels multiply component by component. */
const joined = (matrices: ReadonlyArray<Factor>): ReadonlyArray<Factor> => {
  const groups = new Map<string, Factor[]>();
  for (const matrix of matrices) {
    const key = matrix.value.labels
      .map((label) => label.key)
      .sort()
      .join();
    groups.set(key, [...(groups.get(key) ?? []), matrix]);
  }
  return [...groups.values()].map(
    (group): Factor =>
      group.length === 1 && !group[0]!.below
        ? group[0]!
        : { value: combined(group), exponent: 1, below: false, order: group[0]!.order },
  );
};

const times = (matrix: Factor, label: FeatureAxis, vectors: ReadonlyArray<Factor>): Expression => {
  const { expression, labels } = combined([matrix]);
  const [only] = vectors;
  const isLookUp = vectors.length === 1 && only?.symbol !== undefined && labels[0]!.key === label.key;
  if (isLookUp && (expression.tag === "name" || expression.tag === "index")) return index(expression, [only.symbol!]);
  const vector = combined(vectors).expression;
  return labels[1]!.key === label.key ? product(expression, vector) : product(transpose(expression), vector);
};

const innerProduct = (vectors: ReadonlyArray<Factor>): Expression => {
  const [left, right] = vectors;
  const plain = vectors.every(({ exponent, below }) => exponent === 1 && !below);
  if (vectors.length === 1 && left!.exponent === 2 && !left!.below) return call("sumsq", left!.value.expression);
  if (vectors.length !== 2 || !plain) return call("sum", combined(vectors).expression);
  const [first, second] = [left!.value.expression, right!.value.expression];
  if (right!.symbol !== undefined && first.tag === "name") return index(first, [right!.symbol]);
  return first.tag === "name" ? product(transpose(first), second) : call("dot", first, second);
};

/** What is left when all sums are taken: a number, a vector, or a matrix with an outer product for its sides. */
const arrange = (factors: ReadonlyArray<Factor>, wanted: ReadonlyArray<FeatureAxis>, forms: Forms): Value => {
  if (wanted.length < 2) return combined(factors);
  const sides = wanted.map((label) =>
    factors.filter(({ value }) => value.labels.length === 1 && value.labels[0]!.key === label.key),
  );
  const rest = factors.filter(({ value }) => value.labels.length !== 1);
  const present = sides.filter((side) => side.length > 0);
  if (present.length === 0) return combined(rest);
  if (wanted.length > 2) forms.unwritable("a tensor with three sides");
  const [rows, columns] = present.map(combined);
  const whole: Value =
    columns === undefined
      ? spread(forms, rows!, wanted)
      : { expression: call("outer", rows!.expression, columns.expression), labels: wanted };
  const order = Math.min(...present.flat().map((factor) => factor.order));
  return combined([...rest, { value: whole, exponent: 1, below: false, order }]);
};

/** Factors multiplied component by component, as they were written; what is below the line divides. */
export const combined = (factors: ReadonlyArray<Factor>): Value => {
  const sorted = [...factors].sort((a, b) => a.order - b.order);
  const labels =
    sorted.find(({ value }) => value.labels.length === Math.max(...factors.map((f) => f.value.labels.length)))?.value
      .labels ?? [];
  const expressionOf = ({ value, exponent }: Factor): Expression => {
    const { expression } = oriented(value, labels);
    return exponent === 1 ? expression : power(expression, number(exponent));
  };
  const above = sorted.filter(({ below }) => !below).map(expressionOf);
  const below = sorted.filter((factor) => factor.below).map(expressionOf);
  const numerator = above.length === 0 ? number(1) : above.reduce((a, b) => binary("*", a, b));
  return { expression: below.reduce((a, b) => binary("/", a, b), numerator), labels };
};

const has = ({ value }: Factor, { key }: FeatureAxis): boolean => value.labels.some((label) => label.key === key);

const matricesOn = (factors: ReadonlyArray<Factor>, label: FeatureAxis): ReadonlyArray<Factor> =>
  factors.filter((factor) => factor.value.labels.length > 1 && has(factor, label));

const otherLabel = ({ value }: Factor, { key }: FeatureAxis): FeatureAxis =>
  value.labels.find((label) => label.key !== key)!;
