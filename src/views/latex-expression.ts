import { type CallableName, isCallable } from "../elaborate/functions.ts";
import { match } from "../match.ts";
import { printExpression } from "../syntax/print-expression.ts";
import type { BinaryOperator, Expression } from "../syntax/tree.ts";
import { escapeLatex, latexName } from "./latex-name.ts";

/** An expression in LaTeX's mathematics. */
export const latexExpression = (expression: Expression): string => atLevel(levels.choice, expression);

/** A variable with its indices below the line; an adjoint is the loss's gradient by it. */
export const latexVariable = (name: string, indices: ReadonlyArray<Expression>): string => {
  if (name.startsWith("∂")) return `\\nabla_{${latexVariable(name.slice(1), indices)}} L`;
  return indices.length === 0 ? latexName(name) : `{${latexName(name)}}_{${indices.map(latexIndex).join(",")}}`;
};

/** How tightly each form binds, the loosest first. A big sum takes what follows it up to the next plus. */
const levels = {
  choice: 0,
  comparison: 1,
  sum: 2,
  series: 3,
  scaled: 4,
  signed: 5,
  product: 6,
  power: 7,
  whole: 8,
} as const;

const levelOf: (expression: Expression) => number = match<Expression, number>({
  if: () => levels.choice,
  binary: ({ operator }) => operators[operator].level,
  not: () => levels.comparison,
  negate: ({ operand }) => Math.min(levels.signed, levelOf(operand)),
  product: () => levels.product,
  power: () => levels.power,
  transpose: () => levels.power,
  apply: ({ target }) => formOf(functionName(target))?.level ?? levels.whole,
  number: ({ value }) => (value < 0 ? levels.signed : levels.whole),
  name: ({ text }) => nameLevel(text),
  index: ({ target }) => (target.tag === "name" ? nameLevel(target.text) : levels.whole),
  member: () => levels.whole,
  concat: () => levels.whole,
  backward: () => levels.whole,
});

const nameLevel = (name: string): number => (name.startsWith("∂") ? levels.product : levels.whole);

const atLevel = (level: number, expression: Expression): string => {
  const text = textOf(expression);
  return levelOf(expression) < level ? `\\left(${text}\\right)` : text;
};

const operators: Readonly<Record<BinaryOperator, { readonly level: number; readonly sign: string }>> = {
  or: { level: levels.choice, sign: "\\lor" },
  and: { level: levels.choice, sign: "\\land" },
  "==": { level: levels.comparison, sign: "=" },
  "!=": { level: levels.comparison, sign: "\\neq" },
  "<": { level: levels.comparison, sign: "<" },
  "<=": { level: levels.comparison, sign: "\\leq" },
  ">": { level: levels.comparison, sign: ">" },
  ">=": { level: levels.comparison, sign: "\\geq" },
  "+": { level: levels.sum, sign: "+" },
  "-": { level: levels.sum, sign: "-" },
  "*": { level: levels.scaled, sign: "\\odot" },
  "/": { level: levels.product, sign: "" },
};

const textOf: (expression: Expression) => string = match<Expression, string>({
  number: ({ value }) => numberText(value),
  name: ({ text }) => latexVariable(text, []),
  index: ({ target, indices }) =>
    target.tag === "name"
      ? latexVariable(target.text, indices)
      : `{${atLevel(levels.whole, target)}}_{${indices.map(latexIndex).join(",")}}`,
  member: (member) => latexName(printExpression(member)),
  apply: ({ target, arguments: given }) => applied(target, given),
  product: ({ left, right }) => `${atLevel(levels.power, left)} \\, ${atLevel(levels.product, right)}`,
  binary: ({ operator, left, right }) => {
    if (operator === "/") return `\\frac{${latexExpression(left)}}{${latexExpression(right)}}`;
    const { level, sign: usual } = operators[operator];
    const sign = operator === "*" && left.tag === "number" ? "\\," : usual;
    return `${atLevel(level, left)} ${sign} ${atLevel(level + 1, right)}`;
  },
  negate: ({ operand }) => `-${atLevel(levels.series, operand)}`,
  not: ({ operand }) => `\\lnot ${atLevel(levels.whole, operand)}`,
  power: ({ base, exponent }) => `{${atLevel(levels.whole, base)}}^{${latexExpression(exponent)}}`,
  transpose: ({ operand }) => `{${atLevel(levels.whole, operand)}}^{\\top}`,
  concat: ({ parts }) => `\\left[${parts.map(latexExpression).join(";\\, ")}\\right]`,
  if: (choice) => `\\begin{cases} ${casesOf(choice).join(" \\\\ ")} \\end{cases}`,
  backward: ({ operand }) => latexExpression(operand),
});

