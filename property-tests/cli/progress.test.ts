import assert from "node:assert/strict";
import { appendFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import * as E from "fp-ts/lib/Either.js";
import { createColors } from "picocolors";
import { startProgress } from "../../src/cli/progress.ts";
import { openLog } from "../../src/train/log.ts";
import { defaultSettings } from "../../src/train/settings.ts";
import { beginTraining, type Training } from "../../src/train/step.ts";
import { bigramModel } from "../train/bigram-model.ts";
import { newFolder } from "./run-rnnc.ts";

const begun = beginTraining(bigramModel(3), defaultSettings);
const at = (step: number, measuredAt: number | null): Training => ({
  ...begun,
  step,
  average: 0.5,
  loss: 0.25,
  norm: 2,
  watch: { ...begun.watch, last: measuredAt === null ? null : { step: measuredAt, heldOut: 0.75 } },
});

test("without a terminal there is a line every ten seconds or so, at evaluations that do not crowd, and at the end", () => {
  const lines: string[] = [];
  let now = 0;
  const terminal = {
    out: () => {},
    err: (text: string) => void lines.push(text),
    interactive: false,
    paint: createColors(false),
  };
  const plan = { begun, steps: 100, unit: "example", perStep: 8, showLoss: (nats: number) => `loss ${nats}` };
  const progress = startProgress(terminal, { ...plan, clock: () => now });
  // Half a second a step; an evaluation after each 10th, and from the 80th on after each.
  for (let step = 1; step <= 100; step += 1) {
    now += 500;
    progress.show(at(step, step >= 80 ? step : step >= 10 ? step - (step % 10) : null));
  }
  const steps = lines.map((line) => Number(/^step (\d+) of 100: /.exec(line)![1]));
  assert.deepEqual(steps, [1, 10, 20, 30, 40, 50, 60, 70, 80, 82, 84, 86, 88, 90, 92, 94, 96, 98, 100]);
  assert.equal(lines[1], "step 10 of 100: loss 0.5, held-out loss 0.75, gradient 2.00, 16 examples/s, 45 s left\n");
});

test("what is held out and was measured before the step that is told, says at which", () => {
  const lines: string[] = [];
  const terminal = {
    out: () => {},
    err: (text: string) => void lines.push(text),
    interactive: false,
    paint: createColors(false),
  };
  const progress = startProgress(terminal, {
    begun,
    steps: 5,
    unit: "example",
    perStep: 1,
    showLoss: String,
    clock: () => 0,
  });
  progress.show(at(5, 3));
  progress.show(at(5, 5));
  assert.deepEqual(
    lines.map((line) => line.split(", ")[1]),
    ["held-out 0.75 at step 3", "held-out 0.75"],
  );
});

test("a log has every tenth step and every evaluation, goes on where it is opened, and counts the seconds on", () => {
  const folder = newFolder();
  let now = 0;
  const opened = (from: Training) => {
    const log = openLog(folder, from, () => now);
    assert.ok(E.isRight(log));
    return (training: Training): void => {
      now += 1000;
      assert.ok(E.isRight(log.right.add(training, 0.1)));
    };
  };
  const add = opened(begun);
  for (let step = 1; step <= 25; step += 1) add(at(step, step >= 13 ? 13 : null));
  const lines = () =>
    readFileSync(join(folder, "log.jsonl"), "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
  assert.deepEqual(lines(), [
    { step: 10, epoch: 0, loss: 0.25, heldOut: null, norm: 2, rate: 0.1, seconds: 10 },
    { step: 13, epoch: 0, loss: 0.25, heldOut: 0.75, norm: 2, rate: 0.1, seconds: 13 },
    { step: 20, epoch: 0, loss: 0.25, heldOut: null, norm: 2, rate: 0.1, seconds: 20 },
  ]);
  appendFileSync(join(folder, "log.jsonl"), '{"step": 30, "lo');
  now = 1e6;
  const again = opened(at(15, 13));
  for (let step = 16; step <= 20; step += 1) again(at(step, 13));
  assert.deepEqual(
    lines().map(({ step, seconds }) => [step, seconds]),
    [
      [10, 10],
      [13, 13],
      [20, 18],
    ],
  );
});
