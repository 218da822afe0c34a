import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import * as E from "fp-ts/lib/Either.js";
import { explainFileProblem } from "../../src/train/file-problem.ts";
import { explainLockProblem, lockFolder } from "../../src/train/lock.ts";
import { characterModel, filesIn, fileWith, newFolder, rnnc, text } from "./run-rnnc.ts";

const small = ["--streams", "4", "--window", "16", "--warmup", "2", "--steps", "3"];
const model = fileWith("characters.rnn", characterModel);
const data = fileWith("text.txt", text);
const train = (run: string, ...more: ReadonlyArray<string>) =>
  rnnc("train", model, "--data", data, "--run", run, ...small, ...more);

const line = "model M {\n  axis t in 1..T\n  input x[t] : R[2]\n  param a : R[2]\n  minimize sum[t](dot(a, x[t]))\n}\n";

test("a training that fails on its data leaves nothing behind, wherever the mistake stands", async () => {
  const right = '{"x": [[1, 2]]}\n';
  const wrongs = ['{"x": [[1, 2, 3]]}\n', '{"x": "no"}\n', "no JSON\n", "{}\n"];
  for (const wrong of wrongs)
    for (const examples of [wrong, right.repeat(40) + wrong]) {
      const folder = newFolder();
      const { code, err } = await rnnc(
        ...["train", fileWith("m.rnn", line), "--data", fileWith("m.jsonl", examples)],
        ...["--run", join(folder, "runs", "m"), "--steps", "1", "--streams", "2"],
      );
      assert.equal(code, 2, err);
      assert.deepEqual(readdirSync(folder), []);
    }
  for (const lacking of [join(newFolder(), "none.txt"), fileWith("short.txt", "the")]) {
    const folder = newFolder();
    const { code } = await rnnc("train", model, "--data", lacking, "--run", join(folder, "run"), ...small);
    assert.equal(code, 2);
    assert.deepEqual(readdirSync(folder), []);
  }
});

test("an example that does not fit the model is named by its number before the training begins", async () => {
  const { err } = await rnnc(
    ...["train", fileWith("m.rnn", line), "--data", fileWith("m.jsonl", '{"x": [[1, 2]]}\n{"x": [[1, 2, 3]]}\n')],
    ...["--run", join(newFolder(), "run"), "--steps", "1"],
  );
  assert.match(err, /line 2: x\[0\]: expected 2 components, found 3\.\n$/);
});

test("a run that cannot be saved is wrong usage: a file in the way, a folder in its place, a full disk", async () => {
  const folder = newFolder();
  writeFileSync(join(folder, "file"), "");
  mkdirSync(join(folder, "taken", "run.json", "deep"), { recursive: true });
  mkdirSync(join(folder, "full"));
  symlinkSync("/dev/full", join(folder, "full", `run.json.${process.pid}.tmp`));
  const ways = [
    [join(folder, "file"), /a file stands where a folder is needed/],
    [join(folder, "file", "run"), /a file stands where a folder is needed/],
    [join(folder, "full"), /ENOSPC: there is no room left on the disk/],
    [join(folder, "n".repeat(300)), /a name in it is too long/],
  ] as const;
  for (const [run, message] of ways) {
    const { code, err } = await train(run);
    assert.equal(code, 2, err);
    assert.match(err, message);
    assert.ok(err.includes(run), err);
  }
  // Nothing is left, neither of what was not written nor of the lock.
  assert.deepEqual(readdirSync(join(folder, "full")), []);
  const { code, err } = await train(join(folder, "taken"));
  assert.equal(code, 2, err);
  assert.match(err, /There is a run in .* already/);
  const resumed = await rnnc("train", "--resume", join(folder, "taken"));
  assert.equal(resumed.code, 2);
  assert.match(resumed.err, /I cannot read .*run\.json: it is no file/);
});

