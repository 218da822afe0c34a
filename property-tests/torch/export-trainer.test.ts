import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { example, fileWith, linesOf, newFolder, rnnc, trained } from "../cli/run-rnnc.ts";
import { isThorough } from "../often.ts";
import { answerOf, skip } from "./python.ts";
import { apart, type Ended, logOf, type Run, weightsIn } from "./trained.ts";
import { besideRnnc, outputOf, params, rows, ruleNames, runOf, scriptOf, trainingsApart } from "./trainer-runs.ts";

const losses = isThorough ? (["perObservation", "mean", "sum"] as const) : (["perObservation"] as const);
const worlds = isThorough ? [1, 2, 3, 4] : [1, 2, 4];

const scripts = losses.map(scriptOf);
const first = scripts[0]!;
const worldRuns = scripts.flatMap((script) => worlds.map((world) => runOf(script, `of ${world}`, world)));
const deathRuns = [runOf(first, "died", 4, 12), runOf(first, "died", 2)];
const asRnnc = ruleNames
  .filter((name) => isThorough || name === "momentum" || name === "adamw")
  .map((name) => ({ name, ...besideRnnc(name) }));

const badLines = [
  JSON.stringify(rows[0]),
  '{"x": [[1, 2]], "s": 1, "y": [1, 2]}',
  "",
  '{"x": [[1, 2]], "s": 1.5}',
  "{no",
  '{"x": [[1, 2]], "s": 1, "z": 3}',
  '{"x": [[1, 2]], "s": 1, "T": 2}',
  '{"x": [[1]], "s": 1}',
];
const badFile = fileWith("bad.jsonl", badLines.join("\n"));
const outside = fileWith("outside.jsonl", `${JSON.stringify(rows[0])}\n{"s": 7, "x": [[1, 2]], "y": [0]}\n`);
const noisy = fileWith(
  "noisy.jsonl",
  rows.map((row, i) => JSON.stringify(i === 2 ? { ...row, m: row.x.map(() => 1) } : row)).join("\n"),
);
const refusedRuns: ReadonlyArray<Run> = [
  ["--data", badFile],
  ["--data", outside, "--output", join(newFolder(), "out")],
  ["--data", first.data, "--output", outputOf(first, "of 1"), "--rate", "0.5"],
  ["--data", noisy, "--output", join(newFolder(), "out")],
].map((words) => ({ script: first.script, world: 1, words: [...words, "--cpu"] }));

const rnncRuns = asRnnc.map(({ run }) => run);
const runs = [...worldRuns, ...deathRuns, ...rnncRuns, ...refusedRuns];
const ended = skip === false ? answerOf<ReadonlyArray<Ended>>("trainer.py", runs)! : [];
const endsOf = (own: ReadonlyArray<Run>): ReadonlyArray<Ended> => own.map((run) => ended[runs.indexOf(run)]!);

const mustEndAlike = (one: string, other: string): void => {
  const error = trainingsApart(one, other);
  assert.ok(error < 1e-12, `${other} is ${error} from ${one}`);
};

test("any number of processes gives what one gives, with fewer examples than processes, too", { skip }, () => {
  for (const [i, { codes, told }] of endsOf(worldRuns).entries())
    assert.deepEqual(codes, Array(worldRuns[i]!.world).fill(0), told);
  for (const script of scripts)
    for (const world of worlds) mustEndAlike(outputOf(script, "of 1"), outputOf(script, `of ${world}`));
});

test("what is frozen stays, and all else moves", { skip }, () => {
  const after = weightsIn(join(outputOf(first, "of 2"), "weights.safetensors"));
  for (const [path, values] of Object.entries(params))
    assert.equal(apart(Array.from(values), after[path]!) === 0, path === "g", path);
});

test("a training of which a process is killed goes on with another number of them to the same end", { skip }, () => {
  const [killed, on] = endsOf(deathRuns);
  assert.ok(killed!.codes.every((code) => code !== 0));
  assert.deepEqual(on!.codes, [0, 0], on!.told);
  assert.match(on!.told, /Going on from step 6/);
  mustEndAlike(outputOf(first, "of 1"), outputOf(first, "died"));
});

test("all examples at once train as rnnc itself trains, by every optimiser", { skip }, () => {
  for (const [i, { codes, told }] of endsOf(rnncRuns).entries()) {
    assert.deepEqual(codes, [0], told);
    const error = asRnnc[i]!.apart();
    assert.ok(error < 1e-12, `${asRnnc[i]!.name} is ${error} from rnnc's`);
  }
});

