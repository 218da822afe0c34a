import { match } from "../match.ts";
import type { BinaryOperator, Expression } from "./tree.ts";

/** An expression as source text on one line, with no more brackets than its meaning needs. */
export const printExpression = (expression: Expression): string => atLevel(levels.choice, expression);

/** An expression where the grammar takes nothing looser than a sum: a bound of an axis. */
export const printSum = (expression: Expression): string => atLevel(levels.sum, expression);

/** The right side of an equation: where `when` or `reset` would be a word behind an application, it stands in brackets. */
export const printRight = (expression: Expression): string => {
  const first = leftmost(expression);
  const isApplied = first.tag === "product" && (first.left.tag === "apply" || first.left.tag === "backward");
  const text = printExpression(expression);
  return isApplied && beginsWithWord(first.right) ? `(${text})` : text;
};

/** What stands behind `when` or `reset`: it begins with no sign, and neither word ends it. */
export const printMask = (expression: Expression): string => {
  const text = printExpression(expression);
  return text.startsWith("-") || /(?<![\p{L}\p{M}\d_'])(when|reset)( |$)/u.test(text) ? `(${text})` : text;
};

const leftmost = (expression: Expression): Expression =>
  expression.tag === "binary" ? leftmost(expression.left) : expression;

/** Whether a factor has the name of a word, and another follows. */
const beginsWithWord = (factors: Expression): boolean =>
  factors.tag === "product" &&
  factors.left.tag === "name" &&
  (factors.left.text === "when" || factors.left.text === "reset");
/** What stands after `~`: one call, lest a factor behind it be taken for its weight. */
export const printDistribution = (expression: Expression): string => atLevel(levels.postfix, expression);

/** How tightly each form binds, the loosest first, as the grammar's rules stand in one another. */
const levels = {
  choice: 0,
  or: 1,
  and: 2,
  comparison: 3,
  sum: 4,
  scaled: 5,
  signed: 6,
  product: 7,
  power: 8,
  transposed: 9,
  postfix: 10,
  chain: 11,
} as const;

const atLevel = (level: number, expression: Expression): string => {
  const text = textOf(expression);
  return levelOf(expression) < level ? `(${text})` : text;
};

const levelOf: (expression: Expression) => number = match({
  if: () => levels.choice,
  binary: ({ operator }) => operatorLevels[operator],
  not: () => levels.comparison,
  negate: () => levels.signed,
  product: () => levels.product,
  power: () => levels.power,
  transpose: () => levels.transposed,
  number: ({ value }) => (isNegative(value) ? levels.signed : levels.postfix),
  concat: () => levels.postfix,
  backward: () => levels.postfix,
  index: () => levels.chain,
  apply: () => levels.chain,
  member: () => levels.chain,
  name: () => levels.chain,
});

const operatorLevels: { readonly [O in BinaryOperator]: number } = {
  or: levels.or,
  and: levels.and,
  "==": levels.comparison,
  "!=": levels.comparison,
  "<": levels.comparison,
  "<=": levels.comparison,
  ">": levels.comparison,
  ">=": levels.comparison,
  "+": levels.sum,
  "-": levels.sum,
  "*": levels.scaled,
  "/": levels.scaled,
};

const textOf: (expression: Expression) => string = match({
  if: ({ condition, then: chosen, else: otherwise }) =>
    `if ${atLevel(levels.or, condition)} then ${atLevel(levels.or, chosen)} else ${printExpression(otherwise)}`,
  binary: ({ operator, left, right }) => {
    const level = operatorLevels[operator];
    // Comparisons do not chain; the other operators associate to the left.
    const leftLevel = level === levels.comparison ? levels.sum : level;
    return `${atLevel(leftLevel, left)} ${operator} ${atLevel(level + 1, right)}`;
  },
  not: ({ operand }) => `not ${atLevel(levels.comparison, operand)}`,
  negate: ({ operand }) => `-${atLevel(levels.signed, operand)}`,
  product: ({ left, right, explicit }) =>
    `${atLevel(levels.power, left)}${explicit ? " @ " : " "}${atLevel(levels.product, right)}`,
  power: ({ base, exponent }) => `${atLevel(levels.transposed, base)}^${exponentText(exponent)}`,
  transpose: ({ operand }) => `${atLevel(levels.transposed, operand)}^T`,
  number: ({ value }) => (isNegative(value) ? `-${-value}` : String(value)),
  concat: ({ parts }) => `[${parts.map(printExpression).join("; ")}]`,
  backward: ({ operand }) => `backward ${atLevel(levels.chain, operand)}`,
  index: ({ target, indices }) => {
    const level = target.tag === "concat" ? levels.postfix : levels.chain;
    return `${atLevel(level, target)}[${indices.map(indexText).join(",")}]`;
  },
  member: ({ target, name }) => `${atLevel(levels.chain, target)}.${name.text}`,
  apply: ({ target, arguments: given, named = [] }) => {
    const byName = named.map(({ name, value }) => `${name.text} = ${printExpression(value)}`);
    return `${atLevel(levels.chain, target)}(${[...given.map(printExpression), ...byName].join(", ")})`;
  },
  name: ({ text }) => text,
});

/** Powers in an exponent need no brackets, nor does a minus; the name `T` does, as `^T` is the transpose. */
const exponentText = (exponent: Expression): string => {
  if (exponent.tag === "negate") return `-${exponentText(exponent.operand)}`;
  if (exponent.tag === "power") return `${tight(exponent.base)}^${exponentText(exponent.exponent)}`;
  return exponent.tag === "number" ? textOf(exponent) : tight(exponent);
};

const tight = (expression: Expression): string => {
  const text = atLevel(expression.tag === "backward" ? levels.chain : levels.postfix, expression);
  return /^T(?![\p{L}\p{M}\d_'])/u.test(text) ? `(${text})` : text;
};

/** `t-1` and `l,t` stand close together in an index, as on a slide. */
export const indexText = (index: Expression): string => {
  if (index.tag !== "binary" || (index.operator !== "+" && index.operator !== "-")) return printExpression(index);
  const { left, operator, right } = index;
  return left.tag === "name" && right.tag === "number" && !isNegative(right.value)
    ? `${left.text}${operator}${right.value}`
    : printExpression(index);
};

const isNegative = (value: number): boolean => value < 0 || Object.is(value, -0);
