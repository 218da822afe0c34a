import { test } from "node:test";
import fc from "fast-check";
import { inner, moved } from "../../src/property/difference.ts";
import { batches, directions, hessianVector, parameters } from "../../src/property/index.ts";
import { mustAgree } from "../../src/property/law.ts";
import { compiledExample, exampleNames } from "../emit/examples.ts";
import { often, someOf } from "../often.ts";

const runs = { numRuns: often(6) };
const models = exampleNames
  .map((name) => ({ name, model: compiledExample(name) }))
  .filter(({ model }) => model.model.hasLoss && model.model.params.length > 0);

for (const { name, model } of someOf(models)) {
  const apply = hessianVector(model);
  const cases = [parameters(model), batches(model), directions(model), directions(model)] as const;

  test(`the Hessian of ${name} is symmetric`, () => {
    fc.assert(
      fc.property(...cases, (params, { batch }, u, v) => {
        const [left, right] = [inner(apply(params, batch, u), v), inner(apply(params, batch, v), u)];
        mustAgree("u H v", [left], [right], 1e-9);
      }),
      runs,
    );
  });

  test(`the Hessian of ${name} times a direction is the difference of gradients along it`, () => {
    fc.assert(
      fc.property(...cases, (params, { batch }, u, v) => {
        const along = (step: number): number => inner(model.gradient(moved(params, u, step), batch).gradient, v);
        const product = inner(apply(params, batch, u), v);
        const errors = [1e-5, 1e-6, 1e-4].map((step) => (along(step) - along(-step)) / (2 * step) - product);
        const least = Math.min(...errors.map(Math.abs));
        mustAgree("v H u", [least / Math.max(1, Math.abs(product))], [0], 1e-6);
      }),
      runs,
    );
  });
}
