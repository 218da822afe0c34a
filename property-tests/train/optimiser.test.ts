import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { rateAt } from "../../src/train/schedule.ts";
import { norm } from "../../src/train/tensors.ts";
import type { OptimiserName } from "../../src/transform/training-step.ts";
import { compiledProgram } from "../property/programs.ts";
import type { Limits } from "./plain-descent.ts";

const size = 6;
const real = (least: number, greatest: number) => fc.double({ min: least, max: greatest, noNaN: true });
const gradients = (greatest: number) => fc.array(real(-greatest, greatest), { minLength: size, maxLength: size });

/** A model whose gradient is what it is given, and whose parameters begin at 0. */
const modelOf = (optimiser: OptimiserName, precision: "f32" | "f64" = "f64") =>
  compiledProgram(`model M {\n  input g : R[${size}]\n  param x : R[${size}] = 0\n  minimize dot(g, x)\n}`, {
    optimiser,
    precision,
  });

/** Where steps along gradients lead from 0. */
const moved = (
  model: ReturnType<typeof modelOf>,
  dxs: ReadonlyArray<ReadonlyArray<number>>,
  options: Limits & { readonly rate?: number },
  constants = {},
): ReadonlyArray<number> => {
  const training = model.trainer(model.init(1), constants);
  for (const g of dxs) training.step(model.pack([{ g }]), { rate: 1, ...options });
  return Array.from(training.params().x!);
};

const descent = modelOf("sgd");
const clipped = (limits: Limits, dx: ReadonlyArray<number>) => moved(descent, [dx], limits).map((x) => -x);

test("a gradient clipped by value is bounded in every element, none grows or turns, and clipping again changes nothing", () => {
  fc.assert(
    fc.property(gradients(1e6), real(1e-3, 10), (dx, clipValue) => {
      const bounded = clipped({ clipValue }, dx);
      for (const [i, value] of bounded.entries()) {
        assert.ok(Math.abs(value) <= clipValue && Math.abs(value) <= Math.abs(dx[i]!));
        assert.ok(value * dx[i]! >= 0);
        if (Math.abs(dx[i]!) <= clipValue) assert.ok(value === dx[i]);
      }
      assert.deepEqual(clipped({ clipValue }, bounded), bounded);
    }),
  );
});

test("a clipped gradient is no longer than the limit, points the same way, and a short one is left as it is", () => {
  fc.assert(
    fc.property(gradients(10), real(0.01, 5), (dx, clip) => {
      const short = clipped({ clip }, dx);
      const length = norm({ x: Float64Array.from(dx) });
      assert.ok(norm({ x: Float64Array.from(short) }) <= clip * (1 + 1e-12));
      for (const [i, value] of short.entries()) {
        assert.ok(value * dx[i]! >= 0);
        if (length < clip * (1 - 1e-12)) assert.ok(value === dx[i]);
      }
    }),
  );
});

test("scaling a gradient is scaling it before its norm is measured", () => {
  fc.assert(
    fc.property(gradients(10), real(0.01, 5), fc.integer({ min: -4, max: 4 }), (dx, clip, exponent) => {
      // A power of two, which rounds nothing.
      const scale = 2 ** exponent;
      assert.deepEqual(
        clipped({ clip, scale }, dx),
        clipped(
          { clip },
          dx.map((value) => scale * value),
        ),
      );
    }),
  );
});

test("without a limit a gradient whose square is beyond all numbers stays as it is", () => {
  const single = modelOf("sgd", "f32");
  assert.deepEqual(moved(single, [[1e30, 0, 0, 0, 0, 0]], {})[0], -Math.fround(1e30));
});

test("the first step of Adam moves every element by the learning rate against its sign", () => {
  const model = modelOf("adam");
  fc.assert(
    fc.property(gradients(10), real(1e-4, 1), (dx, rate) => {
      const x = moved(model, [dx], { rate });
      dx.forEach((d, i) => {
        if (Math.abs(d) > 1e-3) assert.ok(Math.abs(x[i]! + rate * Math.sign(d)) < rate * 1e-4);
      });
    }),
  );
});

test("momentum without decay is plain descent", () => {
  const model = modelOf("momentum");
  fc.assert(
    fc.property(gradients(10), gradients(10), (first, second) => {
      const options = { rate: 0.1 };
      assert.deepEqual(moved(model, [first, second], options, { decay: 0 }), moved(descent, [first, second], options));
    }),
  );
});

for (const decay of ["constant", "linear", "root", "cosine", "plateau"] as const) {
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

/** What the rate is multiplied by, of so many steps after the warm-up, before the step that follows so many of them. */
const shapes = {
  constant: () => 1,
  linear: (done: number, all: number) => 1 - done / all,
  root: (done: number, _: number, warmup: number) => Math.sqrt((warmup + 1) / (warmup + 1 + done)),
  // Half a turn: all of the rate, half of it half way, and nothing at the end.
  cosine: (done: number, all: number) => Math.cos((Math.PI * done) / (2 * all)) ** 2,
} as const;

for (const [decay, shape] of Object.entries(shapes))
  test(`with ${decay} decay the rate has the shape of its name, from the warm-up's end to the last step`, () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 21, max: 100 }), (warmup, steps) => {
        const schedule = { rate: 0.5, decay: decay as keyof typeof shapes, warmup, steps };
        for (let step = warmup + 1; step <= steps; step++) {
          const expected = 0.5 * shape(step - warmup - 1, steps - warmup, warmup);
          assert.ok(Math.abs(rateAt(schedule, step) - expected) < 1e-12);
        }
      }),
    );
  });
