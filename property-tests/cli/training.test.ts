import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import * as E from "fp-ts/lib/Either.js";
import { timeText } from "../../src/cli/progress.ts";
import { loadRun } from "../../src/train/run-folder.ts";
import { characterModel, filesIn, fileWith, newFolder, rnnc, text } from "./run-rnnc.ts";

const line = fileWith(
  "line.rnn",
  "model Line {\n  axis t in 1..T\n  input x[t] : R\n  input d[t] : R\n  param a, b : R = 0\n  minimize sum[t]((a * x[t] + b - d[t])^2)\n}\n",
);
const examples = (count: number, noise = 0): string =>
  Array.from({ length: count }, (_, i) => {
    const x = Array.from({ length: 1 + (i % 3) }, (_, t) => ((i * 7 + t * 3) % 11) / 11);
    return `${JSON.stringify({ x, d: x.map((value, t) => 2 * value - 1 + noise * Math.sin(37 * i + t)) })}\n`;
  }).join("");
const data = fileWith("line.jsonl", examples(40));
const noisy = fileWith("noisy.jsonl", examples(40, 3));
const newRun = (): string => join(newFolder(), "run");
const train = (run: string, ...more: ReadonlyArray<string>) =>
  rnnc("train", line, "--data", data, "--run", run, "--streams", "8", "--rate", "0.05", ...more);
const bytesOf = filesIn;
const logOf = (run: string) =>
  readFileSync(join(run, "log.jsonl"), "utf8")
    .trim()
    .split("\n")
    .map((each) => JSON.parse(each));
const loaded = (run: string) => {
  const found = loadRun(run);
  assert.ok(E.isRight(found));
  return found.right;
};
const told = async (code: number, expected: RegExp, ...words: ReadonlyArray<string>): Promise<string> => {
  const { code: found, out, err } = await rnnc(...words);
  assert.equal(found, code, err);
  assert.match(out + err, expected);
  return out;
};

test("so many epochs are so many steps that go through all data, whatever a step adds up", async () => {
  for (const [accumulate, steps] of [
    [1, 15],
    [2, 8],
    [7, 3],
  ] as const) {
    const run = newRun();
    // 36 examples of which 8 are a batch: five of them make an epoch.
    const { code, err } = await train(run, "--epochs", "3", "--accumulate", String(accumulate));
    assert.equal(code, 0, err);
    const { recipe, training } = loaded(run);
    assert.equal(recipe.settings.schedule.steps, steps);
    assert.equal(training.step, steps);
    assert.ok(training.cursor.epoch >= 3);
  }
  const run = newRun();
  await told(2, /--steps and --epochs/, "train", line, "--data", data, "--run", run, "--steps", "3", "--epochs", "1");
});

test("what is held out is measured before the first step, after each epoch and at the end; the log has it all", async () => {
  const run = newRun();
  assert.equal((await train(run, "--steps", "17", "--precision", "f64")).code, 0);
  const log = logOf(run);
  assert.deepEqual(
    log.filter(({ heldOut }) => heldOut !== null).map(({ step }) => step),
    [0, 5, 10, 15, 17],
  );
  assert.deepEqual(Object.keys(log[1]), ["step", "epoch", "loss", "heldOut", "norm", "rate", "seconds", "norms"]);
  assert.ok(log.every(({ norms }, i) => (i === 0) === (norms === undefined)));
  // The whole gradient is as long as those by its parameters are together.
  for (const { norm, norms } of log.slice(1))
    assert.ok(Math.abs(Math.hypot(...Object.values<number>(norms)) / norm - 1) < 1e-3);
  assert.ok(log.slice(1).every(({ loss, norm, rate }) => loss > 0 && norm > 0 && rate > 0));
  const { watch } = loaded(run).training;
  assert.equal(watch.last!.step, 17);
});

const endings: ReadonlyArray<readonly [name: string, options: ReadonlyArray<string>]> = [
  ["accumulation", ["--accumulate", "3"]],
  ["batches by length", ["--by-length"]],
  ["cosine decay", ["--decay", "cosine"]],
  ["a plateau", ["--decay", "plateau", "--decay-patience", "1", "--evaluate-every", "2"]],
  ["patience", ["--patience", "2", "--evaluate-every", "3"]],
];

