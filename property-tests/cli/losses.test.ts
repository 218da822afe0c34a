import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { fileWith, newFolder, rnnc } from "./run-rnnc.ts";

const tagger = fileWith(
  "tagger.rnn",
  `model Tagger(m = 3) {
  axis t in 1..T
  input x[t] : R[2]
  param W : R[m,2]
  param b : R[m]
  y[t] ~ categorical(softmax(W x[t] + b))
}`,
);
const examples = [
  {
    x: [
      [1, 2],
      [0, 1],
      [1, 0],
    ],
    y: [0, null, 2],
  },
  { x: [[2, 1]], y: [1] },
];
const data = fileWith("labels.jsonl", examples.map((example) => JSON.stringify(example)).join("\n"));

test("a module's loss of a batch is the sum, the mean or that per observed value, as asked", async () => {
  const losses = await Promise.all(
    (["sum", "mean", "perObservation"] as const).map(async (loss) => {
      const path = join(newFolder(), "m.mjs");
      const { code, err } = await rnnc("compile", tagger, "--loss", loss, "--precision", "f64", "-o", path);
      assert.equal(code, 0, err);
      const { init, loss: lossOf, pack } = await import(pathToFileURL(path).href);
      return lossOf(init(1), pack(examples)) as number;
    }),
  );
  assert.ok(Math.abs(losses[0]! / 2 - losses[1]!) < 1e-12 && Math.abs(losses[0]! / 3 - losses[2]!) < 1e-12);
  for (const loss of ["sum", "mean", "perObservation"])
    assert.equal((await rnnc("gradcheck", tagger, "--times", "1", "--loss", loss)).code, 0);
});

test("a loss that a program cannot have is refused with what is missing", async () => {
  const silent = fileWith("silent.rnn", "model S {\n  input x : R\n  param a : R\n  output y = a * x\n}");
  const unobserved = fileWith("unobserved.rnn", "model U {\n  input x : R\n  param a : R\n  minimize (a * x)^2\n}");
  const out = join(newFolder(), "m.mjs");
  const first = await rnnc("compile", silent, "--loss", "sum", "-o", out);
  assert.equal(first.code, 2);
  assert.match(first.err, /S has no loss, so there is no --loss sum of a batch/);
  const second = await rnnc("compile", unobserved, "--loss", "perObservation", "-o", out);
  assert.equal(second.code, 1);
  assert.match(second.err, /U observes nothing that its loss could be divided by/);
  assert.equal((await rnnc("compile", tagger, "--loss", "median", "-o", out)).code, 2);
  assert.equal((await rnnc("check", tagger, "--loss", "sum")).code, 2);
});

test("labels that are missing in a file are trained without, and whatever is frozen stays", async () => {
  const short = ["--steps", "4", "--hold-out", "2", "--streams", "2", "--optimiser", "adamw"];
  for (const more of [[], ["--loss", "sum"], ["--loss", "perObservation"], ["--weight-decay-of", "matrices"]]) {
    const run = join(newFolder(), "run");
    const { code, err, out } = await rnnc("train", tagger, "--data", data, "--run", run, ...short, ...more);
    assert.equal(code, 0, err);
    assert.match(out, /held-out: loss [\d.]+/);
    const measured = await rnnc("eval", run);
    const [one, other] = [out, measured.out].map((text) => Number(/loss ([\d.]+)/.exec(text)![1]));
    assert.ok(Math.abs(one! - other!) < 1e-3, `${out} ${measured.out}`);
    assert.equal((await rnnc("train", "--resume", run, "--steps", "6")).code, 0);
  }
  const run = join(newFolder(), "run");
  const frozen = await rnnc("train", tagger, "--data", data, "--run", run, ...short, "--freeze", "W", "--freeze", "b*");
  assert.equal(frozen.code, 0, frozen.err);
  const nothing = await rnnc("train", tagger, "--data", data, "--run", `${run}2`, ...short, "--freeze", "enc.*");
  assert.equal(nothing.code, 1);
  assert.match(nothing.err, /There is no parameter enc\.\* to freeze/);
  const vain = await rnnc("train", tagger, "--data", data, "--run", `${run}3`, "--weight-decay-of", "all");
  assert.match(vain.err, /--weight-decay-of is for adamw: adam has no weight decay/);
});

test("an input that is null is refused, with its example and its place", async () => {
  const wrong = fileWith("wrong.jsonl", '{"x": [[1, 2]], "y": [0]}\n{"x": [[1, null]], "y": [0]}\n');
  const { code, err } = await rnnc("train", tagger, "--data", wrong, "--run", join(newFolder(), "run"));
  assert.equal(code, 2);
  assert.match(err, /line 2: x\[0\]\[1\]: I expected a value, and found nothing/);
  const text = fileWith("text.jsonl", '{"x": [[1, "2"]], "y": [0]}\n');
  const { err: told } = await rnnc("train", tagger, "--data", text, "--run", join(newFolder(), "run"));
  assert.match(told, /line 1: x\[0\]\[1\]: I expected a number, and found "2"/);
});