test("a disk that is full before the end keeps the last state that was saved, and says which", async () => {
  const run = join(newFolder(), "run");
  assert.equal((await train(run)).code, 0);
  const before = filesIn(run);
  symlinkSync("/dev/full", join(run, `run.json.${process.pid}.tmp`));
  const { code, err } = await rnnc("train", "--resume", run, "--steps", "6");
  assert.equal(code, 2, err);
  assert.match(err, /no room left/);
  assert.deepStrictEqual(filesIn(run), before);
  assert.equal((await rnnc("train", "--resume", run, "--steps", "6")).code, 0);
});

test("of two trainings in one folder one is refused, and the folder holds the run of the other", async () => {
  const [alone, shared] = [join(newFolder(), "run"), join(newFolder(), "run")];
  assert.equal((await train(alone)).code, 0);
  const told = await Promise.all([train(shared), train(shared, "--optimiser", "sgd")]);
  assert.deepEqual(told.map(({ code }) => code).toSorted(), [0, 2]);
  assert.match(told.find(({ code }) => code === 2)!.err, /Another training is at work in|There is a run in/);
  assert.equal(readdirSync(shared).length, 1 + Object.keys(filesIn(alone)).length);
  assert.deepStrictEqual(filesIn(shared), filesIn(alone));
  const resume = (run: string, steps: string) => rnnc("train", "--resume", run, "--steps", steps);
  const again = await Promise.all([resume(shared, "6"), resume(shared, "9")]);
  assert.deepEqual(
    again.map(({ code }) => code),
    [0, 2],
  );
  assert.match(again[1]!.err, /Another training is at work in .*run \(process \d+\)/);
  assert.equal((await resume(alone, "6")).code, 0);
  assert.deepStrictEqual(filesIn(shared), filesIn(alone));
});

test("a folder is held by a process that lives, on any machine, and by none that has died", async () => {
  const [folder, other] = [newFolder(), newFolder()];
  const { pid } = spawnSync(process.execPath, ["--version"]);
  const lockOf = (process: number, host: string) => join(folder, `training.${process}.1.${host}.lock`);
  writeFileSync(lockOf(pid, encodeURIComponent(hostname())), "");
  // Of this number there is a process, but it began at another time.
  if (existsSync("/proc/self/stat")) writeFileSync(lockOf(process.pid, encodeURIComponent(hostname())), "");
  const first = lockFolder(folder);
  assert.ok(E.isRight(first));
  assert.equal(readdirSync(folder).length, 1);
  const second = lockFolder(folder);
  assert.ok(E.isLeft(second));
  assert.match(explainLockProblem(second.left), new RegExp(`process ${process.pid}\\)$`));
  assert.equal(readdirSync(folder).length, 1);
  first.right();
  assert.deepEqual(readdirSync(folder), []);
  writeFileSync(lockOf(7, "elsewhere"), "");
  const third = lockFolder(folder);
  assert.ok(E.isLeft(third));
  assert.match(explainLockProblem(third.left), /process 7 on elsewhere\); if it is not, remove .*\.lock$/);
  rmSync(lockOf(7, "elsewhere"));
  assert.ok(E.isRight(lockFolder(folder)));
  assert.ok(E.isRight(lockFolder(other)));
});

test("folders that were made for a lock go with it, and no others", () => {
  const root = newFolder();
  const release = lockFolder(join(root, "a", "b"));
  assert.ok(E.isRight(release));
  release.right();
  assert.deepEqual(readdirSync(root), []);
  mkdirSync(join(root, "a"));
  const again = lockFolder(join(root, "a", "b"));
  assert.ok(E.isRight(again));
  again.right();
  assert.deepEqual(readdirSync(root), ["a"]);
});

test("every refusal of the system is told with the path and its code", () => {
  for (const code of ["ENOSPC", "EACCES", "EROFS", "ENOTDIR", "EIO"])
    assert.match(
      explainFileProblem({ tag: "unwritable", path: "runs/m", code }),
      new RegExp(`^I cannot write runs/m \\(${code}`),
    );
});
