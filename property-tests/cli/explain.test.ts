import assert from "node:assert/strict";
import { test } from "node:test";
import { rnnc } from "./run-rnnc.ts";

test("explain tells what a code means, with a wrong program and the right one, however the code is written", async () => {
  const told = await rnnc("explain", "RNN134");
  assert.equal(told.code, 0);
  for (const part of ["RNN134: cycle without a delay", "Wrong:", "W b[t]", "Right:", "W b[t-1]"])
    assert.ok(told.out.includes(part), told.out);
  for (const written of ["rnn134", "134"]) assert.deepEqual(await rnnc("explain", written), told);
});

test("explain without a code lists every code with its title", async () => {
  const { code, out } = await rnnc("explain");
  assert.equal(code, 0);
  assert.match(out, /^RNN001 {2}syntax error\n(RNN\d{3} {2}.+\n)+$/);
});

test("explain with an unknown code is wrong usage: 2", async () => {
  const { code, out, err } = await rnnc("explain", "RNN999");
  assert.equal(code, 2);
  assert.equal(out, "");
  assert.match(err, /RNN999.*rnnc explain/);
});

test("no line of an explanation is wider than a terminal", async () => {
  for (const [code] of (await rnnc("explain")).out.matchAll(/^RNN\d+/gm))
    for (const line of (await rnnc("explain", code)).out.split("\n")) assert.ok(line.length <= 80, line);
});
