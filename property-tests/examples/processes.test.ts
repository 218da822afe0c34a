import assert from "node:assert/strict";
import { test } from "node:test";
import { measureTask } from "../../examples/tasks/measurement.ts";
import { measureInProcesses } from "../../examples/tasks/processes.ts";
import { tasks } from "../../examples/tasks/tasks.ts";

test("tasks measured in processes side by side reach what they reach in one, and come in the order in which they were asked for", async () => {
  const few = tasks().slice(0, 2);
  const told: string[] = [];
  const found = await measureInProcesses(
    few.map(({ name }) => ({ name, seeds: [1] })),
    2,
    ({ name }) => told.push(name),
  );
  assert.deepEqual(
    found.map(({ name, marks }) => ({ name, marks })),
    few.map((task) => ({ name: task.name, marks: measureTask(task, [1]).marks })),
  );
  assert.deepEqual([...told].sort(), few.map(({ name }) => name).sort());
});
