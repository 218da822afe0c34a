import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { closeSync, existsSync, openSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { characterModel, fileWith, newFolder, rnnc, text } from "./run-rnnc.ts";

const program = fileURLToPath(new URL("../../dist/rnnc.cjs", import.meta.url));
const model = fileWith("characters.rnn", characterModel);

test("the program runs from any folder and reads a program from standard input", () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, "check", "-", "--set", "V=5"], {
    cwd: newFolder(),
    input: characterModel,
    encoding: "utf8",
  });
  assert.equal(status, 0, stderr);
  assert.match(stdout, /model Characters/);
});

test("a reader that goes away ends the program quietly", async () => {
  const child = spawn(process.execPath, [program, "check", model, "--set", "V=5"], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  child.stdout.destroy();
  let err = "";
  child.stderr.on("data", (part) => {
    err += part;
  });
  const [code] = await once(child, "close");
  assert.equal(err, "");
  assert.equal(code, 0);
});

test("where there is no room for what is written, this is told, and is no fault of the program", {
  skip: existsSync("/dev/full") ? false : "needs a disk that is full",
}, () => {
  const full = openSync("/dev/full", "w");
  const { status, stderr } = spawnSync(process.execPath, [program, "check", model, "--set", "V=5"], {
    stdio: ["ignore", full, "pipe"],
    encoding: "utf8",
  });
  closeSync(full);
  assert.equal(status, 2);
  assert.match(stderr, /^I cannot write what is asked for: ENOSPC/);
});

test("an interrupted training saves, ends with 130, and can be resumed", async () => {
  const run = join(newFolder(), "run");
  const child = spawn(
    process.execPath,
    [
      program,
      "train",
      model,
      "--data",
      fileWith("t.txt", text),
      "--run",
      run,
      "--streams",
      "4",
      "--window",
      "16",
      "--steps",
      "1000000",
    ],
    { stdio: ["ignore", "ignore", "pipe"], env: { ...process.env, NO_COLOR: "1" } },
  );
  // A saved run shows that the training has begun, however slow the machine is.
  while (!existsSync(run) && child.exitCode === null) await setTimeout(50);
  child.kill("SIGINT");
  let err = "";
  child.stderr.on("data", (part) => {
    err += part;
  });
  const [code] = await once(child, "close");
  assert.equal(code, 130, err);
  const step = Number(/after step (\d+)/.exec(err)?.[1]);
  assert.ok(step > 0, err);
  assert.equal((await rnnc("train", "--resume", run, "--steps", `${step + 1}`)).code, 0);
});
