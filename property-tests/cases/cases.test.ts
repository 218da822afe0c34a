import assert from "node:assert/strict";
import { test } from "node:test";
import { type Target, targetNames } from "../../src/emit/targets.ts";
import { someOf } from "../often.ts";
import { compiledProgram } from "../property/programs.ts";
import { type Case, cases, flat } from "./case.ts";

/** Within how much of a number of its size, or of 1 where that is larger, a result is right. */
const tolerances = { f64: 1e-9, f32: 2e-4 } as const;

// Each in either precision and on either engine; in all four ways where a run is thorough.
for (const [turn, each] of cases().entries())
  for (const [i, target] of targetNames.entries())
    for (const precision of someOf(["f64", "f32"] as const, turn + i, 2))
      test(`the case ${each.name} gives what is right: ${target}, ${precision}`, () => {
        agrees(each, target, precision);
      });

const agrees = (
  { source, params: given, examples, options = {}, expect }: Case,
  target: Target,
  precision: "f32" | "f64",
): void => {
  const compiled = compiledProgram(source, { ...options, target, precision });
  const params = Object.fromEntries(
    Object.entries(given).map(([path, value]) => [path, Float64Array.from(flat(value))]),
  );
  const batch = compiled.pack(examples);
  const near = (found: Iterable<number>, right: ReadonlyArray<number>, what: string): void => {
    const numbers = [...found];
    assert.equal(numbers.length, right.length, what);
    right.forEach((value, i) => {
      const bound = tolerances[precision] * Math.max(1, Math.abs(value));
      assert.ok(Math.abs(numbers[i]! - value) <= bound, `${what}[${i}] is ${numbers[i]}, not ${value}`);
    });
  };
  if (expect.loss !== undefined || expect.grad !== undefined) {
    const found = compiled.gradient(params, batch);
    const losses = [found.loss, compiled.loss(params, batch)];
    if (expect.loss !== undefined) near(losses, [expect.loss, expect.loss], "loss");
    for (const [path, right] of Object.entries(expect.grad ?? {})) near(found.gradient[path]!, flat(right), path);
  }
  const outputs = compiled.forward(params, batch);
  for (const [name, values] of Object.entries(expect.outputs ?? {})) {
    const { data } = outputs[name]!;
    const size = data.length / examples.length;
    values.forEach((value, i) => {
      const right = flat(value);
      // What an example lacks of the longest one is zero.
      const padded = Array.from({ length: size }, (_, place) => right[place] ?? 0);
      near(data.slice(i * size, (i + 1) * size), padded, `${name} of example ${i + 1}`);
    });
  }
};