for (const [name, options] of endings)
  test(`with ${name} a training that time stopped goes on to the bytes of one that never stopped, and its log to the same lines`, async () => {
    const [straight, stopped] = [newRun(), newRun()];
    const words = ["train", line, "--data", noisy, "--streams", "8", "--rate", "0.3", "--warmup", "2", ...options];
    assert.equal((await rnnc(...words, "--steps", "30", "--run", straight)).code, 0);
    await told(0, /The time is up/, ...words, "--steps", "30", "--run", stopped, "--max-time", "0.001s");
    assert.ok(loaded(stopped).training.step < 30);
    // A few lines too many, as of a process that was killed after it had saved.
    const log = join(stopped, "log.jsonl");
    writeFileSync(log, `${readFileSync(log, "utf8")}{"step": 28, "seconds": 9}\n{"ste`);
    await told(0, /held-out/, "train", "--resume", stopped);
    assert.deepStrictEqual(bytesOf(stopped), bytesOf(straight));
    const lines = [straight, stopped].map((run) => logOf(run).map(({ seconds, ...rest }) => rest));
    assert.deepEqual(lines[1], lines[0]);
  });

test("a training ends early by patience, and what uses the run takes the best weights, or the last if asked", async () => {
  const run = newRun();
  const rising = [
    "--rate",
    "5",
    "--decay",
    "constant",
    "--patience",
    "3",
    "--evaluate-every",
    "1",
    "--precision",
    "f64",
  ];
  const words = ["train", line, "--data", noisy, "--streams", "8", "--warmup", "0", ...rising];
  const out = JSON.parse(
    await told(0, /Stopped early: 3 evaluations/, ...words, "--run", run, "--steps", "90", "--json"),
  );
  const { watch, step } = loaded(run).training;
  assert.ok(step < 90);
  assert.deepEqual(out.best, { step: watch.best!.step, heldOut: watch.best!.heldOut });
  assert.deepEqual(out.last, { step, heldOut: watch.last!.heldOut });
  assert.equal(step, watch.best!.step + 3);
  const measured = async (...more: ReadonlyArray<string>) =>
    JSON.parse((await rnnc("eval", run, "--json", ...more)).out).loss as number;
  assert.ok(Math.abs((await measured()) - out.best.heldOut) < 1e-12);
  assert.ok(Math.abs((await measured("--last")) - out.last.heldOut) < 1e-12);
  // It stays at its end until it is given more patience.
  const before = bytesOf(run);
  assert.equal((await rnnc("train", "--resume", run)).code, 0);
  assert.deepStrictEqual(bytesOf(run), before);
  assert.equal((await rnnc("train", "--resume", run, "--patience", "5")).code, 0);
  assert.ok(loaded(run).training.step > step);
});

test("what goes by held-out data is refused where nothing is held out", async () => {
  const few = fileWith("few.jsonl", examples(5));
  for (const option of [
    ["--patience", "2"],
    ["--decay", "plateau"],
  ])
    await told(2, /nothing is: --hold-out/, "train", line, "--data", few, "--run", newRun(), ...option);
});

test("batches whose weights only the program knows are not added up as if all weighed the same", async () => {
  const weighted = fileWith(
    "w.rnn",
    "model M {\n  axis t in 1..T\n  input x[t] : R\n  input w[t] : R\n  param a : R = 0\n  d[t] ~ normal(a * x[t], 1) weight w[t]\n}\n",
  );
  const lines = fileWith("w.jsonl", '{"x": [1, 2], "w": [1, 0], "d": [1, 1]}\n'.repeat(20));
  const words = ["train", weighted, "--data", lines, "--steps", "2", "--accumulate", "2", "--loss"];
  await told(2, /take --loss sum/, ...words, "perObservation", "--run", newRun());
  await told(0, /held-out/, ...words, "sum", "--run", newRun());
});

