import type { Compiled } from "../compile.ts";
import { valuesIn } from "../data/examples.ts";
import { eachChunk } from "../measure/situation.ts";
import type { ParameterNorms } from "../report/run-report.ts";
import type { Values } from "../runtime/interface.ts";
import type { MeasuredRun } from "./measured-run.ts";

/** So many examples, or so many values, tell how long a gradient is. */
const [mostExamples, mostValues] = [512, 50_000];
const atOnce = 16;

/**
 * How long each parameter is, and the gradient of the loss per value by it over what was measured, or the first of it; none by
 * what is not trained.
 */
export const parameterNorms = (
  { params, data: { measured } }: MeasuredRun,
  compiled: Compiled,
): ReadonlyArray<ParameterNorms> => {
  const { model } = compiled;
  const sums = new Map<string, Float64Array>();
  let count = 0;
  const inOne = Math.max(1, valuesIn(model, measured.at(0).example));
  const looked = Math.min(measured.count, mostExamples, Math.max(atOnce, Math.ceil(mostValues / inOne)));
  if (model.hasLoss)
    eachChunk({ ...measured, count: looked }, atOnce, (chunk) => {
      const examples = chunk.map(({ example }) => example);
      const { gradient } = compiled.gradient(params, compiled.pack(examples));
      for (const [path, values] of Object.entries(gradient)) add(sums, path, values, examples.length);
      count += examples.reduce((total, example) => total + valuesIn(model, example), 0);
    });
  return model.params.map(({ path, shape }) => ({
    path,
    shape,
    norm: lengthOf(params[path]!),
    gradient: sums.has(path) && count > 0 ? lengthOf(sums.get(path)!) / count : null,
  }));
};

/** Of a batch the loss is the mean over its examples. */
const add = (sums: Map<string, Float64Array>, path: string, gradient: Values, examples: number): void => {
  const sum = sums.get(path) ?? new Float64Array(gradient.length);
  for (let i = 0; i < sum.length; i++) sum[i]! += examples * gradient[i]!;
  sums.set(path, sum);
};

const lengthOf = (values: Values): number => {
  let squares = 0;
  for (const value of values) squares += value * value;
  return Math.sqrt(squares);
};
