import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { targetNames } from "../../src/emit/targets.ts";
import { compiledProgram } from "../property/programs.ts";

const modulo = (x: number, n: number): number => ((x % n) + n) % n;

for (const target of targetNames)
  for (const precision of ["f64", "f32"] as const)
    test(`mod(t, n) is what is left of a position by n, also of sums, of lengths and in a cell that runs backward: ${target}, ${precision}`, () => {
      fc.assert(
        fc.property(fc.integer({ min: 1, max: 7 }), fc.integer({ min: -9, max: 9 }), fc.nat(12), (n, k, T) => {
          const model = compiledProgram(
            `cell Marks(n)(x[t]) -> m[t] {
              m[t] = x[t] * (if mod(t, n) == 0 then 1 else 0)
            }
            model M(n = ${n}) {
              axis t in 1..T
              input x[t] : R
              output a[t] = mod(t, n)
              output b[t] = mod(2 * t - T + ${k}, n)
              output c[t] = Marks(n)(x[t])
              output d[t] = backward Marks(n)(x[t])
              h[0] = 0
              output h[t] = if mod(t, n) == 0 then x[t] + h[t-1] else h[t-1]
            }`,
            { target, precision },
          );
          const t = Array.from({ length: T }, (_, i) => i + 1);
          const found = model.forward({}, model.pack([{ x: t }]));
          const values = (name: string): ReadonlyArray<number> => [...found[name]!.data];
          assert.deepEqual(
            values("a"),
            t.map((at) => modulo(at, n)),
          );
          assert.deepEqual(
            values("b"),
            t.map((at) => modulo(2 * at - T + k, n)),
          );
          assert.deepEqual(
            values("c"),
            t.map((at) => (at % n === 0 ? at : 0)),
          );
          assert.deepEqual(
            values("d"),
            t.map((at) => ((T + 1 - at) % n === 0 ? at : 0)),
          );
          const sums = t.map((at) => t.slice(0, at).reduce((sum, each) => sum + (each % n === 0 ? each : 0), 0));
          assert.deepEqual(values("h"), sums);
        }),
        { numRuns: 12 },
      );
    });

test("functions of static numbers are static: in sizes, in families and as conditions", () => {
  const model = compiledProgram(
    `model M(n = 6, L = 4) {
      input x : R[max(n, 2) - mod(n, 4)]
      z[0] = x
      for l in 1..L {
        z[l] = if mod(l, 2) == 0 then 2 * z[l-1] else z[l-1] + 1
      }
      output y : R[abs(-4)] = z[L]
      output e = log(exp(1)) * sqrt(4)
    }`,
  );
  const found = model.forward({}, model.pack([{ x: [0, 1, 2, 3] }]));
  assert.deepEqual(
    [...found.y!.data],
    [0, 1, 2, 3].map((x) => ((x + 1) * 2 + 1) * 2),
  );
  assert.deepEqual([...found.e!.data], [2]);
});
