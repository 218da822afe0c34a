import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { test } from "node:test";
import { seenIn } from "../../examples/tasks/measurement.ts";
import type { Task, Trained } from "../../examples/tasks/task.ts";
import { isBeyond, isReached } from "../../examples/tasks/task.ts";
import { realTasks, tasks } from "../../examples/tasks/tasks.ts";
import { compiledProgram, trainTask } from "../../examples/tasks/train.ts";
import { isThorough, someOf } from "../often.ts";

const all = tasks();
const named = (name: string): Task => all.find((task) => task.name === name)!;

for (const { name, program, statics = {}, training, heldOut, seen, marks } of all) {
  test(`${name}: the data fits the program, and is the same every time`, () => {
    const examples = training();
    const compiled = compiledProgram(program, { statics, target: "js" });
    assert.equal(compiled.pack(examples).size, examples.length);
    assert.deepEqual(training(), examples);
    assert.deepEqual(heldOut(), heldOut());
    assert.ok(marks.some(({ required, baseline }) => required !== undefined && baseline !== undefined));
  });

  test(`${name}: what is measured was never seen in training, or the task says why it was`, () => {
    for (const examples of [heldOut(), ...marks.flatMap(({ on }) => (on === undefined ? [] : [on()]))])
      assert.equal(seenIn(training(), examples), seen === undefined ? 0 : examples.length);
  });

  test(`${name}: every mark lies clearly beyond its baseline, or says why it cannot`, () => {
    for (const { metric, required, baseline, cannot, on } of marks) {
      if (required === undefined || baseline === undefined) continue;
      const without = baseline.measure(training(), (on ?? heldOut)());
      assert.equal(isBeyond(required, without), cannot === undefined, `${metric}: ${without}`);
    }
  });
}

test("tasks have names of their own, and programs that are there", () => {
  const names = [...all, ...realTasks].map(({ name }) => name);
  assert.equal(new Set(names).size, names.length);
  const files = readdirSync(new URL("../../examples", import.meta.url));
  for (const { program } of all) assert.ok(files.includes(`${program}.rnn`), program);
});

/** Whether a training reaches every mark. */
const reaches = ({ marks, heldOut }: Task, trained: Trained): void => {
  for (const { metric, measure, required, on } of marks)
    assert.ok(required === undefined || isReached(measure(trained, (on ?? heldOut)()), required), metric);
};

const twice = [
  "problem 1: reverse a bit",
  "problem 4: reverse if same",
  "characters: hello",
  "derivatives: a penalty on the input's gradient",
  "derivatives: a pendulum by its energy",
  "derivatives: the word that decided",
];
for (const name of someOf(twice, 0, 3))
  test(`${name}: training reaches every mark, and the same parameters every time`, () => {
    const trained = trainTask(named(name));
    reaches(named(name), trained);
    assert.deepEqual(trainTask(named(name)).params, trained.params);
  });

/** One of each kind of the slides; the others where a run is thorough. */
const once = [
  "one to one: a class of a point",
  "one to many: captions, first-state",
  "many to one: sentiment, last",
  "named entities",
  "translation with attention",
];
const others = all.map(({ name }) => name).filter((name) => !twice.includes(name) && !once.includes(name));
for (const name of [...once, ...(isThorough ? others : [])])
  test(`${name}: training reaches every mark`, () => {
    reaches(named(name), trainTask(named(name)));
  });
