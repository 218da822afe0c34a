import fc from "fast-check";
import type { Batch, CompiledModel, Params } from "../runtime/interface.ts";
import { batches, type Packed, parameters } from "./arbitrary.ts";
import { valuesOfExample, withMorePadding } from "./cells.ts";
import type { LawOptions } from "./gradient.ts";
import { greatestOf, type Law, mustAgree } from "./law.ts";

/** More padding, whatever it holds, changes no output, no loss and no gradient. */
export const paddingDoesNotMatter = (
  model: CompiledModel,
  { tolerance = 1e-10, ...sizes }: LawOptions = {},
): Law<[Params, Packed, number]> =>
  fc.property(parameters(model), batches(model, sizes), fc.integer({ min: 1, max: 3 }), (params, { batch }, more) => {
    const wide = withMorePadding(model.model, batch, more);
    for (let example = 0; example < batch.size; example++)
      sameOutputs(model, params, [wide, example], [batch, example], tolerance);
    sameGradient(model, params, wide, batch, tolerance);
  });

/** The outputs of an example do not depend on those beside it. */
export const neighboursDoNotMatter = (
  model: CompiledModel,
  { tolerance = 1e-10, ...sizes }: LawOptions = {},
): Law<[Params, Packed]> =>
  fc.property(parameters(model), batches(model, sizes), (params, { batch, examples }) => {
    examples.forEach((example, i) => {
      sameOutputs(model, params, [batch, i], [model.pack([example]), 0], tolerance);
    });
  });

/** The order of the examples changes nothing but the order of their outputs. */
export const batchOrderDoesNotMatter = (
  model: CompiledModel,
  { tolerance = 1e-10, ...sizes }: LawOptions = {},
): Law<[Params, Packed]> =>
  fc.property(parameters(model), batches(model, sizes), (params, { batch, examples }) => {
    const reversed = model.pack([...examples].reverse());
    for (let example = 0; example < batch.size; example++)
      sameOutputs(model, params, [reversed, batch.size - 1 - example], [batch, example], tolerance);
    sameGradient(model, params, reversed, batch, tolerance);
  });

type ExampleAt = readonly [batch: Batch, example: number];

const sameOutputs = (
  model: CompiledModel,
  params: Params,
  found: ExampleAt,
  expected: ExampleAt,
  tolerance: number,
): void => {
  const [one, other] = [model.forward(params, found[0]), model.forward(params, expected[0])];
  for (const name of Object.keys(other)) {
    const values = valuesOfExample(model.model, found[0], one[name]!, found[1]);
    const size = greatestOf(other[name]!.data);
    mustAgree(name, values, valuesOfExample(model.model, expected[0], other[name]!, expected[1]), tolerance, size);
  }
};

const sameGradient = (model: CompiledModel, params: Params, found: Batch, expected: Batch, tolerance: number): void => {
  if (!model.model.hasLoss) return;
  const [one, other] = [model.gradient(params, found), model.gradient(params, expected)];
  mustAgree("the loss", [one.loss], [other.loss], tolerance, greatestOf([other.loss]));
  const whole = greatestOf(...Object.values(other.gradient));
  for (const { path, fixed } of model.model.params) {
    if (fixed === true) continue;
    const expected = other.gradient[path]!;
    const size = Math.max(greatestOf(expected), 1e-3 * whole);
    mustAgree(`the gradient by ${path}`, one.gradient[path]!, expected, tolerance, size);
  }
};
