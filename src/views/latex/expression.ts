import { match } from "../../match.ts";
import { printExpression } from "../../syntax/print-expression.ts";
import type { BinaryOperator, Expression } from "../../syntax/tree.ts";
import { between, bracketed, breakMark, withoutBreaks } from "./brackets.ts";
import { fractionOf, type ReadText, shortDerivative } from "./derivative-text.ts";
import { type Apply, formOf, headOf, type Writer } from "./functions.ts";
import { upright } from "./letters.ts";
import { levels } from "./levels.ts";
import type { Notation } from "./notation.ts";
import { numberText } from "./numbers.ts";
import { isRange } from "./rank.ts";
import { nameText, scripted } from "./spelling.ts";

/** An expression in LaTeX's mathematics, with marks where a line may be broken. */
export const latexExpression = (n: Notation, expression: Expression): string => textOf(n)(expression);

/** A variable with its indices below the line; an adjoint is the loss's derivative by it, as the layout has it. */
export const latexVariable = (n: Notation, name: string, indices: ReadonlyArray<Expression>, exponent = ""): string => {
  const derivative = n.derivatives.get(name);
  if (derivative !== undefined) return withExponent(fractionOf(derivative, indices, readAt(n)), exponent);
  if (!name.startsWith("∂"))
    return nameText(
      n.spelled(name),
      indices.map((index) => indexText(n, index)),
      exponent,
    );
  const inner = n.derivatives.get(name.slice(1));
  const by =
    inner === undefined ? latexVariable(n, name.slice(1), indices) : shortDerivative(inner, indices, readAt(n));
  const text =
    n.layout === "numerator" ? `\\frac{\\partial ${n.loss}}{\\partial ${by}}` : `\\nabla_${scripted(by)} ${n.loss}`;
  return withExponent(text, exponent);
};

const readAt =
  (n: Notation): ReadText =>
  (name, indices) =>
    latexVariable(n, name, indices);

const withExponent = (text: string, exponent: string): string =>
  exponent === "" ? text : `${bracketed(text)}^${scripted(exponent)}`;

const levelOf = (n: Notation, expression: Expression): number =>
  match<Expression, number>({
    if: () => levels.choice,
    binary: (product) => (isScaling(n, product) ? levels.product : operators[product.operator].level),
    not: () => levels.comparison,
    negate: ({ operand }) => Math.min(levels.signed, levelOf(n, operand)),
    product: ({ left }) => (symbolOf(left) === undefined ? levels.product : levels.series),
    power: () => levels.power,
    transpose: () => levels.power,
    apply: (applied) => formOf(applied)?.level ?? levels.whole,
    number: ({ value }) =>
      value < 0 ? levels.signed : /^[\d.]+$/.test(numberText(value)) ? levels.whole : levels.product,
    name: ({ text }) => nameLevel(n, text),
    index: ({ target }) => (target.tag === "name" ? nameLevel(n, target.text) : levels.whole),
    member: () => levels.whole,
    concat: () => levels.whole,
    backward: () => levels.whole,
  })(expression);

const nameLevel = ({ layout }: Notation, name: string): number =>
  name.startsWith("∂") && layout === "denominator" ? levels.product : levels.whole;