test("a dry run says what a training would be, and leaves nothing", async () => {
  const folder = newFolder();
  const words = [
    "train",
    line,
    "--data",
    data,
    "--run",
    join(folder, "run"),
    "--streams",
    "8",
    "--epochs",
    "4",
    "--dry-run",
  ];
  const out = await told(0, /expected time/, ...words);
  assert.match(out, /^parameters: 2\nbatches per epoch: 5\nsteps: 20 \(4 epochs\)\nbefore the first step: loss /);
  const { parameters, batchesPerEpoch, steps, heldOutExamples } = JSON.parse((await rnnc(...words, "--json")).out);
  assert.deepEqual([parameters, batchesPerEpoch, steps, heldOutExamples], [2, 5, 20, 4]);
  assert.deepEqual(readdirSync(folder), []);
  const model = fileWith("c.rnn", characterModel);
  await told(
    0,
    /batches per epoch: 43\n/,
    "train",
    model,
    "--data",
    fileWith("t.txt", text),
    "--dry-run",
    "--streams",
    "4",
    "--window",
    "16",
  );
  assert.equal(existsSync(join("runs", "c")), false);
});

test("a model learns a few examples by heart, also where it learns nothing of others", async () => {
  const run = newRun();
  const words = ["train", line, "--data", noisy, "--run", run, "--overfit", "1", "--steps", "600", "--rate", "0.05"];
  const { heldOut } = JSON.parse(await told(0, /heldOut/, ...words, "--json"));
  assert.ok(heldOut < 0.3, `${heldOut}`);
  const model = fileWith("c.rnn", characterModel);
  const window = ["--streams", "4", "--window", "16", "--overfit", "3", "--steps", "300", "--rate", "0.03", "--json"];
  const learned = await rnnc("train", model, "--data", fileWith("t.txt", text), "--run", newRun(), ...window);
  assert.ok(JSON.parse(learned.out).heldOut < 0.6, learned.out);
});

test("an optimisation that training does without changes no loss beyond rounding", async () => {
  const [all, without] = [newRun(), newRun()];
  const losses = await Promise.all([
    train(all, "--steps", "8", "--precision", "f64", "--json"),
    train(without, "--steps", "8", "--precision", "f64", "--json", "--without", "packing"),
  ]);
  const [a, b] = losses.map(({ out }) => JSON.parse(out).heldOut as number);
  assert.ok(Math.abs(a! - b!) < 1e-10);
  assert.deepEqual(loaded(without).recipe.without, ["packing"]);
});

test("a training that diverges names the equation, the position and its operands, and keeps the last good weights", async () => {
  const model = fileWith(
    "m.rnn",
    "model M {\n  axis t in 1..T\n  input x[t] : R\n  param s : R = 1\n  y[t] = exp(s * x[t])\n  minimize sum[t](y[t])\n}\n",
  );
  const run = newRun();
  const out = await rnnc(
    ...["train", model, "--data", fileWith("m.jsonl", '{"x": [1, 2]}\n{"x": [1, 2, 99.5]}\n')],
    ...["--run", run, "--steps", "5", "--streams", "2"],
  );
  assert.equal(out.code, 4);
  assert.match(out.err, /diverged in step 1/);
  assert.match(
    out.err,
    /on the way to the loss: y at t = 3: exp gives Infinity of 99\.5\.\n {2}.*m\.rnn:5: y\[t\] = exp\(s \* x\[t\]\)/,
  );
  assert.deepEqual([...loaded(run).training.params.s!], [1]);
});

test("times are said as people say them, and read", async () => {
  assert.deepEqual([0.4, 59.4, 59.6, 3599, 7260].map(timeText), [
    "0 s",
    "59 s",
    "1 min 0 s",
    "59 min 59 s",
    "2 h 1 min",
  ]);
  for (const wrong of ["90", "5 m", "0s", "-1h", "1d"])
    await told(2, /a time like 90s, 5m or 1h/, "train", line, "--data", data, `--max-time=${wrong}`);
});
