import type { Batch, Example, ModelInfo, Nested, VariableInfo } from "../../runtime/interface.ts";

/** A tensor as Python is told of it: row-major; whole numbers are symbols, positions and lengths. */
export interface TensorTold {
  readonly shape: ReadonlyArray<number>;
  readonly whole: boolean;
  readonly data: ReadonlyArray<number>;
}

/**
 * Examples side by side: each input and target as [batch, its axes as they are written, components], padded with zeros, and
 * each run-time length as [batch], or [batch, the axes that it stands over].
 */
export const tensorsOfBatch = (
  model: ModelInfo,
  examples: ReadonlyArray<Example>,
  batch: Batch,
): Readonly<Record<string, TensorTold>> =>
  Object.fromEntries([
    ...[...model.inputs, ...model.targets]
      .filter(({ name }) => examples.every((example) => example[name] !== undefined))
      .map((variable) => [variable.name, padded(model, variable, examples, batch)] as const),
    ...lengthsOf(model, batch),
  ]);

const extentIn = (model: ModelInfo, axis: string, { longest }: Batch): number => {
  const { length } = model.axes.find(({ name }) => name === axis)!;
  return typeof length === "number" ? length : longest[length]!;
};

const padded = (
  model: ModelInfo,
  { name, indices, shape, symbols, positions }: VariableInfo,
  examples: ReadonlyArray<Example>,
  batch: Batch,
): TensorTold => {
  const whole = [...indices.map((axis) => extentIn(model, axis, batch)), ...shape];
  return {
    shape: [examples.length, ...whole],
    whole: symbols !== undefined || positions !== undefined,
    data: examples.flatMap((example) => filled(example[name]!, whole)),
  };
};

/** Nested arrays row by row, with zeros up to a shape. */
const filled = (value: Nested | undefined, [size, ...inner]: ReadonlyArray<number>): ReadonlyArray<number> => {
  if (size === undefined) return [Number(value ?? 0)];
  const rows = Array.isArray(value) ? (value as ReadonlyArray<Nested>) : [];
  return Array.from({ length: size }, (_, i) => filled(rows[i], inner)).flat();
};

/** A table of lengths has the examples outermost, as tensors do. */
const lengthsOf = (model: ModelInfo, batch: Batch): ReadonlyArray<readonly [string, TensorTold]> => {
  const named = model.axes.filter(({ length }) => typeof length === "string" && batch.lengths[length] !== undefined);
  return named.map(({ length, over }) => {
    const shape = [batch.size, ...over.map((axis) => extentIn(model, axis, batch))];
    const data = Array.from(batch.lengths[String(length)]!);
    return [String(length), { shape, whole: true, data }];
  });
};

/** The run-time lengths of a model, each once. */
export const lengthNames = ({ axes }: Pick<ModelInfo, "axes">): ReadonlyArray<string> => [
  ...new Set(axes.flatMap(({ length }) => (typeof length === "string" ? [length] : []))),
];