const atLevel = (n: Notation, level: number, expression: Expression): string => {
  const text = textOf(n)(expression);
  return levelOf(n, expression) < level ? bracketed(text) : text;
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

const textOf = (n: Notation): ((expression: Expression) => string) =>
  match<Expression, string>({
    number: ({ value }) => numberText(value),
    name: ({ text }) => latexVariable(n, text, []),
    index: ({ target, indices }) => {
      if (target.tag === "name") return latexVariable(n, target.text, indices);
      if (target.tag === "index" && target.target.tag === "name")
        return latexVariable(n, target.target.text, [...target.indices, ...indices]);
      return `${atLevel(n, levels.whole, target)}_${scripted(indices.map((index) => indexText(n, index)).join(","))}`;
    },
    member: (member) => upright(printExpression(member)),
    apply: (applied) => appliedText(n, applied),
    product: ({ left, right }) => productText(n, left, right),
    binary: (operation) => binaryText(n, operation),
    negate: ({ operand }) =>
      `-${operand.tag === "if" ? latexExpression(n, operand) : atLevel(n, levels.series, operand)}`,
    not: ({ operand }) => `\\lnot ${atLevel(n, levels.whole, operand)}`,
    power: ({ base, exponent }) => raised(n, base, flat(n, exponent)),
    transpose: ({ operand }) => raised(n, operand, "\\top"),
    concat: ({ parts }) => between("[", parts.map((part) => latexExpression(n, part)).join(`; ${breakMark}`), "]"),
    if: (choice) => `\\begin{cases} ${casesOf(n, choice).join(" \\\\ ")} \\end{cases}`,
    backward: ({ operand }) => latexExpression(n, operand),
  });

/** Where no line can be broken. */
const flat = (n: Notation, expression: Expression): string => withoutBreaks(latexExpression(n, expression));

type Binary = Extract<Expression, { readonly tag: "binary" }>;

const binaryText = (n: Notation, operation: Binary): string => {
  const { operator, left, right } = operation;
  if (operator === "/") return fractionText(n, operation);
  if (isScaling(n, operation)) return productText(n, left, right);
  const { level, sign } = operators[operator];
  return `${atLevel(n, level, left)} ${breakMark}${sign} ${atLevel(n, level + 1, right)}`;
};

/** Whether a factor of a pointwise product is a number: it then is a product as others. */
const isScaling = ({ rankOf }: Notation, { operator, left, right }: Binary): boolean =>
  operator === "*" && (rankOf(left) === 0 || rankOf(right) === 0);

/** What is divided again and again is divided by a product. */
const fractionText = (n: Notation, { left, right }: Binary): string => {
  const below = [right];
  let above = left;
  while (above.tag === "binary" && above.operator === "/") {
    below.unshift(above.right);
    above = above.left;
  }
  const [only, ...others] = below;
  const under =
    others.length === 0
      ? flat(n, only!)
      : below.map((part) => withoutBreaks(atLevel(n, levels.power, part))).join(" \\cdot ");
  return `\\frac{${flat(n, above)}}{${under}}`;
};

/** Products of matrices and of numbers may be taken in any order, and need no brackets. */
const productText = (n: Notation, left: Expression, right: Expression): string => {
  const symbol = symbolOf(left);
  if (symbol !== undefined) return componentText(n, right, symbol);
  const first = isProduct(n, left) || left.tag === "number" ? latexExpression(n, left) : atLevel(n, levels.power, left);
  const second = atLevel(n, levels.product, right);
  const isDigits = /[\d}]$/.test(first) && /^(\d|\\tfrac)/.test(second) && isNumeric(left);
  const isApart = /\\mathrm\{[^{}]*\}[^()\s]*$/.test(first) || second.startsWith("\\mathrm");
  return `${first}${isDigits ? " \\cdot " : isApart ? " \\, " : " "}${second}`;
};

const isNumeric = (expression: Expression): boolean =>
  expression.tag === "number" || (expression.tag === "binary" && isNumeric(expression.right));

const isProduct = (n: Notation, expression: Expression): boolean =>
  (expression.tag === "product" && symbolOf(expression.left) === undefined) ||
  (expression.tag === "binary" && isScaling(n, expression));

/** The symbol whose component a product with it picks: `onehot(y)^T …`. */
const symbolOf = (left: Expression): Expression | undefined =>
  left.tag === "transpose" ? pickedBy(left.operand) : undefined;

const pickedBy = (of: Expression): Expression | undefined =>
  of.tag === "apply" && of.target.tag === "name" && of.target.text === "onehot" ? of.arguments[0] : undefined;

