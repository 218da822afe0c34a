import { numberText } from "../../emit/c/number.ts";
import type { DrawInfo, ModelInfo } from "../../runtime/interface.ts";
import type { OfDraws } from "./beginning.ts";
import { definitionText, type Printing } from "./printing.ts";

type ParamInfo = ModelInfo["params"][number];

/** The text of a function of numbers, which stand under names of one letter and a number. */
export type FunctionText = (fn: string, operands: ReadonlyArray<string>) => string;

/** The function that draws the parameters that a seed begins with, as `runtime/initialise.js` does. */
export const beginningText = (printing: Printing, functionText: FunctionText): string => {
  const { model } = printing.contents;
  return definitionText(printing, "init", [
    "uint32_t w[4] = {0};",
    ...model.params.flatMap((param) => paramText(printing, param, functionText)),
    "(void)seed, (void)w, (void)params;",
  ]);
};

const paramText = ({ names }: Printing, param: ParamInfo, functionText: FunctionText): ReadonlyArray<string> => {
  const { path, shape, indices = [], init } = param;
  const own = shape.slice(indices.length);
  const [count, size] = [shape, own].map((sizes) => sizes.reduce((a, b) => a * b, 1));
  const letters = Array.from(path, (letter) => letter.codePointAt(0)!);
  return [
    "{",
    `static const uint32_t name[] = {${letters.join(", ")}};`,
    `rn_f *const all = (rn_f *)(void *)&params->${names.params(path)};`,
    `rn_seeded(w, seed, name, ${letters.length});`,
    `for (rn_f *to = all; to < all + ${count}; to += ${size}) {`,
    ...(init.tag === "function"
      ? functionLines(own, size!, init, functionText)
      : [drawText(own, "to", size!, init, "w")]),
    "}",
    "}",
  ];
};

const double = (value: number): string => numberText(value, "f64");
const rowsOf = (shape: ReadonlyArray<number>): number => shape[0] ?? 1;
const columnsOf = (shape: ReadonlyArray<number>): number => shape[1] ?? rowsOf(shape);
const limitOf = (shape: ReadonlyArray<number>): number => Math.sqrt(6 / (rowsOf(shape) + columnsOf(shape)));
const deviationOf = (shape: ReadonlyArray<number>): number => Math.sqrt(2 / columnsOf(shape));

/** Draws so many numbers to a place. */
const drawText = (shape: ReadonlyArray<number>, to: string, count: number, draw: DrawInfo, w: string): string => {
  switch (draw.tag) {
    case "constant":
      return `rn_fill(${to}, (rn_f)${double(draw.value)}, ${count});`;
    case "uniform":
      return `rn_begin_uniform(${to}, ${count}, ${double(draw.low)}, ${double(draw.high)}, ${w});`;
    case "normal":
      return `rn_begin_normal(${to}, ${count}, ${double(draw.mean)}, ${double(draw.deviation)}, ${w});`;
    case "glorot":
      return `rn_begin_within(${to}, ${count}, ${double(limitOf(shape))}, ${w});`;
    case "he":
      return `rn_begin_normal(${to}, ${count}, 0, ${double(deviationOf(shape))}, ${w});`;
    case "identity":
      return `rn_begin_identity(${to}, ${count}, ${columnsOf(shape)});`;
    case "orthogonal":
      return `rn_begin_orthogonal(${to}, ${rowsOf(shape)}, ${shape.length < 2 ? 1 : columnsOf(shape)}, ${w});`;
  }
};

/**
 * A function of draws, number by number. Each draw is done as a whole before the next one: it is done once to find where the
 * random numbers of the next begin, and again where its numbers are wanted.
 */
const functionLines = (
  shape: ReadonlyArray<number>,
  size: number,
  { steps }: OfDraws,
  functionText: FunctionText,
): ReadonlyArray<string> => [
  ...steps.flatMap((step, k) => {
    if (step.tag !== "draw" || step.draw.tag === "constant" || step.draw.tag === "identity") return [];
    const whole = drawText(shape, "to", size, step.draw, "w");
    return step.draw.tag === "orthogonal" ? [whole] : [`uint32_t w${k}[4];`, `memcpy(w${k}, w, sizeof w${k});`, whole];
  }),
  `for (rn_i i = 0; i < ${size}; i++) {`,
  ...steps.map((step, k) => {
    if (step.tag === "apply")
      return `const rn_f a${k} = ${functionText(
        step.fn,
        step.of.map((at) => `a${at}`),
      )};`;
    if (step.draw.tag === "orthogonal") return `const rn_f a${k} = to[i];`;
    if (step.draw.tag === "identity") return `const rn_f a${k} = i / ${columnsOf(shape)} == i % ${columnsOf(shape)};`;
    return `rn_f a${k}; ${drawText(shape, `&a${k}`, 1, step.draw, `w${k}`)}`;
  }),
  `to[i] = a${steps.length - 1};`,
  "}",
];
