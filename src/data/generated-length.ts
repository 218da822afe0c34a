import type { Example, ModelInfo, Nested, VariableInfo } from "../runtime/interface.ts";
import { greatestStep } from "../runtime/limits.js";
import { ownOf } from "./coding/own.ts";

/** How many steps are drawn at the most where nobody says. */
const usual = 500;

/** No more than the axis has, unless more are asked for, which is refused. */
export const usualLength = (model: ModelInfo, asked: number | undefined): number =>
  asked ?? Math.min(usual, greatestStep(model));

/** Where inputs stand along the axis that is drawn along, as far as they reach; by default as long as the example says it is. */
export const lengthFor = (model: ModelInfo, example: Example, asked: number | undefined): number =>
  model.inputs
    .filter(({ indices, weighs }) => weighs !== true && indices.includes(`${model.streamable}`))
    .reduce(
      (most, input) => Math.min(most, extentOf(model, input, example)),
      usualLength(model, asked ?? givenLength(model, example)),
    );

const givenLength = ({ axes, streamable }: ModelInfo, example: Example): number | undefined => {
  const length = axes.find(({ name }) => name === streamable)?.length;
  const given = typeof length === "string" ? example[length] : undefined;
  return typeof given === "number" ? given : undefined;
};

const extentOf = ({ streamable }: ModelInfo, { name, indices }: VariableInfo, example: Example): number => {
  let level: Nested = ownOf(example, name) ?? [];
  for (let depth = indices.indexOf(`${streamable}`); depth > 0; depth--)
    level = Array.isArray(level) ? (level[0] ?? []) : [];
  return Array.isArray(level) ? level.length : 0;
};