/** A component of what a function makes of a vector is that of the vector: `log p_y`. */
const componentText = (n: Notation, of: Expression, symbol: Expression): string => {
  const [inner] = of.tag === "apply" ? of.arguments : [];
  if (of.tag === "apply" && inner !== undefined && of.target.tag === "name" && of.target.text === "log")
    return appliedText(n, { ...of, arguments: [picked(inner, symbol)] });
  return latexExpression(n, picked(of, symbol));
};

const picked = (of: Expression, symbol: Expression): Expression =>
  of.tag === "index" && of.target.tag === "name"
    ? { ...of, indices: [...of.indices, symbol] }
    : { tag: "index", target: of, indices: [symbol], span: of.span };

/** A letter takes what stands above it behind its index; what is longer, or has something there, stands in brackets. */
const raised = (n: Notation, base: Expression, exponent: string): string => {
  const name =
    base.tag === "name" ? base.text : base.tag === "index" && base.target.tag === "name" ? base.target.text : undefined;
  const isTop = exponent === "\\top";
  if (isTop && base.tag === "transpose") return latexExpression(n, base.operand);
  if (name !== undefined && !name.startsWith("∂")) {
    const indices = base.tag === "index" ? base.indices : [];
    const isBare = isTop || n.spelled(name).above.length === 0;
    return isBare
      ? latexVariable(n, name, indices, exponent)
      : `${bracketed(latexVariable(n, name, indices))}^${scripted(exponent)}`;
  }
  const isClosed = name === undefined && base.tag !== "power" && base.tag !== "transpose";
  return `${atLevel(n, isClosed ? levels.whole : levels.closed, base)}^${scripted(exponent)}`;
};

type If = Extract<Expression, { readonly tag: "if" }>;

/** A row for each condition, the last for all else. */
const casesOf = (n: Notation, { condition, then: chosen, else: otherwise }: If): ReadonlyArray<string> => [
  `${flat(n, chosen)} & \\text{if } ${flat(n, condition)}`,
  ...(otherwise.tag === "if" ? casesOf(n, otherwise) : [`${flat(n, otherwise)} & \\text{otherwise}`]),
];

/** `t-1` stands close together, as on a slide; `1..4` are components from one to another. */
const indexText = (n: Notation, index: Expression): string => {
  if (index.tag === "name" && isRange(index)) return index.text.replace("..", ":");
  return index.tag === "binary" && index.right.tag === "number"
    ? `${flat(n, index.left)}${operators[index.operator].sign}${flat(n, index.right)}`
    : flat(n, index);
};

const appliedText = (n: Notation, applied: Apply): string => {
  const { known, axes, named } = headOf(applied);
  const [first, second] = applied.arguments;
  const symbol = known === "dot" ? pickedBy(first!) : undefined;
  if (symbol !== undefined) return componentText(n, second!, symbol);
  const form = formOf(applied);
  if (form !== undefined) return form.text(writerOf(n), applied.arguments, axes);
  const given = applied.arguments.map((operand) => latexExpression(n, operand)).join(", ");
  return `${named}${belowText(n, axes)}${bracketed(given)}`;
};

const belowText = (n: Notation, axes: ReadonlyArray<Expression>): string =>
  axes.length === 0 ? "" : `_${scripted(axes.map((axis) => indexText(n, axis)).join(","))}`;

const writerOf = (n: Notation): Writer => {
  const upTo = (axis: Expression): string | undefined => {
    const last = axis.tag === "name" ? n.upTo(axis.text) : undefined;
    return last === undefined ? undefined : flat(n, last);
  };
  return {
    text: textOf(n),
    at: (level, expression) => atLevel(n, level, expression),
    transposed: (expression) => raised(n, expression, "\\top"),
    over: (sign, axes) => {
      if (axes.some((axis) => upTo(axis) === undefined)) return `${sign}${belowText(n, axes)}`;
      return axes.map((axis) => `${sign}_{${flat(n, axis)}=1}^${scripted(upTo(axis)!)}`).join(" ");
    },
    upTo,
    sigmoid: n.sigmoid,
  };
};
