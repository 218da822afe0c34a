import { match } from "../match.ts";
import { indexText } from "../syntax/print-expression.ts";
import type { BinaryOperator, Expression } from "../syntax/tree.ts";

/** An expression in LaTeX's mathematics. */
export const latexExpression = (expression: Expression): string => atLevel(0, expression);

/** A variable with its indices below the line. */
export const latexVariable = (name: string, indices: ReadonlyArray<Expression>): string =>
  indices.length === 0 ? latexName(name) : `{${latexName(name)}}_{${indices.map(latexIndex).join(",")}}`;

/** `h.Wz` is the W_z of h; a name of several letters stands upright. Nothing in a name acts as a command. */
const latexName = (name: string): string => {
  const isAdjoint = name.startsWith("∂");
  const [last = "", ...path] = (isAdjoint ? name.slice(1) : name).split(".").reverse();
  const letters = word(last);
  const whole = path.length === 0 ? letters : `{${letters}}^{${path.reverse().map(word).join(".")}}`;
  return isAdjoint ? `\\partial ${whole}` : whole;
};

const word = (text: string): string => {
  const primes = /'*$/.exec(text)![0];
  const bare = text.slice(0, text.length - primes.length);
  const named = greek.has(bare)
    ? `\\${bare}`
    : bare.length === 1
      ? escapeLatex(bare)
      : `\\mathrm{${escapeLatex(bare)}}`;
  return `${named}${primes}`;
};

const greek: ReadonlySet<string> = new Set(
  "alpha beta gamma delta epsilon zeta eta theta kappa lambda mu nu xi rho sigma tau phi chi psi omega".split(" "),
);

/** Characters that TeX gives a meaning to. */
export const escapeLatex = (text: string): string =>
  text.replaceAll(/[\\{}$&#_%~^]/g, (character) => escapes[character] ?? `\\${character}`);

const escapes: Readonly<Record<string, string>> = { "\\": "\\backslash ", "~": "\\sim ", "^": "\\hat{} " };

const latexIndex = (index: Expression): string => escapeLatex(indexText(index));

const levels = { choice: 0, comparison: 1, sum: 2, scaled: 3, signed: 4, product: 5, power: 6, whole: 7 } as const;

const levelOf: (expression: Expression) => number = match<Expression, number>({
  if: () => levels.choice,
  binary: ({ operator }) => operators[operator].level,
  not: () => levels.comparison,
  negate: () => levels.signed,
  product: () => levels.product,
  power: () => levels.power,
  transpose: () => levels.power,
  apply: ({ target }) => (target.tag === "index" ? levels.product : levels.whole),
  number: ({ value }) => (value < 0 ? levels.signed : levels.whole),
  name: () => levels.whole,
  index: () => levels.whole,
  concat: () => levels.whole,
  backward: () => levels.whole,
});

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
  "/": { level: levels.whole, sign: "" },
};

const textOf: (expression: Expression) => string = match<Expression, string>({
  number: ({ value }) => numberText(value),
  name: ({ text }) => latexName(text),
  index: ({ target, indices }) =>
    target.tag === "name"
      ? latexVariable(target.text, indices)
      : `{${atLevel(levels.whole, target)}}_{${indices.map(latexIndex).join(",")}}`,
  apply: ({ target, arguments: given }) => applied(target, given),
  product: ({ left, right }) => `${atLevel(levels.power, left)} \\, ${atLevel(levels.product, right)}`,
  binary: ({ operator, left, right }) => {
    if (operator === "/") return `\\frac{${latexExpression(left)}}{${latexExpression(right)}}`;
    const { level, sign: usual } = operators[operator];
    const sign = operator === "*" && left.tag === "number" ? "\\," : usual;
    return `${atLevel(level, left)} ${sign} ${atLevel(level + 1, right)}`;
  },
  negate: ({ operand }) => `-${atLevel(levels.signed, operand)}`,
  not: ({ operand }) => `\\lnot ${atLevel(levels.whole, operand)}`,
  power: ({ base, exponent }) => `{${atLevel(levels.whole, base)}}^{${latexExpression(exponent)}}`,
  transpose: ({ operand }) => `{${atLevel(levels.whole, operand)}}^{\\top}`,
  concat: ({ parts }) => `\\left[${parts.map(latexExpression).join(";\\, ")}\\right]`,
  if: ({ condition, then: chosen, else: otherwise }) =>
    `\\begin{cases} ${latexExpression(chosen)} & \\text{if } ${latexExpression(condition)} \\\\ ${latexExpression(otherwise)} & \\text{otherwise} \\end{cases}`,
  backward: ({ operand }) => latexExpression(operand),
});

const applied = (target: Expression, given: ReadonlyArray<Expression>): string => {
  const [first, second] = given;
  const [fn, axes] = target.tag === "index" ? [target.target, target.indices] : [target, []];
  const known = fn.tag === "name" ? fn.text : "";
  const below = axes.length === 0 ? "" : `_{${axes.map(latexIndex).join(",")}}`;
  const argument = given.map(latexExpression).join(", ");
  if (known === "sum" && axes.length > 0) return `\\sum${below} ${atLevel(levels.scaled, first!)}`;
  if (known === "sqrt") return `\\sqrt{${latexExpression(first!)}}`;
  if (known === "outer") return `${atLevel(levels.power, first!)} \\, {${atLevel(levels.whole, second!)}}^{\\top}`;
  if (known === "dot") return `{${atLevel(levels.whole, first!)}}^{\\top} ${atLevel(levels.product, second!)}`;
  if (known === "sumsq") return `\\left\\lVert ${latexExpression(first!)} \\right\\rVert^{2}`;
  if (commands.has(known)) return `\\${known}${below}\\left(${argument}\\right)`;
  const named = fn.tag === "name" ? `\\operatorname{${escapeLatex(known)}}` : atLevel(levels.whole, fn);
  return `${named}${below}\\left(${argument}\\right)`;
};

const commands: ReadonlySet<string> = new Set(["exp", "log", "tanh", "sin", "cos", "min", "max"]);

const numberText = (value: number): string => {
  const [digits, exponent] = String(value).split("e");
  return exponent === undefined ? digits! : `${digits} \\cdot 10^{${Number(exponent)}}`;
};
