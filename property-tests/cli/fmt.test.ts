import assert from "node:assert/strict";
import { readFileSync, statSync, symlinkSync } from "node:fs";
import { test } from "node:test";
import { fileWith, rnnc } from "./run-rnnc.ts";

const untidy = "cell f(x)=x*2 // twice\n\n\n";
const tidy = "cell f(x) = x * 2 // twice\n";

test("fmt writes files in place, and again does nothing", async () => {
  const files = [fileWith("a.rnn", untidy), fileWith("b.rnn", untidy)];
  assert.equal((await rnnc("fmt", ...files)).code, 0);
  for (const file of files) assert.equal(readFileSync(file, "utf8"), tidy);
  assert.deepEqual(await rnnc("fmt", ...files), { code: 0, out: "", err: "" });
});

test("fmt --check writes nothing, and ends with 1 if a file is not formatted", async () => {
  const file = fileWith("a.rnn", untidy);
  const { code, err } = await rnnc("fmt", "--check", file);
  assert.equal(code, 1);
  assert.ok(err.includes(file), err);
  assert.equal(readFileSync(file, "utf8"), untidy);
  assert.deepEqual(await rnnc("fmt", "--check", fileWith("b.rnn", tidy)), { code: 0, out: "", err: "" });
});

test("a file that does not parse stays as it is; the others are formatted, and fmt ends with 1", async () => {
  const [wrong, right] = [fileWith("wrong.rnn", "cell f(x) = = x\n"), fileWith("right.rnn", untidy)];
  const { code, err } = await rnnc("fmt", wrong, right);
  assert.equal(code, 1);
  assert.match(err, /RNN001/);
  assert.equal(readFileSync(wrong, "utf8"), "cell f(x) = = x\n");
  assert.equal(readFileSync(right, "utf8"), tidy);
});

test("fmt keeps a file's mode, and a link to it", async () => {
  const file = fileWith("a.rnn", untidy);
  const link = `${file}.link`;
  symlinkSync(file, link);
  const { mode } = statSync(file);
  assert.equal((await rnnc("fmt", link)).code, 0);
  assert.equal(readFileSync(file, "utf8"), tidy);
  assert.equal(statSync(file).mode, mode);
});
