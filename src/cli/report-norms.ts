import type { Compiled } from "../compile.ts";
import { valuesIn } from "../data/examples.ts";
import { eachChunk } from "../measure/situation.ts";
import type { ParameterNorms } from "../report/run-report.ts";
import type { Values } from "../runtime/interface.ts";
import type { MeasuredRun } from "./measured-run.ts";

/** So many examples tell how long a gradient is. */
const mostExamples = 512;
const atOnce = 16;

/** How long each parameter is, and the gradient of the loss per value by it over what was measured, or the first of it. */
export const parameterNorms = (
  { params, data: { measured } }: MeasuredRun,
  compiled: Compiled,
): ReadonlyArray<ParameterNorms> => {
  const { model } = compiled;
  const sums = new Map(model.params.map(({ path, shape }) => [path, new Float64Array(sizeOf(shape))]));
  let values = 0;
  if (model.hasLoss)
    eachChunk({ ...measured, count: Math.min(measured.count, mostExamples) }, atOnce, (chunk) => {
      const examples = chunk.map(({ example }) => example);
      const { gradient } = compiled.gradient(params, compiled.pack(examples));
      for (const [path, sum] of sums) add(sum, gradient[path]!, examples.length);
      values += examples.reduce((total, example) => total + valuesIn(model, example), 0);
    });
  return model.params.map(({ path, shape }) => ({
    path,
    shape,
    norm: lengthOf(params[path]!),
    gradient: values === 0 ? null : lengthOf(sums.get(path)!) / values,
  }));
};

const sizeOf = (shape: ReadonlyArray<number>): number => shape.reduce((a, b) => a * b, 1);

/** Of a batch the loss is the mean over its examples. */
const add = (sum: Float64Array, gradient: Values, examples: number): void => {
  for (let i = 0; i < sum.length; i++) sum[i]! += examples * gradient[i]!;
};

const lengthOf = (values: Values): number => {
  let squares = 0;
  for (const value of values) squares += value * value;
  return Math.sqrt(squares);
};
