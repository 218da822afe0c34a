import type { Node } from "../circuit/circuit.ts";
import type { Index } from "../circuit/environment.ts";
import type { Origin } from "../circuit/origin.ts";
import { match } from "../match.ts";
import { type Divergence, divergenceOf } from "../train/divergence.ts";
import type { Training } from "../train/step.ts";
import type { Prepared } from "./task-of-recipe.ts";

/** Where the numbers were left, in words, found by evaluating the step by definition. */
export const explainDivergence = ({ compiled, task, recipe }: Prepared, before: Training): string =>
  textOf(recipe.source)(divergenceOf(compiled, recipe.settings, task.feed, before));

const textOf = (source: string): ((divergence: Divergence) => string) =>
  match<Divergence, string>({
    origin: ({ example, of, origin }) =>
      `In example ${example + 1} of that step's batch, on the way to the ${of}: ${originText(source, origin)}\n`,
    step: () =>
      "The loss and its gradient are finite numbers, so it is the step along it that is too long, or its norm that no number of this precision holds.\n",
    large: () => "The model is too large to be evaluated by definition, which would tell where.\n",
  });

const originText = (source: string, { node, value, operands, equation }: Origin): string => {
  const made = `${operationOf(node)} gives ${value}${operandsText(operands)}`;
  if (equation === undefined) return `${made}.`;
  const at = placeText(equation.node, equation.index);
  return `${equation.node.name}${at}: ${made}.${lineText(source, equation.node)}`;
};

const operandsText = (operands: Origin["operands"]): string =>
  operands.length === 0
    ? ""
    : ` of ${operands
        .map(({ least, greatest }) => (least === greatest ? number(least) : `${number(least)} to ${number(greatest)}`))
        .join(" and ")}`;

const number = (value: number): string => String(Number(value.toPrecision(4)));

const operationOf = ({ op }: Node): string => {
  switch (op.tag) {
    case "map":
      return op.fn;
    case "reduce":
      return op.fn === "sum" ? "a sum" : "a maximum";
    case "parameter":
      return `the parameter ${op.path}`;
    case "input":
      return `the input ${op.name}`;
    default:
      return op.tag;
  }
};

/** ` at t = 4` */
const placeText = ({ axes }: Node, index: Index): string => {
  const places = axes.flatMap(({ tag, key }) => (tag === "time" ? [`${key} = ${index[key]}`] : []));
  return places.length === 0 ? "" : ` at ${places.join(", ")}`;
};

/** The line of the program that the variable is defined in. */
const lineText = (source: string, { span }: Node): string => {
  if (span === undefined || span.end > source.length) return "";
  const from = source.lastIndexOf("\n", span.start - 1) + 1;
  const to = source.indexOf("\n", span.start);
  const row = source.slice(0, from).split("\n").length;
  return `\n  ${span.file}:${row}: ${source.slice(from, to < 0 ? undefined : to).trim()}`;
};
