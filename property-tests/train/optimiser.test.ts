import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { clipByNorm, clipByValue } from "../../src/train/clip.ts";
import { type Descent, descend, noMemories, type Optimiser, optimisers } from "../../src/train/optimiser.ts";
import { rateAt } from "../../src/train/schedule.ts";
import { norm } from "../../src/train/tensors.ts";

const reals = fc.array(fc.double({ min: -10, max: 10, noNaN: true }), { minLength: 1, maxLength: 8 });

test("a gradient clipped by value is bounded in every element, none grows or turns, and clipping again changes nothing", () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ noNaN: true, min: -1e6, max: 1e6 })),
      fc.double({ min: 1e-3, max: 10, noNaN: true }),
      (values, limit) => {
        const gradient = { x: Float64Array.from(values) };
        const clipped = clipByValue(limit, gradient);
        for (const [i, value] of clipped.x!.entries()) {
          assert.ok(Math.abs(value) <= limit && Math.abs(value) <= Math.abs(gradient.x[i]!));
          assert.ok(value * gradient.x[i]! >= 0);
          if (Math.abs(gradient.x[i]!) <= limit) assert.equal(value, gradient.x[i]);
        }
        assert.deepStrictEqual(clipByValue(limit, clipped), clipped);
      },
    ),
  );
});

test("a clipped gradient is no longer than the limit, points the same way, and a short one is left as it is", () => {
  fc.assert(
    fc.property(reals, fc.double({ min: 0.01, max: 5, noNaN: true }), (dx, limit) => {
      const gradient = { x: Float64Array.from(dx) };
      const clipped = clipByNorm(limit, gradient);
      assert.ok(norm(clipped) <= limit * (1 + 1e-12));
      if (norm(gradient) <= limit) assert.deepStrictEqual(clipped, gradient);
      for (const [i, value] of clipped.x!.entries()) assert.ok(value * gradient.x[i]! >= 0);
    }),
  );
});

test("the first step of Adam moves every element by the learning rate against its sign", () => {
  fc.assert(
    fc.property(reals, fc.double({ min: 1e-4, max: 1, noNaN: true }), (dx, rate) => {
      const params = { x: new Float64Array(dx.length) };
      const started = { params, memories: noMemories(optimisers.adam, params) };
      const moved = descend(optimisers.adam, rate, 1, started, { x: Float64Array.from(dx) });
      dx.forEach((d, i) => {
        if (Math.abs(d) > 1e-3) assert.ok(Math.abs(moved.params.x![i]! + rate * Math.sign(d)) < rate * 1e-4);
      });
    }),
  );
});

test("momentum without decay is plain descent", () => {
  fc.assert(
    fc.property(reals, reals, (first, second) => {
      const size = Math.min(first.length, second.length);
      const steps = [first, second].map((dx) => ({ x: Float64Array.from(dx.slice(0, size)) }));
      const run = (optimiser: Optimiser) => {
        const params = { x: new Float64Array(size) };
        const begun: Descent = { params, memories: noMemories(optimiser, params) };
        return steps.reduce((state, dx, i) => descend(optimiser, 0.1, i + 1, state, dx), begun).params;
      };
      assert.deepStrictEqual(run({ tag: "momentum", decay: 0 }), run(optimisers.sgd));
    }),
  );
});

for (const decay of ["constant", "linear", "root"] as const) {
  test(`with ${decay} decay the rate climbs to the warm-up's end, never rises after it, and stays positive`, () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 21, max: 100 }), (warmup, steps) => {
        const schedule = { rate: 0.5, decay, warmup, steps };
        const rates = Array.from({ length: steps }, (_, i) => rateAt(schedule, i + 1));
        rates.forEach((rate, i) => {
          assert.ok(rate > 0 && rate <= 0.5);
          if (i > 0) assert.ok(i <= warmup ? rate >= rates[i - 1]! : rate <= rates[i - 1]!);
        });
      }),
    );
  });
}
