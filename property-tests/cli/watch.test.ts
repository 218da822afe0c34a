import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import * as E from "fp-ts/lib/Either.js";
import { createColors } from "picocolors";
import type { Failure } from "../../src/cli/failure.ts";
import { watching } from "../../src/cli/watching.ts";
import { characterModel, fileWith, newFolder, rnnc } from "./run-rnnc.ts";

interface Watch {
  readonly out: string[];
  readonly err: string[];
  readonly turns: () => number;
  readonly stop: () => Promise<E.Either<Failure, void>>;
}

type Given = { readonly file: string; readonly json?: boolean; readonly imports?: () => ReadonlyArray<string> };

/** Watches in this process with a turn that reads nothing. */
const watch = (
  { file, json = false, imports = () => [] }: Given,
  result = E.right<Failure, void>(undefined),
): Watch => {
  const [out, err]: [string[], string[]] = [[], []];
  let count = 0;
  let stop: () => void = () => undefined;
  const stopped = new Promise<void>((done) => {
    stop = done;
  });
  const terminal = {
    out: (text: string) => void out.push(text),
    err: (text: string) => void err.push(text),
    interactive: false,
    paint: createColors(false),
  };
  const done = watching(
    terminal,
    { file, json },
    (on, onImport) => {
      count += 1;
      imports().forEach(onImport);
      on.out(JSON.stringify({ turn: count }, null, 2));
      return result;
    },
    stopped,
  );
  return {
    out,
    err,
    turns: () => count,
    stop: () => {
      stop();
      return done;
    },
  };
};

/** Until it holds, which it must within some seconds. */
const until = async (holds: () => boolean, what: string): Promise<void> => {
  for (let i = 0; i < 200 && !holds(); i += 1) await setTimeout(25);
  assert.ok(holds(), what);
};

test("what is watched is done at once, and again for each change of the program or of what it imports", async () => {
  const folder = newFolder();
  const [file, cell] = ["m.rnn", "cell.rnn"].map((name) => join(folder, name)) as [string, string];
  for (const path of [file, cell]) writeFileSync(path, "1");
  const watched = watch({ file, imports: () => [cell] });
  assert.equal(watched.turns(), 1);
  writeFileSync(file, "2");
  await until(() => watched.turns() === 2, "the program");
  // As many editors do it.
  writeFileSync(join(folder, "draft"), "3");
  renameSync(join(folder, "draft"), cell);
  await until(() => watched.turns() === 3, "what it imports");
  assert.deepEqual(await watched.stop(), E.right(undefined));
  assert.match(
    watched.err.join(""),
    /^(\d\d:\d\d:\d\d .*m\.rnn: done; again when one of its 2 files changes, .*\n){3}$/,
  );
});

test("other files beside the program, and a program written again as it was, are no change", async () => {
  const folder = newFolder();
  const file = join(folder, "m.rnn");
  writeFileSync(file, "1");
  const watched = watch({ file });
  writeFileSync(join(folder, "m.js"), "1");
  writeFileSync(file, "1");
  await setTimeout(300);
  assert.equal(watched.turns(), 1);
  await watched.stop();
});

test("changes that come together are taken together", async () => {
  const file = fileWith("m.rnn", "0");
  const watched = watch({ file });
  for (let i = 1; i <= 20; i += 1) writeFileSync(file, `${i}`);
  await until(() => watched.turns() > 1, "the change");
  await setTimeout(200);
  assert.ok(watched.turns() <= 3, `${watched.turns()}`);
  await watched.stop();
});

test("a program that does not parse is told and watched on, with what it imported before", async () => {
  const cell = fileWith("cell.rnn", "1");
  const file = fileWith("m.rnn", "1");
  let imported = [cell];
  const wrong = watch({ file, imports: () => imported }, E.left({ tag: "program", text: "wrong\n" }));
  assert.match(wrong.err.join(""), /^wrong\n.*ended with 1/);
  imported = [];
  writeFileSync(file, "2");
  await until(() => wrong.turns() === 2, "the program");
  writeFileSync(cell, "2");
  await until(() => wrong.turns() === 3, "what it imported");
  assert.deepEqual(await wrong.stop(), E.right(undefined));
});

test("each document of a watched command is a line", async () => {
  const file = fileWith("m.rnn", "1");
  const watched = watch({ file, json: true });
  writeFileSync(file, "2");
  await until(() => watched.turns() === 2, "the change");
  await watched.stop();
  assert.deepEqual(watched.out, ['{"turn":1}\n', '{"turn":2}\n']);
});

test("what is wrong with the command itself ends the watch at once; standard input is not watched", async () => {
  assert.equal((await rnnc("check", join(newFolder(), "none.rnn"), "--watch")).code, 2);
  const { code, err } = await rnnc("check", "-", "--watch");
  assert.equal(code, 2);
  assert.match(err, /standard input does not change/);
});

test("a watched compilation writes the module anew, and Ctrl-C ends it with 0", async () => {
  const program = fileURLToPath(new URL("../../dist/rnnc.cjs", import.meta.url));
  const folder = newFolder();
  const [file, cell] = ["m.rnn", "cell.rnn"].map((name) => join(folder, name)) as [string, string];
  writeFileSync(cell, "cell twice(x) = 2 * x\n");
  writeFileSync(file, `import twice from "./cell.rnn"\n${characterModel.replace("tanh(b", "tanh(twice(b)")}`);
  const child = spawn(
    process.execPath,
    [program, "compile", file, "--set", "V=5", "-o", join(folder, "m.js"), "--watch"],
    {
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, NO_COLOR: "1" },
    },
  );
  let err = "";
  child.stderr.on("data", (part) => {
    err += part;
  });
  const turns = (): number => err.split("until Ctrl-C").length - 1;
  await until(() => turns() === 1, "the first turn");
  writeFileSync(cell, "cell twice(x) = = x\n");
  await until(() => turns() === 2, "what it imports");
  writeFileSync(cell, "cell twice(x) = 3 * x\n");
  await until(() => turns() === 3, "what it imports, mended");
  child.kill("SIGINT");
  const [code] = await once(child, "close");
  assert.equal(code, 0, err);
  assert.match(
    err,
    /Wrote .*m\.js.*\n.*done; again.*\n[\s\S]*cell\.rnn[\s\S]*ended with 1; again.*\n.*Wrote .*m\.js/,
    err,
  );
});
