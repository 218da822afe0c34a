import assert from "node:assert/strict";
import { statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { createColors } from "picocolors";
import { commands } from "../../src/cli/command-line.ts";
import type { Terminal } from "../../src/cli/terminal.ts";
import { characterModel, filesIn, fileWith, newFolder, rnnc, text } from "./run-rnnc.ts";

const small = ["--streams", "4", "--window", "16", "--save-every", "5", "--warmup", "2", "--rate", "0.02"];
const model = fileWith("characters.rnn", characterModel);
const data = fileWith("text.txt", text);
const train = (run: string, ...more: ReadonlyArray<string>) =>
  rnnc("train", model, "--data", data, "--run", run, ...small, ...more);

const samples: Readonly<Record<string, string>> = {
  "--set": "n=4",
  "--map": "y=text",
  "--memory": "full",
  "--without": "packing",
  "--hold-out": "5",
  "--decay-factor": "0.5",
};
const trainOptions = () => {
  const quiet: Terminal = { out: () => {}, err: () => {}, interactive: false, paint: createColors(false) };
  const all = commands(quiet, () => async () => {}).commands;
  return all.find((command) => command.name() === "train")!.options;
};

test("training learns, saves, and the run can be measured and drawn from", async () => {
  const run = join(newFolder(), "run");
  const { code, out, err } = await train(run, "--steps", "60");
  assert.equal(code, 0, err);
  const bits = Number(/held-out: ([\d.]+) bits\/char/.exec(out)?.[1]);
  assert.ok(bits < 3.5, out);
  const measured = await rnnc("eval", run);
  assert.equal(measured.code, 0, measured.err);
  assert.ok(Math.abs(Number(/^model +([\d.]+)/m.exec(measured.out)![1]) - bits) < 1e-3, measured.out);
  const other = await rnnc("eval", run, "--data", data, "--json");
  assert.ok(JSON.parse(other.out).bits < 4);
  const drawn = await rnnc("generate", run, "--length", "30", "--prefix", "the ");
  assert.equal(drawn.code, 0, drawn.err);
  assert.match(drawn.out, /^the [\s\S]{30}\n$/);
  assert.equal((await rnnc("generate", run, "--length", "30", "--prefix", "the ")).out, drawn.out);
});

test("a training that was stopped and resumed saves the same bytes as one that never stopped", async () => {
  const [straight, stopped] = [join(newFolder(), "run"), join(newFolder(), "run")];
  assert.equal((await train(straight, "--steps", "14", "--decay", "constant")).code, 0);
  assert.equal((await train(stopped, "--steps", "7", "--decay", "constant")).code, 0);
  assert.equal((await rnnc("train", "--resume", stopped, "--steps", "14")).code, 0);
  assert.deepStrictEqual(filesIn(stopped), filesIn(straight));
});

test("a run is never overwritten by a new one", async () => {
  const run = join(newFolder(), "run");
  assert.equal((await train(run, "--steps", "2")).code, 0);
  const before = statSync(join(run, "run.json")).mtimeMs;
  const { code, err } = await train(run, "--steps", "2");
  assert.equal(code, 2);
  assert.match(err, /--resume/);
  assert.equal(statSync(join(run, "run.json")).mtimeMs, before);
});

test("a diverging training ends with 4 and keeps a run that can still be drawn from", async () => {
  const run = join(newFolder(), "run");
  const steep = fileWith("m.rnn", characterModel.replace("softmax(c + P h[t])", "softmax(exp(exp(c + P h[t])))"));
  const { code, err } = await rnnc(
    ...["train", steep, "--data", data, "--run", run, "--steps", "200", "--optimiser", "sgd"],
    ...["--streams", "4", "--window", "16", "--rate", "1e9", "--warmup", "1", "--clip", "1e9"],
  );
  assert.equal(code, 4, err);
  assert.match(err, /diverged in step \d+/);
  assert.equal((await rnnc("generate", run, "--length", "5")).code, 0);
});

test("a model with an input is told what a model of text reads instead", async () => {
  const file = fileWith(
    "m.rnn",
    characterModel.replace("E[y[t-1]]", "E[w[t]]").replace("param b", "input w[t] : symbol[V]\n  param b"),
  );
  const { code, err } = await rnnc("train", file, "--data", data, "--run", join(newFolder(), "run"));
  assert.equal(code, 2);
  assert.match(err, /y\[t-1\]/);
});

test("examples in .jsonl train a model with inputs", async () => {
  const model = fileWith(
    "line.rnn",
    "model Line {\n  axis t in 1..T\n  input x[t] : R\n  input d[t] : R\n  param a, b : R = 0\n  minimize sum[t]((a * x[t] + b - d[t])^2)\n}\n",
  );
  const lines = Array.from({ length: 40 }, (_, i) => {
    const x = Array.from({ length: 1 + (i % 3) }, (_, t) => ((i * 7 + t * 3) % 11) / 11);
    return JSON.stringify({ x, d: x.map((value) => 2 * value - 1) });
  });
  const examples = fileWith("line.jsonl", `${lines.join("\n")}\n`);
  const run = join(newFolder(), "run");
  const { code, out, err } = await rnnc(
    ...[
      "train",
      model,
      "--data",
      examples,
      "--run",
      run,
      "--steps",
      "400",
      "--rate",
      "0.05",
      "--streams",
      "8",
      "--json",
    ],
  );
  assert.equal(code, 0, err);
  assert.ok(JSON.parse(out).heldOut < 0.01, out);
});

test("examples that do not fit the model are unusable data: 2, and the message names the input", async () => {
  const model = fileWith(
    "m.rnn",
    "model M {\n  axis t in 1..T\n  input x[t] : R[2]\n  param a : R[2]\n  minimize sum[t](dot(a, x[t]))\n}\n",
  );
  const run = join(newFolder(), "run");
  const trainOn = (line: string) =>
    rnnc("train", model, "--data", fileWith("m.jsonl", `${line}\n`), "--run", run, "--steps", "1");
  const { code, err } = await trainOn('{"x": [[1, 2, 3]]}');
  assert.equal(code, 2);
  assert.match(err, /x/);
  // No run is left, so the same command goes well once the data do.
  const mended = await trainOn('{"x": [[1, 2]]}');
  assert.equal(mended.code, 0, mended.err);
  const other = await rnnc(
    "train",
    model,
    "--data",
    fileWith("m.jsonl", '{"x": [[1, 2]]}\n{"x": "no"}\n'),
    "--run",
    join(newFolder(), "run"),
  );
  assert.equal(other.code, 2);
  assert.match(other.err, /line 2/);
});

test("an optimiser that decays weights trains, and resumes to the same bytes", async () => {
  const [straight, stopped] = [join(newFolder(), "run"), join(newFolder(), "run")];
  const more = ["--decay", "constant", "--optimiser", "adamw", "--clip-value", "0.01"];
  assert.equal((await train(straight, "--steps", "8", ...more)).code, 0);
  assert.equal((await train(stopped, "--steps", "3", ...more)).code, 0);
  assert.equal((await rnnc("train", "--resume", stopped, "--steps", "8")).code, 0);
  assert.deepStrictEqual(filesIn(stopped), filesIn(straight));
});

test("a training that goes on refuses every option that it does not take, all in one message, and another program", async () => {
  const run = join(newFolder(), "run");
  assert.equal((await train(run, "--steps", "2")).code, 0);
  const before = filesIn(run);
  const taken = "--steps --epochs --patience --max-time --save-every --dry-run --json".split(" ");
  // What --init takes is refused by commander itself, before all else.
  const others = trainOptions().filter(({ long }) => ![...taken, "--resume", "--init"].includes(String(long)));
  assert.ok(others.length > 40);
  const typed = others.flatMap((option) => [
    String(option.long),
    ...(option.isBoolean() ? [] : [option.argChoices?.[0] ?? samples[String(option.long)] ?? "3"]),
  ]);
  const { code, err } = await rnnc("train", model, "--resume", run, "--steps", "4", ...typed);
  assert.equal(code, 2);
  const [, refused, told] = /does not take (.*): it takes (.*)$/m.exec(err) ?? [];
  assert.deepEqual(new Set(refused?.split(", ")), new Set([`the program ${model}`, ...others.map(({ long }) => long)]));
  assert.deepEqual(new Set(told?.split(", ")), new Set(taken));
  assert.deepStrictEqual(filesIn(run), before);
  // The value that is usual is refused as well: it was typed.
  assert.match((await rnnc("train", "--resume", run, "--rate", "0.003")).err, /does not take --rate:/);
  const more = ["--steps", "3", "--patience", "9", "--max-time", "9m", "--save-every", "1", "--json"];
  assert.equal((await rnnc("train", "--resume", run, ...more)).code, 0);
});
