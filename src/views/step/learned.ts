import type { Expression } from "../../syntax/tree.ts";
import { referencesIn } from "../equations/references.ts";
import type { RankOf } from "../latex/rank.ts";

/** What an expression is to a step: which parts are the same at every step, and what a map with parameters is of. */
export interface Learned {
  /** Whether it reads nothing but parameters, numbers, and what is made of them. */
  readonly isConstant: (expression: Expression) => boolean;
  /** Whether a parameter stands in it. */
  readonly isLearned: (expression: Expression) => boolean;
  /** What a linear map with parameters that mixes components is of, as `x[t]` of `W x[t]`; nothing if it is no such map. */
  readonly mixed: (expression: Expression) => Expression | undefined;
  /** The same of a map that may as well scale each component by itself, as `p * c[t-1]`. */
  readonly scaled: (expression: Expression) => Expression | undefined;
  readonly rankOf: RankOf;
}

export const learnedWith = (
  isData: (name: string) => boolean,
  isParameter: (name: string) => boolean,
  rankOf: RankOf,
): Learned => {
  const isConstant = (expression: Expression): boolean => !referencesIn(expression).some(({ name }) => isData(name));
  const isLearned = (expression: Expression): boolean => referencesIn(expression).some(({ name }) => isParameter(name));
  const ofPair = (left: Expression, right: Expression, isMixing: boolean): Expression | undefined => {
    const [map, of] = parted(left, right) ?? [];
    if (map === undefined || of === undefined || isConstant(of)) return undefined;
    return isMixing && isLearned(map) && (rankOf(map) ?? 2) > 0 ? of : mixed(of);
  };
  /** What is constant of two factors, and what is not. */
  const parted = (left: Expression, right: Expression): readonly [Expression, Expression] | undefined =>
    isConstant(left) ? [left, right] : isConstant(right) ? [right, left] : undefined;
  const mixed = (expression: Expression): Expression | undefined => {
    if (expression.tag === "negate") return mixed(expression.operand);
    if (expression.tag === "product") return ofPair(expression.left, expression.right, true);
    if (expression.tag === "binary" && (expression.operator === "*" || expression.operator === "/"))
      return ofPair(expression.left, expression.right, false);
    if (expression.tag === "apply" && expression.target.tag === "name" && expression.target.text === "dot")
      return ofPair(expression.arguments[0]!, expression.arguments[1]!, true);
    // A row of a matrix, by a symbol.
    if (expression.tag === "index" && isLearned(expression.target) && isConstant(expression.target))
      return expression.indices.find((index) => !isConstant(index));
    return undefined;
  };
  const scaled = (expression: Expression): Expression | undefined => {
    if (expression.tag === "negate") return scaled(expression.operand);
    const isScaling =
      expression.tag === "product" || (expression.tag === "binary" && "*/".includes(expression.operator));
    const factors = isScaling ? parted(expression.left, expression.right) : undefined;
    return (
      mixed(expression) ??
      (factors !== undefined && isLearned(factors[0]) && !isConstant(factors[1]) ? factors[1] : undefined)
    );
  };
  return { isConstant, isLearned, mixed, scaled, rankOf };
};
