import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import * as E from "fp-ts/lib/Either.js";
import { writeAtomically } from "../../src/train/atomic-file.ts";
import { runSession } from "../../src/train/session.ts";
import { defaultSettings } from "../../src/train/settings.ts";
import { beginTraining, type Training } from "../../src/train/step.ts";
import { bigramModel } from "./bigram-model.ts";

const begun = beginTraining(bigramModel(3), defaultSettings);
const count = (training: Training): Training => ({ ...training, step: training.step + 1, loss: 1 });

const watched = async (
  step: (training: Training) => Training,
  until: number,
  saveEvery: number,
  interruptAt: number,
) => {
  const saved: number[] = [];
  let shown = 0;
  const end = await runSession(step, begun, until, {
    saveEvery,
    save: (training) => {
      saved.push(training.step);
      return E.right(undefined);
    },
    progress: (training) => {
      shown = training.step;
    },
    interrupted: () => shown >= interruptAt,
  });
  return { end, saved };
};

test("a finished session has done every step, and saved the first state, every so manyeth and the last", async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(12), fc.integer({ min: 1, max: 5 }), async (until, every) => {
      const { end, saved } = await watched(count, until, every, Number.POSITIVE_INFINITY);
      assert.equal(end.tag, "finished");
      assert.equal(end.training.step, until);
      assert.equal(saved[0], 0);
      assert.equal(saved.at(-1), until);
      for (let step = every; step <= until; step += every) assert.ok(saved.includes(step));
    }),
    { numRuns: 30 },
  );
});

test("a session whose first step is refused saves nothing", async () => {
  const saved: number[] = [];
  const refuse = (): Training => {
    throw new TypeError("no such input");
  };
  const save = ({ step }: Training) => E.right(void saved.push(step));
  const hooks = { saveEvery: 1, save, progress: () => {} };
  await assert.rejects(runSession(refuse, begun, 5, { ...hooks, interrupted: () => false }), TypeError);
  assert.deepEqual(saved, []);
});

test("an interrupted session saves the step that it stopped after", async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 8 }), async (at) => {
      const { end, saved } = await watched(count, 10, 100, at);
      assert.equal(end.tag, "interrupted");
      assert.equal(end.training.step, at);
      assert.equal(saved.at(-1), at);
    }),
  );
});

test("a session that diverges never saves a state that is no finite number, and tells the step", async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 4 }), async (at, every) => {
      const breaking = (training: Training): Training =>
        training.step + 1 === at ? { ...count(training), loss: Number.NaN } : count(training);
      const { end, saved } = await watched(breaking, 10, every, Number.POSITIVE_INFINITY);
      assert.ok(end.tag === "diverged");
      assert.equal(end.step, at);
      assert.ok(saved.every((step) => step < at));
      assert.equal(end.training.step, saved.at(-1));
    }),
  );
});

test("a file written whole replaces the old one and leaves nothing else behind", () => {
  const folder = mkdtempSync(join(tmpdir(), "rnnc-"));
  const path = join(folder, "deep", "file");
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      writeAtomically(path, bytes);
      assert.deepStrictEqual(new Uint8Array(readFileSync(path)), bytes);
      assert.deepStrictEqual(readdirSync(join(folder, "deep")), ["file"]);
    }),
    { numRuns: 10 },
  );
});
