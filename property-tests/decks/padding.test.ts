import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Batch, Values } from "../../src/runtime/interface.ts";
import { body, compiled, gradientOf, outputsOf, paramsOf, runs, sequence } from "../std/compiled.ts";
import { comparing, equivalent, listsOf, paddedWith } from "./alike.ts";
import { plus, rows } from "./matrices.ts";

const paddings = fc.oneof(
  fc.constantFrom(0, -1, Number.NaN, Number.POSITIVE_INFINITY, -1e300),
  fc.double({ min: -5, max: 5, noNaN: true }),
);
const settings = {
  seed: fc.integer({ min: 1, max: 100_000 }),
  n: fc.integer({ min: 1, max: 4 }),
  k: fc.integer({ min: 1, max: 3 }),
  padding: paddings,
};
/** A loss at every step and one after the last, by a cell. */
const reader = (value: string): string =>
  body(`input x[t] : R[k]
output h[t] = ${value}
minimize sum[t](sumsq(h[t])) + sum(h[T])`);

test("padding on the right, whatever it holds, changes neither outputs nor loss nor gradients, and no gradient reaches it", () => {
  const cells = fc.constantFrom("RNN(n)(x[t])", "LSTM(n)(x[t])", "GRU(n)(x[t])", "Bi(LSTM, n)(x[t])");
  const lengths = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(fc.record({ ...settings, cell: cells, all: lengths }), ({ seed, n, k, padding, cell, all }) => {
      const model = compiled(reader(cell), { ...comparing({ n, k }), wrt: ["x"], target: "js" });
      const params = paramsOf(model.model, seed);
      const examples = all.map((length, b) => ({ x: sequence(seed + b, length, k) }));
      const batch = paddedWith(padding, model.pack(examples), "x");
      const alone = examples.map((one) => gradientOf(model, params, one));
      const { loss, gradient } = model.gradient(params, batch);
      const share = 1 / examples.length;
      equivalent({ loss: [loss] }, { loss: [alone.reduce((sum, one) => sum + one.loss, 0) * share] });
      const { x: byInput, ...byParameters } = listsOf(gradient);
      const mean = (path: string) => plus(...alone.map((one) => one.gradient[path]!)).map((value) => value * share);
      equivalent(byParameters, Object.fromEntries(Object.keys(byParameters).map((path) => [path, mean(path)])));
      const together = model.forward(params, batch).h!;
      examples.forEach((one, b) => {
        const own = (values: ReadonlyArray<number>, width: number) =>
          rows(values, width).filter((_, row) => row % examples.length === b);
        const length = one.x.length;
        const width = together.shape.at(-1)!;
        equivalent(
          {
            h: own([...together.data], width)
              .slice(0, length)
              .flat(),
          },
          outputsOf(model, params, one),
        );
        const ofInput = own(byInput!, k);
        equivalent({ x: ofInput.slice(0, length).flat() }, { x: alone[b]!.gradient.x!.map((value) => value * share) });
        assert.ok(
          ofInput
            .slice(length)
            .flat()
            .every((value) => value === 0),
        );
      });
    }),
    runs(8),
  );
});

test("padding on the left under a mask, whatever it holds, changes neither states nor loss nor gradients, and no gradient reaches it", () => {
  const cells = fc.constantFrom("RNN", "LSTM", "GRU");
  const sizes = fc.record({
    ...settings,
    cell: cells,
    length: fc.integer({ min: 1, max: 4 }),
    left: fc.integer({ min: 0, max: 4 }),
  });
  fc.assert(
    fc.property(sizes, ({ seed, n, k, padding, cell, length, left }) => {
      const options = { ...comparing({ n, k }), wrt: ["x"], target: "js" } as const;
      const plain = compiled(reader(`${cell}(n)(x[t])`), options);
      const masked = compiled(
        body(`input x[t] : R[k]
input m[t] : R
z[t] = if m[t] == 1 then x[t] else 0
output h[t] = ${cell}(n)(z[t]) when m[t]
minimize sum[t](m[t] * sumsq(h[t])) + sum(h[T])`),
        options,
      );
      const [params, x] = [paramsOf(plain.model, seed), sequence(seed, length, k)];
      const isReal = Array.from({ length: left + length }, (_, t) => Number(t >= left));
      const batch = masked.pack([{ x: isReal.map((real, t) => (real === 1 ? x[t - left]! : x[0]!)), m: isReal }]);
      const padded: Batch = {
        ...batch,
        values: { ...batch.values, x: batch.values.x!.map((value, i) => (i < left * k ? padding : value)) as Values },
      };
      const [expected, found] = [gradientOf(plain, params, { x }), masked.gradient(params, padded)];
      equivalent({ loss: [found.loss] }, { loss: [expected.loss] });
      const gradient = listsOf(found.gradient);
      assert.ok(gradient.x!.slice(0, left * k).every((value) => value === 0));
      equivalent({ ...gradient, x: gradient.x!.slice(left * k) }, expected.gradient);
      const states = [...masked.forward(params, padded).h!.data];
      assert.ok(states.slice(0, left * n).every((value) => value === 0));
      equivalent({ h: states.slice(left * n) }, outputsOf(plain, params, { x }));
    }),
    runs(8),
  );
});
