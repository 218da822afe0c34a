import fc from "fast-check";
import type { CompiledModel, Example, Nested, Params, VariableInfo } from "../runtime/interface.ts";
import { defaultSizes, examples, parameters } from "./arbitrary.ts";
import { axisSlice } from "./cells.ts";
import type { LawOptions } from "./gradient.ts";
import { greatestOf, type Law, mustAgree } from "./law.ts";

/** Of a model that streams: stepping gives, position by position, what the whole sequence gives. */
export const stepEqualsForward = (
  model: CompiledModel,
  { tolerance = 1e-10, lengths = defaultSizes.lengths }: LawOptions = {},
): Law<[Params, Example]> =>
  fc.property(parameters(model), examples(model.model, lengths), (params, example) => {
    const whole = model.forward(params, model.pack([example]));
    let state = model.start(params, stillPart(model, example));
    for (let position = 0; position < lengthOf(model, example); position++) {
      const input = movingPart(model, example, (values) => values[position]!);
      const { state: after, output } = model.step(params, state, input);
      for (const [name, values] of Object.entries(output))
        mustAgree(
          `${name} at ${position + 1}`,
          values,
          axisSlice(whole[name]!, model.model.streamable!, position),
          tolerance,
          greatestOf(whole[name]!.data),
        );
      state = after;
    }
  });

/**
 * Of a model that streams and has a loss: a sequence cut in two carries over the cut what the whole carries to its end.
 * It names no position of the axis, since that need not be in every chunk.
 */
export const chunksEqualWhole = (
  model: CompiledModel,
  { tolerance = 1e-10, lengths = defaultSizes.lengths }: LawOptions = {},
): Law<[Params, Example, number]> =>
  fc.property(parameters(model), examples(model.model, lengths), fc.nat(lengths.greatest), (params, example, cut) => {
    const chunk = (from: number, to?: number) =>
      model.pack([{ ...stillPart(model, example), ...movingPart(model, example, (values) => values.slice(from, to)) }]);
    const whole = model.gradient(params, model.pack([example])).state;
    const first = model.gradient(params, chunk(0, cut)).state;
    const second = model.gradient(params, chunk(cut), first).state;
    for (const [name, values] of Object.entries(whole.values))
      mustAgree(`the carried ${name}`, second.values[name]!, values, tolerance, greatestOf(values));
  });

/** Whether the data of a model that streams can be cut and given position by position: it lies along the axis outermost. */
export const isCuttable = ({ model }: CompiledModel): boolean => {
  const along = variablesOf(model).filter((variable) => isMoving(model, variable));
  return along.length > 0 && along.every(({ indices }) => indices[0] === model.streamable);
};

type Model = Pick<CompiledModel, "model">;

const variablesOf = ({ inputs, targets }: CompiledModel["model"]): ReadonlyArray<VariableInfo> => [
  ...inputs,
  ...targets,
];

const isMoving = ({ streamable }: CompiledModel["model"], { indices }: VariableInfo): boolean =>
  streamable !== null && indices.includes(streamable);

export const movingPart = (
  { model }: Model,
  example: Example,
  part: (values: ReadonlyArray<Nested>) => Nested,
): Example =>
  Object.fromEntries(
    variablesOf(model)
      .filter((variable) => isMoving(model, variable))
      .map(({ name }) => [name, part(example[name] as ReadonlyArray<Nested>)]),
  );

export const stillPart = ({ model }: Model, example: Example): Example => {
  const moving = variablesOf(model).filter((variable) => isMoving(model, variable));
  return Object.fromEntries(Object.entries(example).filter(([name]) => moving.every((other) => other.name !== name)));
};

const lengthOf = ({ model }: Model, example: Example): number => {
  const moving = variablesOf(model).find((variable) => isMoving(model, variable));
  return (example[moving!.name] as ReadonlyArray<Nested>).length;
};
