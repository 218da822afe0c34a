import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { compiledProgram } from "../../examples/tasks/train.ts";
import { batches, parameters } from "../../src/property/index.ts";
import type { Params, Values } from "../../src/runtime/interface.ts";

const both = compiledProgram("caption-both", { precision: "f64" });

/** Taking one of the two paths of the context away leaves the model that never had it. */
const without = (path: string, params: Params): Params => ({ ...params, [path]: params[path]!.map(() => 0) as Values });
const withoutKey = (path: string, params: Params): Params =>
  Object.fromEntries(Object.entries(params).filter(([name]) => name !== path));

for (const [program, cut] of [
  ["caption-each-step", "I"],
  ["caption-first-state", "R"],
] as const)
  test(`conditioning in both ways, without ${cut}, is ${program}`, () => {
    const one = compiledProgram(program, { precision: "f64" });
    fc.assert(
      fc.property(parameters(both), batches(both), (params, { examples }) => {
        const found = both.loss(without(cut, params), both.pack(examples));
        const expected = one.loss(withoutKey(cut, params), one.pack(examples));
        assert.ok(Math.abs(found - expected) <= 1e-12 * Math.max(1, Math.abs(expected)), `${found}, not ${expected}`);
      }),
      { numRuns: 50 },
    );
  });

test("teacher forcing and running freely agree where the targets are what the model itself would choose", () => {
  const model = compiledProgram("name-generation", { precision: "f64" });
  fc.assert(
    fc.property(parameters(model), fc.integer({ min: 1, max: 6 }), fc.nat(1), (params, length, kind) => {
      const free = model.generate(params, { length, choose: "mode", inputs: { kind } }).values.y![0]! as number[];
      const { p } = model.forward(params, model.pack([{ kind, y: free }]));
      free.forEach((letter, t) => {
        const row = p!.data.subarray(t * 5, (t + 1) * 5);
        assert.ok(row[letter]! >= Math.max(...row) - 1e-12);
      });
    }),
    { numRuns: 50 },
  );
});
