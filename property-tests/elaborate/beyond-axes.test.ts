import assert from "node:assert/strict";
import { test } from "node:test";
import { body, modelOf, placeOf } from "./programs.ts";

const fixed = "axis k in 1..3\ninput y[k] : R\ninput x[t] : R\n";

/** What is asked of an index, and whether it is so at every position: undefined where that differs. */
const asked: ReadonlyArray<readonly [string, boolean | undefined]> = [
  ["t == 0", false],
  ["0 == t", false],
  ["t != 0", true],
  ["t > 0", true],
  ["0 < t", true],
  ["t >= 1 - 2", true],
  ["t < 0", false],
  ["t <= 0", false],
  ["0 >= t", false],
  ["t == T + 1", false],
  ["t < T + 1", true],
  ["t == 1", undefined],
  ["t >= 1", undefined],
  ["t == T", undefined],
  ["t == 100", undefined],
  ["x[t] == 0", undefined],
];

const told = (source: string) => modelOf(source).warnings.filter(({ code }) => code === "RNN154");

for (const [condition, always] of asked)
  test(`whether \`${condition}\` is so at every position or at none is told`, () => {
    const source = body(`input x[t] : R\noutput o[t] = if ${condition} and x[t] < 2 then x[t] else 1`);
    const warnings = told(source);
    assert.equal(warnings.length, always === undefined ? 0 : 1);
    if (always === undefined) return;
    assert.equal(placeOf(source, warnings[0]!), condition);
    assert.ok(warnings[0]!.message.endsWith(always ? "so this is always true." : "so this is never true."));
  });

test("the last position of an axis of static size is known", () => {
  for (const [condition, count] of [
    ["k == 4", 1],
    ["k <= n", 0],
    ["k == n + 1", 1],
    ["k > 3", 0],
  ] as const)
    assert.equal(
      told(body(`${fixed}output o[k] = if ${condition} then y[k] else 1\noutput z = sum[t](x[t])`)).length,
      count,
      condition,
    );
});

test("a cell is told of what it never asks with right, and not of how long an axis is where it is applied", () => {
  const cell = (condition: string): string => `cell C(v[i]) -> w[i] {\n  w[i] = if ${condition} then v[i] else 0\n}\n`;
  const applied = body(`${fixed}output o[k] = C(y[k])\noutput z = sum[t](x[t])`);
  assert.deepEqual(told(cell("i == 7") + applied), []);
  assert.match(told(cell("i == 0") + applied)[0]!.message, /positions of `i` begin at 1/);
});
