import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { portableExp, portableLog } from "../../src/runtime/elementary.js";
import { newGenerator } from "../../src/runtime/generator.js";
import {
  constantInitial,
  glorotInitial,
  heInitial,
  identityInitial,
  initialParams as initialParamsBy,
  normalInitial,
  orthogonalInitial,
  uniformInitial,
} from "../../src/runtime/initialise.js";
import type { InitialiserInfo, ModelInfo } from "../../src/runtime/interface.ts";
import { describeModel } from "./info.ts";

const initialParams = (model: ModelInfo, seed: number) =>
  initialParamsBy(
    model,
    {
      constant: constantInitial,
      uniform: uniformInitial,
      normal: normalInitial,
      glorot: glorotInitial,
      he: heInitial,
      orthogonal: orthogonalInitial,
      identity: identityInitial,
    },
    seed,
  );

const initial = (init: InitialiserInfo, shape: ReadonlyArray<number>, seed = 1, path = "W"): ReadonlyArray<number> => [
  ...initialParams(describeModel({ params: [{ path, shape, init }] }), seed)[path]!,
];
const mean = (values: ReadonlyArray<number>) => values.reduce((a, b) => a + b, 0) / values.length;
const deviation = (values: ReadonlyArray<number>) => {
  const center = mean(values);
  return Math.sqrt(mean(values.map((x) => (x - center) ** 2)));
};

test("a parameter's start depends on the seed and its path, and on no other parameter", () => {
  const W = { path: "W", shape: [3], init: { tag: "normal", mean: 0, deviation: 1 } } as const;
  const V = { ...W, path: "V" };
  fc.assert(
    fc.property(fc.maxSafeInteger(), (seed) => {
      const both = initialParams(describeModel({ params: [V, W] }), seed);
      const alone = initialParams(describeModel({ params: [W] }), seed);
      assert.deepEqual(both.W, alone.W);
      assert.notDeepEqual(both.V, both.W);
      assert.notDeepEqual(initialParams(describeModel({ params: [W] }), seed === 0 ? 1 : -seed).W, alone.W);
    }),
  );
});

test("the numbers are the same on every machine", () => {
  const random = newGenerator(42, "W");
  assert.deepEqual(
    [random.uniform(), random.uniform(), random.normal(), random.normal()],
    [0.886828255784165, 0.2936958648696557, -0.7521749876009864, 0.27979555379639676],
  );
});

test("constant is the constant, identity is 1 on the diagonal", () => {
  assert.deepEqual(initial({ tag: "constant", value: 2.5 }, [2]), [2.5, 2.5]);
  assert.deepEqual(initial({ tag: "identity" }, [2, 3]), [1, 0, 0, 0, 1, 0]);
});

const spreads: ReadonlyArray<readonly [InitialiserInfo, number, number]> = [
  [{ tag: "uniform", low: -1, high: 3 }, 1, 4 / Math.sqrt(12)],
  [{ tag: "normal", mean: 2, deviation: 0.5 }, 2, 0.5],
  [{ tag: "glorot" }, 0, Math.sqrt(2 / (100 + 200))],
  [{ tag: "he" }, 0, Math.sqrt(2 / 200)],
];
for (const [init, center, spread] of spreads)
  test(`${init.tag} has the mean and the deviation that its source states`, () => {
    const values = initial(init, [100, 200]);
    assert.ok(Math.abs(mean(values) - center) < 0.05 * spread);
    assert.ok(Math.abs(deviation(values) / spread - 1) < 0.02);
  });

test("glorot stays within its bounds", () => {
  const bound = Math.sqrt(6 / 30);
  for (const value of initial({ tag: "glorot" }, [10, 20])) assert.ok(Math.abs(value) <= bound);
});

test("orthogonal rows, or columns if they are fewer, are orthonormal", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }), fc.nat(), (rows, columns, seed) => {
      const values = initial({ tag: "orthogonal" }, [rows, columns], seed);
      const count = Math.min(rows, columns);
      const entry = (line: number, i: number) =>
        rows <= columns ? values[line * columns + i]! : values[i * columns + line]!;
      for (let a = 0; a < count; a += 1)
        for (let b = 0; b < count; b += 1) {
          const dot = Array.from({ length: Math.max(rows, columns) }, (_, i) => entry(a, i) * entry(b, i));
          assert.ok(Math.abs(dot.reduce((x, y) => x + y, 0) - (a === b ? 1 : 0)) < 1e-12);
        }
    }),
  );
});

test("a seed that is no integer is refused", () => {
  assert.throws(() => initialParams(describeModel({}), 0.5), {
    name: "RnncError",
    message: /^seed: expected an integer/,
  });
});

test("exponential and logarithm agree with the platform's to the last bits", () => {
  const close = (a: number, b: number) => Object.is(a, b) || Math.abs(a - b) <= 4e-16 * Math.abs(b) + Number.MIN_VALUE;
  fc.assert(
    fc.property(fc.double({ min: -740, max: 709 }), fc.double({ min: 1e-300, max: 1e300 }), (x, y) => {
      assert.ok(close(portableExp(x), Math.exp(x)), `exp ${x}: ${portableExp(x)} ${Math.exp(x)}`);
      assert.ok(close(portableLog(y), Math.log(y)), `log ${y}: ${portableLog(y)} ${Math.log(y)}`);
    }),
  );
  assert.deepEqual([-1e9, 1e9, Number.NaN, 0].map(portableExp), [0, Number.POSITIVE_INFINITY, Number.NaN, 1]);
  assert.deepEqual([0, -1, 1, Infinity].map(portableLog), [Number.NEGATIVE_INFINITY, Number.NaN, 0, Infinity]);
});