/** A row for each condition, the last for all else. */
const casesOf = ({
  condition,
  then: chosen,
  else: otherwise,
}: Extract<Expression, { readonly tag: "if" }>): ReadonlyArray<string> => [
  `${latexExpression(chosen)} & \\text{if } ${latexExpression(condition)}`,
  ...(otherwise.tag === "if" ? casesOf(otherwise) : [`${latexExpression(otherwise)} & \\text{otherwise}`]),
];

/** `t-1` stands close together, as on a slide. */
const latexIndex = (index: Expression): string =>
  index.tag === "binary" && index.right.tag === "number"
    ? `${latexExpression(index.left)}${operators[index.operator].sign}${latexExpression(index.right)}`
    : latexExpression(index);

const applied = (target: Expression, given: ReadonlyArray<Expression>): string => {
  const known = functionName(target);
  const axes = target.tag === "index" ? target.indices : [];
  const form = formOf(known);
  if (form !== undefined && (axes.length > 0 || !isSeries(known))) return form.text(given, axes);
  const below = axes.length === 0 ? "" : `_{${axes.map(latexIndex).join(",")}}`;
  const named =
    isCallable(known) && notations[known] === "operator" ? `\\${known}` : `\\operatorname{${escapeLatex(known)}}`;
  return `${named}${below}\\left(${given.map(latexExpression).join(", ")}\\right)`;
};

/** What stands before a whole series when axes are given; of a vector it is a function as others. */
const isSeries = (fn: string): boolean => fn === "sum" || fn === "prod";

const functionName = (target: Expression): string => {
  const fn = target.tag === "index" ? target.target : target;
  return fn.tag === "name" ? fn.text : "";
};

/** A notation of a function's own. */
interface Form {
  readonly level: number;
  readonly text: (given: ReadonlyArray<Expression>, axes: ReadonlyArray<Expression>) => string;
}

const formOf = (fn: string): Form | undefined => {
  const notation = isCallable(fn) ? notations[fn] : "upright";
  return typeof notation === "string" ? undefined : notation;
};

/**
 * How each function is written: in a form of its own, by an operator that LaTeX has, or by its name in upright letters, as
 * a user's own.
 */
const notations: { readonly [N in CallableName]: Form | "operator" | "upright" } = {
  sum: {
    level: levels.series,
    text: ([operand], axes) => `\\sum_{${axes.map(latexIndex).join(",")}} ${atLevel(levels.series, operand!)}`,
  },
  prod: {
    level: levels.series,
    text: ([operand], axes) => `\\prod_{${axes.map(latexIndex).join(",")}} ${atLevel(levels.series, operand!)}`,
  },
  outer: {
    level: levels.product,
    text: ([left, right]) => `${atLevel(levels.power, left!)} \\, {${atLevel(levels.whole, right!)}}^{\\top}`,
  },
  dot: {
    level: levels.product,
    text: ([left, right]) => `{${atLevel(levels.whole, left!)}}^{\\top} \\, ${atLevel(levels.product, right!)}`,
  },
  sumsq: { level: levels.power, text: ([operand]) => `\\left\\lVert ${latexExpression(operand!)} \\right\\rVert^{2}` },
  norm: { level: levels.whole, text: ([operand]) => `\\left\\lVert ${latexExpression(operand!)} \\right\\rVert` },
  mod: {
    level: levels.scaled,
    text: ([operand, by]) => `${atLevel(levels.signed, operand!)} \\bmod ${atLevel(levels.whole, by!)}`,
  },
  sqrt: { level: levels.whole, text: ([operand]) => `\\sqrt{${latexExpression(operand!)}}` },
  atan: { level: levels.whole, text: ([operand]) => `\\arctan\\left(${latexExpression(operand!)}\\right)` },
  argmax: {
    level: levels.whole,
    text: ([operand]) => `\\operatorname*{arg\\,max}\\left(${latexExpression(operand!)}\\right)`,
  },
  grad: {
    level: levels.product,
    text: ([of, by]) => `\\frac{\\partial}{\\partial ${latexExpression(by!)}} ${atLevel(levels.whole, of!)}`,
  },
  exp: "operator",
  log: "operator",
  sin: "operator",
  cos: "operator",
  tanh: "operator",
  min: "operator",
  max: "operator",
  expm1: "upright",
  log1p: "upright",
  erf: "upright",
  clip: "upright",
  logaddexp: "upright",
  sigmoid: "upright",
  softplus: "upright",
  stop: "upright",
  relu: "upright",
  elu: "upright",
  gelu: "upright",
  sign: "upright",
  abs: "upright",
  onehot: "upright",
  mean: "upright",
  softmax: "upright",
  logsumexp: "upright",
};

const numberText = (value: number): string => {
  const [digits, exponent] = String(value).split("e");
  return exponent === undefined ? digits! : `${digits} \\cdot 10^{${Number(exponent)}}`;
};
