import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { summary } from "../../src/cli/summary.ts";
import { elementaryValue } from "../../src/elementary/value.ts";
import { targetNames } from "../../src/emit/targets.ts";
import { compiledProgram } from "../property/programs.ts";

const withInitialiser = (initialiser: string): string => `model M(n = 16) {
  input x : R[3,4]
  param w : R[3,4] ~ ${initialiser}
  output y = w * x
}
`;

const log = (x: number): number => elementaryValue("log", x);
const exp = (x: number): number => elementaryValue("exp", x);

/** A function of a draw as it is written, and its value. */
const functions: ReadonlyArray<readonly [draw: string, written: string, value: (x: number) => number]> = [
  ["uniform(1, 16)", "log(uniform(1, n))", log],
  ["uniform(1, 16)", "-log(uniform(1, 16) + 2 * n)", (x) => -log(x + 32)],
  ["normal(0, 0.5)", "exp(normal(0, 1 / 2))", exp],
  ["orthogonal", "0.1 * orthogonal", (x) => 0.1 * x],
  ["glorot", "relu(glorot)", (x) => Math.max(0, x)],
  ["uniform(-1, 1)", "sin(uniform(-1, 1))^2", (x) => elementaryValue("pow", elementaryValue("sin", x), 2)],
  ["identity", "clip(3 identity - 1, 0, sqrt(2))", (x) => (x === 1 ? Math.SQRT2 : 0)],
  ["he", "atan(he) / erf(0.5)", (x) => elementaryValue("atan", x) / elementaryValue("erf", 0.5)],
];

for (const target of targetNames)
  test(`a parameter that starts from a function of a draw is that of what the draw alone gives: ${target}`, () => {
    fc.assert(
      fc.property(fc.constantFrom(...functions), fc.integer({ min: 1, max: 1000 }), ([draw, written, value], seed) => {
        const model = compiledProgram(withInitialiser(written), { target });
        const alone = compiledProgram(withInitialiser(draw), { target });
        const [found, drawn] = [model, alone].map((each) => each.init(seed).w!);
        assert.deepEqual([...found!], [...drawn!].map(value));
      }),
      { numRuns: 20 },
    );
  });

test("each draw that is written is one of its own", () => {
  const { w } = compiledProgram(withInitialiser("uniform(0, 1) - uniform(0, 1)")).init(1);
  assert.ok([...w!].every((x) => x !== 0 && Math.abs(x) < 1) && [...w!].some((x) => x < 0));
});

test("a summary prints an initialiser as a program may write it", () => {
  for (const [, written] of functions) {
    const compiled = compiledProgram(withInitialiser(written));
    const [, printed] = summary(compiled).match(/w +R\[3,4\] +~ (.*?) +12$/m) ?? assert.fail(summary(compiled));
    assert.ok(!/\bn\b/.test(printed!), printed);
    assert.deepEqual(compiledProgram(withInitialiser(printed!)).init(3), compiled.init(3));
  }
});

test("a module on disk has the functions that its parameters begin by", async () => {
  const compiled = compiledProgram(withInitialiser("log(uniform(1, n))"));
  const module = (await import(`data:text/javascript,${encodeURIComponent(compiled.moduleText)}`)) as typeof compiled;
  assert.deepEqual(module.init(7), compiled.init(7));
});
