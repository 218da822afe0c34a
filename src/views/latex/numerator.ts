import { match } from "../../match.ts";
import { binary, call } from "../../syntax/make.ts";
import type { Expression } from "../../syntax/tree.ts";
import { product, transpose } from "../equations/expressions.ts";
import { referencesIn } from "../equations/references.ts";
import type { Line, Listing } from "../listing.ts";
import { isRange, type RankOf } from "./rank.ts";

/**
 * Equations of an adjoint in numerator layout: the derivative by a column is a row, that by a matrix has its shape
 * transposed. Each equation is transposed as a whole; within it what was a column is the transpose of that row.
 */
export const inNumerators = (listing: Listing, rankOf: RankOf): Listing =>
  listing.map((line): Line => {
    if (line.tag !== "equation") return line;
    const isAdjoint = line.left.name.startsWith("∂");
    return { ...line, right: isAdjoint ? turned(rankOf)(line.right) : inRows(rankOf)(line.right) };
  });

const hasAdjoint = (expression: Expression): boolean =>
  referencesIn(expression).some(({ name }) => name.startsWith("∂"));

/** The same value: adjoints, now rows, are transposed where they stand. */
const inRows = (rankOf: RankOf): ((expression: Expression) => Expression) => {
  const rows = (expression: Expression): Expression => {
    if (!hasAdjoint(expression)) return expression;
    return match<Expression, Expression>({
      number: (number) => number,
      name: (name) => column(rankOf, name),
      index: (read) => (read.target.tag === "name" ? column(rankOf, read) : { ...read, target: rows(read.target) }),
      member: (member) => member,
      apply: (applied) => ({ ...applied, arguments: applied.arguments.map(rows) }),
      product: ({ left, right }) => product(rows(left), rows(right)),
      binary: ({ operator, left, right }) => binary(operator, rows(left), rows(right)),
      negate: (negation) => ({ ...negation, operand: rows(negation.operand) }),
      not: (negation) => ({ ...negation, operand: rows(negation.operand) }),
      power: (power) => ({ ...power, base: rows(power.base) }),
      transpose: ({ operand }) => turned(rankOf)(operand),
      concat: (parts) => ({ ...parts, parts: parts.parts.map(rows) }),
      if: (choice) => ({
        ...choice,
        condition: rows(choice.condition),
        then: rows(choice.then),
        else: rows(choice.else),
      }),
      backward: (backward) => backward,
    })(expression);
  };
  return rows;
};

const column = (rankOf: RankOf, read: Expression): Expression =>
  rankOf(read) === 0 ? read : { tag: "transpose", operand: read, span: read.span };

/** The transpose of what an expression is, in terms of rows. */
const turned = (rankOf: RankOf): ((expression: Expression) => Expression) => {
  const rows = inRows(rankOf);
  const isNumber = (expression: Expression): boolean => rankOf(expression) === 0;
  const whole = (expression: Expression): Expression =>
    isNumber(expression) ? rows(expression) : transpose(rows(expression));
  const turn = (expression: Expression): Expression => {
    if (isNumber(expression)) return rows(expression);
    return match<Expression, Expression>({
      number: (number) => number,
      name: (name) => (name.text.startsWith("∂") ? name : transpose(name)),
      index: (read) => {
        if (read.target.tag !== "name")
          return read.indices.every(isRange) ? { ...read, target: turn(read.target) } : whole(read);
        return read.target.text.startsWith("∂") ? read : transpose(read);
      },
      member: transpose,
      apply: (applied) => turnedCall(applied, turn, rows) ?? whole(applied),
      product: ({ left, right }) =>
        isNumber(left)
          ? product(rows(left), turn(right))
          : isNumber(right)
            ? product(turn(left), rows(right))
            : product(turn(right), turn(left)),
      binary: (operation) => turnedBinary(operation, turn, rows, rankOf),
      negate: (negation) => ({ ...negation, operand: turn(negation.operand) }),
      not: whole,
      power: whole,
      transpose: ({ operand }) => rows(operand),
      concat: whole,
      if: (choice) => ({
        ...choice,
        condition: rows(choice.condition),
        then: turn(choice.then),
        else: turn(choice.else),
      }),
      backward: whole,
    })(expression);
  };
  return turn;
};

type Turn = (expression: Expression) => Expression;

/** A column times another, component by component, is a row times a diagonal matrix. */
const turnedBinary = (
  operation: Extract<Expression, { readonly tag: "binary" }>,
  turn: Turn,
  rows: Turn,
  rankOf: RankOf,
): Expression => {
  const { operator, left, right } = operation;
  if (operator === "/" && rankOf(right) === 0) return binary("/", turn(left), rows(right));
  if (operator === "*" && (rankOf(left) === 0 || rankOf(right) === 0))
    return binary("*", rankOf(left) === 0 ? rows(left) : turn(left), rankOf(right) === 0 ? rows(right) : turn(right));
  const isVectors = operator === "*" && rankOf(left) === 1 && rankOf(right) === 1;
  if (isVectors && hasAdjoint(left) && !hasAdjoint(right)) return scaled(turn(left), right);
  if (isVectors && hasAdjoint(right) && !hasAdjoint(left)) return scaled(turn(right), left);
  return binary(operator, turn(left), turn(right));
};

/** A row times a diagonal matrix; two of them are one. */
const scaled = (row: Expression, by: Expression): Expression => {
  const isScaled = row.tag === "product" && isDiagonal(row.right);
  if (!isScaled || row.right.tag !== "apply") return product(row, call("diag", by));
  return product(row.left, call("diag", binary("*", row.right.arguments[0]!, by)));
};

const isDiagonal = (expression: Expression): boolean =>
  expression.tag === "apply" && expression.target.tag === "name" && expression.target.text === "diag";

/** Of sums over axes, and of outer products. */
const turnedCall = (
  applied: Extract<Expression, { readonly tag: "apply" }>,
  turn: Turn,
  rows: Turn,
): Expression | undefined => {
  const [first, second] = applied.arguments;
  const { target } = applied;
  if (target.tag === "name" && target.text === "outer") return product(rows(second!), turn(first!));
  const isSeries =
    target.tag === "index" &&
    target.target.tag === "name" &&
    (target.target.text === "sum" || target.target.text === "mean");
  return isSeries ? { ...applied, arguments: [turn(first!)] } : undefined;
};
