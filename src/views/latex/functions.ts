import { type CallableName, isCallable } from "../../elaborate/functions.ts";
import type { Expression } from "../../syntax/tree.ts";
import { between, bracketed } from "./brackets.ts";
import { escapeLatex } from "./letters.ts";
import { levels } from "./levels.ts";

/** What a form needs to write its operands. */
export interface Writer {
  readonly text: (expression: Expression) => string;
  /** In brackets if it binds less tightly. */
  readonly at: (level: number, expression: Expression) => string;
  readonly transposed: (expression: Expression) => string;
  /** `\sum_{t=1}^{T}` */
  readonly over: (sign: string, axes: ReadonlyArray<Expression>) => string;
  /** How far an axis reaches, if it is known. */
  readonly upTo: (axis: Expression) => string | undefined;
  readonly sigmoid: string;
}

/** A notation of a function's own. */
export interface Form {
  readonly level: number;
  readonly text: (writer: Writer, given: ReadonlyArray<Expression>, axes: ReadonlyArray<Expression>) => string;
  /** Whether it is the form over an axis alone; of a vector the function is written as others. */
  readonly isOverAxes?: boolean;
}

export type Apply = Extract<Expression, { readonly tag: "apply" }>;

/** The name of a function, and the axes behind it. */
export const headOf = ({
  target,
}: Apply): { readonly known: string; readonly axes: ReadonlyArray<Expression>; readonly named: string } => {
  const fn = target.tag === "index" ? target.target : target;
  const known = fn.tag === "name" ? fn.text : "";
  const notation = isCallable(known) ? notations[known] : undefined;
  const spelled = typeof notation === "string" ? notation : `\\operatorname{${escapeLatex(known)}}`;
  return { known, axes: target.tag === "index" ? target.indices : [], named: spelled };
};

export const formOf = (applied: Apply): Form | undefined => {
  const { known, axes } = headOf(applied);
  const notation = isCallable(known) ? notations[known] : undefined;
  if (notation === undefined || typeof notation === "string") return undefined;
  return notation.isOverAxes === true && axes.length === 0 ? undefined : notation;
};

const series = (sign: string): Form => ({
  level: levels.series,
  isOverAxes: true,
  text: (w, [operand], axes) => `${w.over(sign, axes)} ${seriesOperand(w, operand!)}`,
});

/** Cases need no brackets behind a sign of their own. */
const seriesOperand = (w: Writer, operand: Expression): string =>
  operand.tag === "if" ? w.text(operand) : w.at(levels.series, operand);

const around = (left: string, right: string, level: number, behind = ""): Form => ({
  level,
  text: (w, [operand]) => `${between(left, w.text(operand!), right)}${behind}`,
});

const isBare = ({ tag }: Expression): boolean => tag === "name" || tag === "index";

/** How each function is written: in a form of its own, or by its name before brackets. */
const notations: { readonly [N in CallableName]: Form | string } = {
  sum: series("\\sum"),
  prod: series("\\prod"),
  mean: {
    level: levels.series,
    isOverAxes: true,
    text: (w, [operand], axes) =>
      `\\frac{1}{${axes.map((axis) => w.upTo(axis) ?? `\\lvert ${w.text(axis)} \\rvert`).join(" ")}} ${w.over("\\sum", axes)} ${seriesOperand(w, operand!)}`,
  },
  outer: {
    level: levels.product,
    text: (w, [left, right]) => `${w.at(levels.power, left!)} ${w.transposed(right!)}`,
  },
  dot: {
    level: levels.product,
    text: (w, [left, right]) => `${w.transposed(left!)} ${w.at(levels.product, right!)}`,
  },
  sumsq: around("\\lVert ", " \\rVert", levels.power, "^2"),
  norm: around("\\lVert ", " \\rVert", levels.whole),
  abs: around("\\lvert ", " \\rvert", levels.whole),
  mod: {
    level: levels.scaled,
    text: (w, [operand, by]) => `${w.at(levels.signed, operand!)} \\bmod ${w.at(levels.whole, by!)}`,
  },
  sqrt: { level: levels.whole, text: (w, [operand]) => `\\sqrt{${w.text(operand!)}}` },
  log: {
    level: levels.product,
    text: (w, [operand]) => (isBare(operand!) ? `\\log ${w.text(operand!)}` : `\\log${bracketed(w.text(operand!))}`),
  },
  grad: {
    level: levels.product,
    text: (w, [of, by]) =>
      isBare(of!)
        ? `\\frac{\\partial ${w.text(of!)}}{\\partial ${w.text(by!)}}`
        : `\\frac{\\partial}{\\partial ${w.text(by!)}} ${w.at(levels.whole, of!)}`,
  },
  sigmoid: { level: levels.whole, text: (w, [operand]) => `${w.sigmoid}${bracketed(w.text(operand!))}` },
  argmax: "\\operatorname*{arg\\,max}",
  exp: "\\exp",
  sin: "\\sin",
  cos: "\\cos",
  tanh: "\\tanh",
  atan: "\\arctan",
  min: "\\min",
  max: "\\max",
  expm1: "\\operatorname{expm1}",
  log1p: "\\operatorname{log1p}",
  erf: "\\operatorname{erf}",
  clip: "\\operatorname{clip}",
  logaddexp: "\\operatorname{logaddexp}",
  softplus: "\\operatorname{softplus}",
  stop: "\\operatorname{stop}",
  relu: "\\operatorname{ReLU}",
  elu: "\\operatorname{ELU}",
  gelu: "\\operatorname{GELU}",
  sign: "\\operatorname{sign}",
  onehot: "\\operatorname{onehot}",
  softmax: "\\operatorname{softmax}",
  logsumexp: "\\operatorname{logsumexp}",
};
