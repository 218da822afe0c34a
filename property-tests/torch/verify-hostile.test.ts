import assert from "node:assert/strict";
import { test } from "node:test";
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
  const { code, out, err } = await verified(python);
  assert.equal(code, 1, err);
  assert.match(out, /1 example; T = 8;/);
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
