import assert from "node:assert/strict";
import { test } from "node:test";
import { compiledProgram } from "../property/programs.ts";

const source = (choice: string) => `model M(n = 64) {
  axis t in 1..T
  // No input is NaN, but the root of -1 is.
  input a[t], b[t], c[t], d[t] : R[n]
  output y
  p[t] = a[t] * sqrt(c[t])
  q[t] = b[t] * sqrt(d[t])
  y[t] = ${choice}
}
`;
const choices = {
  "the lesser": "if p[t] < q[t] then p[t] else q[t]",
  "the greater": "if p[t] < q[t] then q[t] else p[t]",
  "neither of the two": "if p[t] < q[t] then q[t] else 0.5 * p[t]",
  "by a truth that is negated": "if not (p[t] < q[t]) then p[t] else q[t]",
  "by two truths": "if p[t] < q[t] and q[t] < 1 then p[t] else q[t]",
  "by a truth that is a number too": "(if p[t] < q[t] then p[t] else q[t]) + (if p[t] < q[t] then 1 else 0)",
};
const numbers = [0, -0, 1, -1, 1e-40, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN];
const rows = numbers.flatMap((a) => numbers.map(() => a));
const columns = numbers.flatMap(() => numbers);
const known = (values: ReadonlyArray<number>) => [values.map((value) => (Number.isNaN(value) ? 1 : value))];
const roots = (values: ReadonlyArray<number>) => [values.map((value) => (Number.isNaN(value) ? -1 : 1))];
const example = { a: known(rows), b: known(columns), c: roots(rows), d: roots(columns) };

for (const [name, choice] of Object.entries(choices))
  for (const precision of ["f32", "f64"] as const)
    test(`vectors choose ${name} as JavaScript does, of zeros with their signs, infinities and NaN too (${precision})`, () => {
      const [expected, found] = (["js", "wasm"] as const).map((target) => {
        const model = compiledProgram(source(choice), { target, precision });
        return model.forward(model.init(1), model.pack([example])).y!.data;
      });
      assert.equal(expected!.length, 64);
      assert.ok(expected!.some(Number.isNaN));
      expected!.forEach((value, i) => {
        assert.ok(Object.is(value, found![i]), `${i}: ${value}, not ${found![i]}`);
      });
    });
