import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { birthData, birthsOf } from "../../examples/tasks/births.ts";
import { measureTask } from "../../examples/tasks/measurement.ts";
import { nationalityOf, surnameData } from "../../examples/tasks/nationalities.ts";
import { pronunciationData, pronunciationOf } from "../../examples/tasks/pronunciation.ts";
import { taggedData, taggingOf } from "../../examples/tasks/tagging.ts";
import type { Task } from "../../examples/tasks/task.ts";
import { realTasks } from "../../examples/tasks/tasks.ts";
import { wordData, wordModelOf } from "../../examples/tasks/word-model.ts";

/** A few documents of words that depend on each other. */
const fewWords = (): Task => {
  const folder = mkdtempSync(join(tmpdir(), "rnnc-words-"));
  const files = Array.from({ length: 10 }, (_, i) => join(folder, `${i}.txt`));
  for (const [i, file] of files.entries()) writeFileSync(file, "the cat saw the dog . ".repeat(30 + i));
  const task = wordModelOf(wordData(files, 2));
  rmSync(folder, { recursive: true });
  return task;
};

/** Each with a part of its data. */
const small: Readonly<Record<string, () => Task | Promise<Task>>> = {
  "part-of-speech tagging (Brown)": () => taggingOf(taggedData(50)),
  "words of the Brown corpus": fewWords,
  "letters to phonemes (CMUdict)": async () => pronunciationOf(await pronunciationData(100)),
  "surnames: which country": async () => nationalityOf(await surnameData()),
  "forecast: births per day": () => birthsOf(birthData(20)),
};

test("every task of data from elsewhere is tried with a part of them", () => {
  assert.deepEqual(Object.keys(small).sort(), realTasks.map(({ name }) => name).sort());
});

for (const [name, made] of Object.entries(small))
  test(`${name}: its data fit the program, next to nothing that is measured was trained on, and the baseline is no guess at random`, async () => {
    const task = await made();
    assert.equal(task.name, name);
    const { marks } = measureTask(
      {
        ...task,
        heldOut: () => task.heldOut().slice(0, 40),
        settings: { ...task.settings, steps: 2, batch: Math.min(task.settings.batch, 4) },
      },
      [1],
    );
    for (const { reached, baseline, examples, seen } of marks) {
      assert.ok(reached.every(Number.isFinite));
      assert.ok(Number.isFinite(baseline!.value));
      assert.ok(seen <= 0.05 * examples, `${seen} of ${examples}`);
    }
    assert.ok(task.marks.every(({ required }) => required !== undefined));
  });
