import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { targetNames } from "../../src/emit/targets.ts";
import { someOf } from "../often.ts";
import { compiledProgram } from "../property/programs.ts";
import { modelOf } from "../std/cells.ts";
import { logits, spellings } from "./spellings.ts";

/** Logits that are near each other, far apart, or equal; representable in single precision. */
const size = fc.constantFrom(0, 1e4, -1e4);
const small = fc.integer({ min: -3000, max: 3000 }).map((thousandths) => Math.fround(thousandths / 1000));
const given = fc.oneof(
  fc.tuple(size, size, size, small, small, small).map(([a, b, c, d, e, f]) => [a + d, b + e, c + f].map(Math.fround)),
  fc.tuple(size, small).map(([a, b]) => Array<number>(3).fill(Math.fround(a + b))),
  fc.tuple(small, small, small),
);

const source = (lines: string): string => `cell logistic(v) -> p {
  e = exp(-v)
  p = 1 / (1 + e)
}
cell step(v) -> p {
  e = exp(v)
  p = e / sum(e)
}
model M {
  input x : R[3]
  input z : R
  input y : symbol[3]
  ${lines.replaceAll("\n", "\n  ")}
}`;

const close = (what: string, found: number, expected: number, tolerance: number): void =>
  assert.ok(
    Math.abs(found - expected) <= tolerance * Math.max(1, Math.abs(expected)),
    `${what} is ${found}, not ${expected}`,
  );

const ways = targetNames.flatMap((target) => (["f64", "f32"] as const).map((precision) => ({ target, precision })));

spellings.forEach(({ lines, exact }, i) => {
  test(`finite and right at any size: ${lines.replaceAll("\n", "; ")}`, () => {
    for (const { target, precision } of someOf(ways, i, 2)) {
      const model = compiledProgram(source(lines), { target, precision, wrt: ["x", "z"] });
      const tolerance = precision === "f64" ? 1e-11 : 2e-5;
      fc.assert(
        fc.property(given, fc.nat(2), (x, y) => {
          const { loss, gradient } = model.gradient({}, model.pack([{ x, z: x[0]!, y }]));
          const expected = exact(logits(x), y);
          const where = `${target} ${precision}`;
          close(`${where}: the value`, loss, expected.value, tolerance);
          expected.slopes.forEach((slope, i) => {
            const found = (gradient.x?.[i] ?? 0) + (i === 0 ? (gradient.z?.[0] ?? 0) : 0);
            close(`${where}: the slope by logit ${i + 1}`, found, slope, tolerance);
          });
        }),
        { numRuns: 25 },
      );
    }
  });
});

for (const cell of ["LogForward", "HMM", "CRF"])
  test(`${cell} keeps its matrix products: no exponential is taken for each pair of states at each step`, () => {
    const { circuits } = compiledProgram(modelOf(cell));
    const nodes = [circuits.forward, circuits.gradient].flatMap((circuit) => circuit?.nodes ?? []);
    const pairwise = nodes.filter(({ op, axes }) => op.tag === "map" && op.fn === "exp" && axes.length >= 4);
    assert.deepEqual(pairwise, []);
  });

test("the logarithm of a matrix product of exponentials is finite at any size", () => {
  const { forward, pack } = compiledProgram(
    "model M {\n  input a : R[3]\n  input M : R[2,3]\n  output z = log(exp(M) exp(a))\n}",
    { precision: "f64" },
  );
  const { z } = forward(
    {},
    pack([
      {
        a: [1e4, -3, 2e4],
        M: [
          [0, 1, 2e3],
          [-1e5, 7, -1e5],
        ],
      },
    ]),
  );
  assert.deepEqual(Array.from(z!.data), [22e3, 4]);
});
