import { match } from "../match.ts";
import { printExpression } from "../syntax/print-expression.ts";
import type { BinaryOperator, Expression } from "../syntax/tree.ts";
import { type Html, h, text } from "./html.ts";

/** An expression as presentational MathML (MathML Core, W3C), which browsers set by themselves. */
export const mathExpression = (expression: Expression): Html => atLevel(levels.choice, expression);

/** A variable with its indices below the line. `h.Wz` is the Wz of h: the cell stands above. */
export const mathVariable = (name: string, indices: ReadonlyArray<Expression>): Html => {
  const [last = "", ...path] = name.split(".").reverse();
  const word = letters(last);
  const below = row(...listed(indices.map(mathExpression)));
  const above = letters(path.reverse().join("."));
  if (path.length === 0) return indices.length === 0 ? word : h("msub", {}, word, below);
  return indices.length === 0 ? h("msup", {}, word, above) : h("msubsup", {}, word, below, above);
};

export const row = (...parts: ReadonlyArray<Html>): Html => h("mrow", {}, ...parts);

export const sign = (written: string): Html => h("mo", {}, text(written));

const nameOf = (name: string): Html => mathVariable(name, []);

/** Names of several letters are upright. */
const letters = (word: string): Html => {
  const shown = greek.get(word) ?? word;
  return h("mi", [...shown].length === 1 ? {} : { mathvariant: "normal" }, text(shown));
};

const greek: ReadonlyMap<string, string> = new Map(
  [
    ..."alpha α,beta β,gamma γ,delta δ,epsilon ε,zeta ζ,eta η,theta θ,kappa κ,lambda λ,mu μ,nu ν,xi ξ,rho ρ".split(","),
    ..."sigma σ,tau τ,phi φ,chi χ,psi ψ,omega ω".split(","),
  ].map((pair) => pair.split(" ") as [string, string]),
);

/** How tightly each form binds, the loosest first. */
const levels = { choice: 0, comparison: 1, sum: 2, product: 3, signed: 4, power: 5, whole: 6 } as const;

const operators: Readonly<Record<BinaryOperator, { readonly level: number; readonly written: string }>> = {
  or: { level: levels.choice, written: "∨" },
  and: { level: levels.choice, written: "∧" },
  "==": { level: levels.comparison, written: "=" },
  "!=": { level: levels.comparison, written: "≠" },
  "<": { level: levels.comparison, written: "<" },
  "<=": { level: levels.comparison, written: "≤" },
  ">": { level: levels.comparison, written: ">" },
  ">=": { level: levels.comparison, written: "≥" },
  "+": { level: levels.sum, written: "+" },
  "-": { level: levels.sum, written: "−" },
  "*": { level: levels.product, written: "⊙" },
  "/": { level: levels.whole, written: "" },
};

const levelOf: (expression: Expression) => number = match<Expression, number>({
  if: () => levels.choice,
  binary: ({ operator }) => operators[operator].level,
  not: () => levels.comparison,
  negate: () => levels.signed,
  product: () => levels.product,
  power: () => levels.power,
  transpose: () => levels.power,
  apply: ({ target }) => (isSeries(target) ? levels.sum : levels.whole),
  number: ({ value }) => (value < 0 ? levels.signed : levels.whole),
  name: () => levels.whole,
  index: () => levels.whole,
  member: () => levels.whole,
  concat: () => levels.whole,
  backward: () => levels.whole,
});

const atLevel = (level: number, expression: Expression): Html => {
  const written = mathOf(expression);
  return levelOf(expression) < level ? bracketed("(", [written], ")") : written;
};

const bracketed = (open: string, parts: ReadonlyArray<Html>, close: string): Html =>
  row(sign(open), ...parts, sign(close));

const listed = (parts: ReadonlyArray<Html>, between = ","): ReadonlyArray<Html> =>
  parts.flatMap((part, i) => (i === 0 ? [part] : [sign(between), part]));

