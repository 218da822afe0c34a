import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { test } from "node:test";
import type { Task } from "../../examples/tasks/task.ts";
import { isReached } from "../../examples/tasks/task.ts";
import { tasks } from "../../examples/tasks/tasks.ts";
import { compiledProgram, trainTask } from "../../examples/tasks/train.ts";

const all = tasks();
const named = (name: string): Task => all.find((task) => task.name === name)!;

for (const { name, program, statics = {}, training, marks } of all)
  test(`${name}: the data fits the program, and is the same every time`, () => {
    const examples = training();
    const compiled = compiledProgram(program, { statics, target: "js" });
    assert.equal(compiled.pack(examples).size, examples.length);
    assert.deepEqual(training(), examples);
    assert.ok(marks.some(({ required }) => required !== undefined));
  });

test("tasks have names of their own, and programs that are there", () => {
  assert.equal(new Set(all.map(({ name }) => name)).size, all.length);
  const files = readdirSync(new URL("../../examples", import.meta.url));
  for (const { program } of all) assert.ok(files.includes(`${program}.rnn`), program);
});

for (const name of [
  "problem 1: reverse a bit",
  "problem 4: reverse if same",
  "characters: hello",
  "derivatives: a penalty on the input's gradient",
  "derivatives: a pendulum by its energy",
  "derivatives: the word that decided",
])
  test(`${name}: training reaches every mark, and the same parameters every time`, () => {
    const trained = trainTask(named(name));
    const { marks, heldOut } = named(name);
    for (const { metric, measure, required, on } of marks)
      assert.ok(required === undefined || isReached(measure(trained, (on ?? heldOut)()), required), metric);
    assert.deepEqual(trainTask(named(name)).params, trained.params);
  });
