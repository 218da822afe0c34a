import { binary, number, nowhere as span } from "../../syntax/make.ts";
import type { Expression } from "../../syntax/tree.ts";

/** Makers of syntax that put what they make into the form in which it is written. */

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

/** Of a sum of transposes the sum of what is transposed; of an outer product the one with its sides exchanged. */
export const transpose = (operand: Expression): Expression => turned(operand) ?? { tag: "transpose", operand, span };

/** The transpose of what is known to be a matrix, where it is as short. */
const turned = (operand: Expression): Expression | undefined => {
  if (operand.tag === "transpose") return operand.operand;
  if (operand.tag === "binary" && (operand.operator === "+" || operand.operator === "-")) {
    const [left, right] = [turned(operand.left), turned(operand.right)];
    return left === undefined || right === undefined ? undefined : { ...operand, left, right };
  }
  if (operand.tag !== "apply") return undefined;
  const [first, second] = operand.arguments;
  const { target } = operand;
  if (target.tag === "name" && target.text === "outer") return { ...operand, arguments: [second!, first!] };
  const isSeries = target.tag === "index" && target.target.tag === "name" && target.target.text === "sum";
  const inner = isSeries ? turned(first!) : undefined;
  return inner === undefined ? undefined : { ...operand, arguments: [inner] };
};

/** `a + b` without brackets; adding a negation is taking away, adding 0 changes nothing, and twice the same is `2 * a`. */
export const plus = (left: Expression, right: Expression): Expression => {
  if (isNumber(left, 0)) return right;
  if (isNumber(right, 0)) return left;
  if (isSame(left, right)) return twice(left);
  if (right.tag === "binary" && right.operator === "+") return plus(plus(left, right.left), right.right);
  if (right.tag === "binary" && right.operator === "-") return minus(plus(left, right.left), right.right);
  if (right.tag === "negate") return minus(left, right.operand);
  const isAgain = left.tag === "binary" && left.operator === "+" && isSame(left.right, right);
  return isAgain ? plus(left.left, twice(right)) : binary("+", left, right);
};

export const minus = (left: Expression, right: Expression): Expression => {
  if (isNumber(right, 0)) return left;
  if (isNumber(left, 0)) return negate(right);
  if (right.tag === "negate") return plus(left, right.operand);
  if (left.tag === "negate" && isSame(left.operand, right)) return negate(twice(right));
  const isAgain = left.tag === "binary" && left.operator === "-" && isSame(left.right, right);
  return isAgain ? minus(left.left, twice(right)) : binary("-", left, right);
};

/** A factor that is a number stands first, and takes the 2 in. */
const twice = (expression: Expression): Expression => {
  if (expression.tag === "number") return number(2 * expression.value);
  const isScaled = expression.tag === "binary" && (expression.operator === "*" || expression.operator === "/");
  if (!isScaled) return binary("*", number(2), expression);
  const { operator, left, right } = expression;
  return operator === "*" && isNumber(left, 0.5) ? right : binary(operator, twice(left), right);
};

const isSame = (left: Expression, right: Expression): boolean => JSON.stringify(left) === JSON.stringify(right);

const isNumber = (expression: Expression, value?: number): boolean =>
  expression.tag === "number" && (value === undefined || expression.value === value);