test("bad lines are told by their numbers, all at once, and what a checkpoint was begun with", { skip }, () => {
  const [lines, symbol, otherwise, noise] = endsOf(refusedRuns);
  for (const { codes, told } of [lines!, symbol!, otherwise!, noise!]) {
    assert.deepEqual(codes, [2], told);
    assert.doesNotMatch(told, /Traceback/);
  }
  for (const [line, message] of [
    [2, "y: expected 1 along t, as x has, found 2"],
    [4, "s: expected a symbol: an integer from 0 to 3, found 1.5"],
    [5, "it is no JSON"],
    [6, "z: expected one of x, s, y, m, T, found another name"],
    [7, "T: expected 1 along t, as x has, found 2"],
  ])
    assert.ok(lines!.told.includes(`bad.jsonl, line ${line}: ${message}`), lines!.told);
  assert.match(lines!.told, /and 1 more/);
  assert.match(symbol!.told, /outside\.jsonl, line 2: s: expected a symbol: an integer from 0 to 3, found 7/);
  assert.match(noise!.told, /noisy\.jsonl, line 1: m is missing, which .*noisy\.jsonl, line 3 has/);
  assert.match(otherwise!.told, /begun otherwise \(.*--rate was 0\.003/);
});

const series = `model Series(n = 3) {
  axis t in 1..T
  input x[t] : R[1]
  param W, U
  param v : R[n]
  param b = 0
  h[0] = 0
  h[t] : R[n] = tanh(W h[t-1] + U x[t])
  y[t] ~ normal(v^T h[t] + b, 1)
}`;

test("rnnc reads the weights back, and measures what the script measured", { skip }, async () => {
  const lines = rows.flatMap(({ x }) => (x.length === 0 ? [] : [{ x: x.map(([a]) => [a]), y: x.map(([, b]) => b) }]));
  const data = fileWith("rows.jsonl", lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
  const run = await trained(fileWith("series.rnn", series), "--data", data, "--steps", "2", "--precision", "f64");
  const module = join(newFolder(), "series.py");
  const { code, err } = await rnnc("export", run, "--to", "pytorch", "--trainer", "-o", module);
  assert.equal(code, 0, err);
  const output = join(newFolder(), "out");
  const script = join(module, "..", "train.py");
  const words = ["--data", data, "--held-out", data, "--output", output, "--steps", "7", "--precision", "f64", "--cpu"];
  const [end] = answerOf<ReadonlyArray<Ended>>("trainer.py", [{ script, world: 2, words }])!;
  assert.deepEqual(end!.codes, [0, 0], end!.told);
  const imported = await rnnc("weights", "import", run, "--from", join(output, "weights.safetensors"));
  assert.equal(imported.code, 0, imported.err);
  const measured = await rnnc("eval", run, "--data", data, "--json");
  const [report] = linesOf(measured.out);
  const { heldOut } = logOf(output).at(-1)!;
  assert.ok(apart([heldOut!], [report.loss]) < 1e-12, measured.out);
});

test("the trainer is of PyTorch alone, of models with a loss, and overwrites nothing of one's own", async () => {
  const folder = newFolder();
  const output = join(folder, "elman.py");
  const refused = async (words: ReadonlyArray<string>, message: RegExp): Promise<void> => {
    const { code, err } = await rnnc("export", ...words);
    assert.equal(code, 2);
    assert.match(err, message);
    assert.ok(!existsSync(output));
  };
  const elman = example("elman");
  await refused([elman, "--trainer", "-o", "elman.js"], /--trainer is of --to pytorch/);
  await refused([elman, "--to", "onnx", "--trainer", "-o", join(folder, "elman.onnx")], /--trainer: not of --to onnx/);
  const script = join(folder, "train.py");
  await refused([elman, "--to", "pytorch", "--trainer", "-o", script], /give the module another name/);
  writeFileSync(script, "mine = 1\n");
  await refused([elman, "--to", "pytorch", "--trainer", "-o", output], /none that rnnc wrote/);
  assert.equal(readFileSync(script, "utf8"), "mine = 1\n");
  writeFileSync(script, "");
  for (let again = 0; again < 2; again += 1) {
    const { code, err } = await rnnc("export", elman, "--to", "pytorch", "--trainer", "-o", output);
    assert.equal(code, 0, err);
    assert.match(readFileSync(script, "utf8"), /^MODULE, CLASS, LOSS = "elman\.py", "Elman", "mean"$/m);
  }
});

const guide = readFileSync(new URL("../../docs/distributed.md", import.meta.url), "utf8");

test("the lines of the guide start processes by RANK and the like, where there is no torchrun", {
  skip: skip === false && !isThorough ? "in the thorough run" : skip,
}, () => {
  const [, lines] = /```\n(export WORLD_SIZE=.*?)```/s.exec(guide) ?? [];
  const output = outputOf(first, "by hand");
  const text = lines!
    .replace("29500", String(20_000 + (process.pid % 10_000)))
    .replace("python3 train.py --data rows.jsonl --steps 1000", '/usr/bin/python3 train.py "$@"');
  const { words } = runOf(first, "by hand", 4);
  const { stderr } = spawnSync("sh", ["-c", text, "sh", ...words], {
    cwd: first.folder,
    encoding: "utf8",
    timeout: 120_000,
  });
  assert.match(stderr, /20 steps: the weights are in/);
  mustEndAlike(outputOf(first, "of 1"), output);
});

/** Beside the script: as it is, but one of the first two processes is killed once. */
const dyingText = `import os, signal, sys
import train
whole, marker = train.step_of, os.path.join(train.HERE, "killed once")
def step_of(*given):
    if given[-1] == 12 and os.environ["RANK"] == "1" and not os.path.exists(marker):
        open(marker, "w").close()
        os.kill(os.getpid(), signal.SIGKILL)
    return whole(*given)
train.step_of = step_of
sys.exit(train.main())
`;

test("torchrun starts it again where a process was killed, and it comes to the same end", {
  skip: skip === false && !isThorough ? "in the thorough run" : skip,
}, () => {
  const { folder } = first;
  const dying = join(folder, "dying.py");
  writeFileSync(dying, dyingText);
  const output = outputOf(first, "restarted");
  // What is told by the first process goes to a file and here: without either, PyTorch 1.13 does not start under Python 3.11.
  const words = ["--standalone", "--nproc_per_node=2", "--max_restarts=1", "-r", "0:1", "-t", "0:1"];
  const { status, stderr } = spawnSync(
    "/usr/bin/python3",
    ["-m", "torch.distributed.run", ...words, dying, ...runOf(first, "restarted", 2).words],
    { encoding: "utf8", timeout: 120_000 },
  );
  assert.equal(status, 0, stderr);
  assert.match(stderr, /Going on from step 6/);
  mustEndAlike(outputOf(first, "of 1"), output);
});
