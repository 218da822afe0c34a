import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { driverText } from "../../src/export/generated/verify-driver.ts";
import { example, fileWith, rnnc, type Told } from "../cli/run-rnnc.ts";
import { isThorough } from "../often.ts";
import { documentedElman } from "./documented-elman.ts";
import { skip } from "./python.ts";

process.env.PYTHON = "/usr/bin/python3";

const skipUnlessThorough = skip || (isThorough ? false : "for a thorough run");

/** The documented module with a line more, at the head of `forward`, of each step, or at the end. */
const elmanWith = (place: "head" | "step" | "end", line: string): string => {
  const [before, indent] = {
    head: ["        s = torch.zeros", 8],
    step: ["            losses = nn", 12],
    end: ["        return loss", 8],
  }[place] as [string, number];
  assert.ok(documentedElman.includes(before));
  return documentedElman.replace(before, `${" ".repeat(indent)}${line}\n${before}`);
};

const verified = (python: string, ...words: ReadonlyArray<string>): Promise<Told> =>
  rnnc("verify", example("elman"), "--against", fileWith("theirs.py", python), ...words);

test("what happens at the eighth position alone differs, in the shortest case that has one", { skip }, async () => {
  const python = elmanWith("step", "s = s.detach() if t == 7 else s");
  const { code, out, err } = await verified(python, "--times", "2");
  assert.equal(code, 1, err);
  assert.match(out, /1 example; T = 8;/);
  if (!isThorough) return;
  const short = await verified(python, "--longest", "7");
  assert.equal(short.code, 0, short.out + short.err);
});

test("what happens in batches of five or more, or of an empty sequence, or after some calls, differs", {
  skip: skipUnlessThorough,
}, async () => {
  const batch = await verified(elmanWith("head", "x = x if x.shape[0] < 5 else x * 0"));
  assert.match(batch.out, /5 examples; T = 1, 1, 1, 1, 1;/);
  const empty = await verified(elmanWith("head", "x = x if int(lengths.min()) > 0 else x / 0"));
  assert.match(empty.out, /2 examples; T = (1, 0|0, 1);/);
  assert.match(empty.out, /they agree wherever no sequence is empty: --shortest 1/);
  const call = "self.calls = getattr(self, 'calls', 0) + 1";
  const state = await verified(elmanWith("end", `${call}; loss = loss + (0 if self.calls < 6 else 1)`));
  assert.equal(state.code, 1);
  assert.match(state.out, /Hint: called again with the same parameters and data/);
});

test("a module that raises of empty sequences alone is compared without them, and this is said", {
  skip: skipUnlessThorough,
}, async () => {
  const python = elmanWith("head", "assert lengths.min() > 0, 'none may be empty'");
  const { code, out, err } = await verified(python);
  assert.equal(code, 0, out + err);
  assert.match(out, /8 cases.*\n[\s\S]*Not compared: a batch with an empty sequence.*none may be empty.*--shortest 1/);
  const without = await verified(python, "--shortest", "1");
  assert.equal(without.code, 0);
  assert.doesNotMatch(without.out, /Not compared/);
});

test("what takes longer than it may is ended at its place, whatever the file catches, and told once", {
  skip: skipUnlessThorough,
}, async () => {
  const python = elmanWith("head", "while True: pass");
  const { code, out, err } = await verified(python, "--time-limit", "1s");
  assert.equal(code, 2);
  assert.equal(out, "");
  assert.match(err, /theirs\.py, line 14, in forward \(`while True: pass`\): it takes longer than --time-limit 1s/);
});

test("a Python that waits ends with what started it", { skip: skipUnlessThorough }, async () => {
  const script = `${process.env.PYTHON} -c "$0" 60 <&3 & echo $!; sleep 5`;
  const shell = spawn("sh", ["-c", script, driverText], { stdio: ["ignore", "pipe", "inherit", "pipe"] });
  const [line] = await once(createInterface({ input: shell.stdout! }), "line");
  const isAlive = (): boolean => {
    try {
      return process.kill(Number(line), 0);
    } catch {
      return false;
    }
  };
  const started = Date.now();
  while (isAlive() && Date.now() - started < 30_000) await setTimeout(100);
  assert.equal(isAlive(), false);
  shell.stdio[3]?.destroy();
});

test("whatever a file raises is told in a line, without the signs that would move a terminal's cursor", {
  skip,
}, async () => {
  const raised = await verified(elmanWith("head", "raise KeyboardInterrupt('\\x1b[31m\\nred\\u2028!')"));
  assert.equal(raised.code, 2);
  assert.match(raised.err, /^.*KeyboardInterrupt: \\x1b\[31m\\nred\\u2028!\.\n$/);
  if (!isThorough) return;
  const unknown = await verified(documentedElman, "--layer", "x=y");
  assert.equal(unknown.code, 2);
  assert.match(
    unknown.err,
    /--layer x=y: the file has no such layer(.|\n)*--layer x=y: the model has no standard cell there/,
  );
});

test("of several results the loss is the one that something is learned from; where two are, none is taken", {
  skip: skipUnlessThorough,
}, async () => {
  const giving = (result: string): Promise<Told> =>
    verified(documentedElman.replace("return loss / x.shape[0]", `return ${result}`));
  for (const result of [
    "(loss / x.shape[0]).reshape(1), torch.tensor(0.5)",
    "torch.tensor(0.5), loss / x.shape[0]",
    "self.b[:1].reshape(1, 1), loss / x.shape[0]",
  ])
    assert.equal((await giving(result)).code, 0, result);
  const unclear = await giving("loss, loss / x.shape[0]");
  assert.equal(unclear.code, 2);
  assert.match(
    unclear.err,
    /which of its results is the loss is not clear: there is more than one number .* among \[\], \[\]/,
  );
});
