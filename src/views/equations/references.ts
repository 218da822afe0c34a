import { match } from "../../match.ts";
import type { Expression } from "../../syntax/tree.ts";

/** A name in an expression, with what stands in its brackets. */
export interface Reference {
  readonly name: string;
  readonly indices: ReadonlyArray<Expression>;
}

/** All names that an expression speaks of: variables, and the axes and functions beside them. */
export const referencesIn: (expression: Expression) => ReadonlyArray<Reference> = match<
  Expression,
  ReadonlyArray<Reference>
>({
  number: () => [],
  name: ({ text }) => [{ name: text, indices: [] }],
  index: ({ target, indices }) => [
    ...(target.tag === "name" ? [{ name: target.text, indices }] : referencesIn(target)),
    ...indices.flatMap((index) => referencesIn(index)),
  ],
  member: ({ target, name }) => [...referencesIn(target), { name: name.text, indices: [] }],
  apply: ({ target, arguments: given }) => [target, ...given].flatMap((part) => referencesIn(part)),
  product: ({ left, right }) => [left, right].flatMap((part) => referencesIn(part)),
  binary: ({ left, right }) => [left, right].flatMap((part) => referencesIn(part)),
  negate: ({ operand }) => referencesIn(operand),
  not: ({ operand }) => referencesIn(operand),
  power: ({ base, exponent }) => [base, exponent].flatMap((part) => referencesIn(part)),
  transpose: ({ operand }) => referencesIn(operand),
  concat: ({ parts }) => parts.flatMap((part) => referencesIn(part)),
  if: ({ condition, then: chosen, else: otherwise }) =>
    [condition, chosen, otherwise].flatMap((part) => referencesIn(part)),
  backward: ({ operand }) => referencesIn(operand),
});
