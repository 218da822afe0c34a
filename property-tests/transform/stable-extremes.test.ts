import assert from "node:assert/strict";
import { test } from "node:test";
import { targetNames } from "../../src/emit/targets.ts";
import { hessianVector } from "../../src/property/index.ts";
import { compiledProgram } from "../property/programs.ts";

/** Of a number `a`: what overflows or vanishes on the way, where it is taken, and what it is with its two derivatives. */
interface Extreme {
  readonly lines: string;
  readonly at: ReadonlyArray<{ readonly a: number; readonly is: readonly [number, number, number] }>;
}

/** What is no number of a precision is Infinity or 0 in it: so the second derivative of the least. */
const powers = { f64: [1e-150, -1e-150, 1e-200, 1e200, -1e200], f32: [1e-18, -1e-18, 1e-25, 1e30, -1e30] };

const extremes = (precision: "f64" | "f32"): ReadonlyArray<Extreme> => [
  {
    lines: "minimize log(softplus(a))",
    at: [
      { a: -800, is: [-800, 1, 0] },
      { a: -1e4, is: [-1e4, 1, 0] },
      { a: 800, is: [Math.log(800), 1 / 800, -1 / 800 ** 2] },
    ],
  },
  {
    lines: "minimize log(max(exp(a), exp(-2 * a)))",
    at: [
      { a: 800, is: [800, 1, 0] },
      { a: -800, is: [1600, -2, 0] },
    ],
  },
  {
    lines: "minimize log(min(exp(a * a), exp(-2 * a)))",
    at: [
      { a: 800, is: [-1600, -2, 0] },
      { a: -800, is: [1600, -2, 0] },
    ],
  },
  {
    lines: "minimize log(max(exp([a; a * a / 800; -a])))",
    at: [
      { a: -800, is: [800, -1.5, 1 / 800] },
      { a: 1600, is: [3200, 4, 1 / 400] },
    ],
  },
  ...[2, 4, -2].map((n) => ({
    lines: `minimize log(a^${n < 0 ? `(${n})` : n})`,
    at: powers[precision].map((a) => ({ a, is: [n * Math.log(Math.abs(a)), n / a, -n / a / a] as const })),
  })),
  {
    lines: "b = a * a\nminimize log(b * b) / 4",
    at: powers[precision].map((a) => ({ a, is: [Math.log(Math.abs(a)), 1 / a, -1 / a / a] })),
  },
];

for (const target of targetNames)
  for (const precision of ["f64", "f32"] as const)
    for (const { lines, at } of extremes(precision))
      test(`finite and right at extremes, to the second derivative: ${lines.replaceAll("\n", "; ")} (${target}, ${precision})`, () => {
        const source = `model M {\n  param a : R\n  ${lines.replaceAll("\n", "\n  ")}\n}\n`;
        const model = compiledProgram(source, { target, precision });
        const one = (value: number) => ({ a: precision === "f32" ? Float32Array.of(value) : Float64Array.of(value) });
        for (const { a, is } of at) {
          const batch = model.pack([{}]);
          const { loss, gradient } = model.gradient(one(a), batch);
          const second = hessianVector(model, { target, precision })(one(a), batch, one(1));
          [loss, gradient.a![0]!, second.a![0]!].forEach((found, order) => {
            const expected = precision === "f32" ? Math.fround(is[order]!) : is[order]!;
            const tolerance = precision === "f64" ? 1e-12 : 4e-6;
            const size = order === 0 ? Math.max(1, Math.abs(expected)) : Math.abs(expected) + 1e-15;
            assert.ok(
              found === expected || Math.abs(found - expected) <= tolerance * size,
              `derivative ${order} at ${a} is ${found}, not ${expected}`,
            );
          });
        }
      });