const mathOf: (expression: Expression) => Html = match<Expression, Html>({
  number: ({ value }) => h("mn", {}, text(String(value).replace("-", "−"))),
  name: ({ text: name }) => nameOf(name),
  index: ({ target, indices }) =>
    target.tag === "name"
      ? mathVariable(target.text, indices)
      : h("msub", {}, atLevel(levels.whole, target), row(...listed(indices.map(mathExpression)))),
  member: (member) => nameOf(printExpression(member)),
  apply: ({ target, arguments: given }) => applied(target, given),
  product: ({ left, right }) => row(atLevel(levels.product, left), thin, atLevel(levels.signed, right)),
  binary: ({ operator, left, right }) => {
    if (operator === "/") return h("mfrac", {}, row(mathExpression(left)), row(mathExpression(right)));
    const { level, written } = operators[operator];
    const between = operator === "*" && left.tag === "number" ? thin : sign(written);
    return row(atLevel(level, left), between, atLevel(level + 1, right));
  },
  negate: ({ operand }) => row(sign("−"), atLevel(levels.signed, operand)),
  not: ({ operand }) => row(sign("¬"), atLevel(levels.whole, operand)),
  power: ({ base, exponent }) => h("msup", {}, atLevel(levels.whole, base), row(mathExpression(exponent))),
  transpose: ({ operand }) => h("msup", {}, atLevel(levels.whole, operand), sign("⊤")),
  concat: ({ parts }) => bracketed("[", listed(parts.map(mathExpression), ";"), "]"),
  if: (choice) => row(sign("{"), h("mtable", { columnalign: "left left" }, ...casesOf(choice))),
  backward: ({ operand }) => mathExpression(operand),
});

/** A narrow gap, between what is multiplied. */
const thin = h("mspace", { width: "0.17em" });

/** A row for each condition, the last for all else. */
const casesOf = ({
  condition,
  then: chosen,
  else: otherwise,
}: Extract<Expression, { readonly tag: "if" }>): ReadonlyArray<Html> => [
  caseRow(chosen, row(h("mtext", {}, "if "), mathExpression(condition))),
  ...(otherwise.tag === "if" ? casesOf(otherwise) : [caseRow(otherwise, h("mtext", {}, "otherwise"))]),
];

const caseRow = (value: Expression, when: Html): Html =>
  h("mtr", {}, h("mtd", {}, mathExpression(value)), h("mtd", {}, when));

const functionName = (target: Expression): string => {
  const fn = target.tag === "index" ? target.target : target;
  return fn.tag === "name" ? fn.text : "";
};

const series: Readonly<Record<string, string>> = { sum: "∑", prod: "∏" };

const isSeries = (target: Expression): boolean => target.tag === "index" && Object.hasOwn(series, functionName(target));

/** Functions that have a notation of their own; all others stand by their names before brackets. */
const notations: Readonly<Record<string, (...given: ReadonlyArray<Expression>) => Html>> = {
  sqrt: (operand) => h("msqrt", {}, mathExpression(operand!)),
  norm: (operand) => bracketed("‖", [mathExpression(operand!)], "‖"),
  sumsq: (operand) => h("msup", {}, bracketed("‖", [mathExpression(operand!)], "‖"), h("mn", {}, "2")),
  abs: (operand) => bracketed("|", [mathExpression(operand!)], "|"),
  dot: (left, right) =>
    row(h("msup", {}, atLevel(levels.whole, left!), sign("⊤")), thin, atLevel(levels.signed, right!)),
  outer: (left, right) =>
    row(atLevel(levels.power, left!), thin, h("msup", {}, atLevel(levels.whole, right!), sign("⊤"))),
  grad: (of, by) =>
    row(h("mfrac", {}, sign("∂"), row(sign("∂"), mathExpression(by!))), thin, atLevel(levels.whole, of!)),
  sigmoid: (operand) => row(h("mi", {}, "σ"), bracketed("(", [mathExpression(operand!)], ")")),
};

const applied = (target: Expression, given: ReadonlyArray<Expression>): Html => {
  const name = functionName(target);
  const axes = target.tag === "index" ? target.indices : [];
  const below = row(...listed(axes.map(mathExpression)));
  if (isSeries(target))
    return row(
      h("munder", {}, h("mo", { movablelimits: "false" }, series[name]!), below),
      atLevel(levels.product, given[0]!),
    );
  const notation = Object.hasOwn(notations, name) ? notations[name] : undefined;
  if (notation !== undefined && axes.length === 0) return notation(...given);
  const called = name === "" ? mathExpression(target) : h("mi", { mathvariant: "normal" }, text(name));
  const head = axes.length === 0 ? called : h("msub", {}, called, below);
  return row(head, bracketed("(", listed(given.map(mathExpression)), ")"));
};
