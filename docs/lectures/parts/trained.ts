import type { Task, TaskSettings, Trained } from "../../../examples/tasks/task.ts";
import { tasks } from "../../../examples/tasks/tasks.ts";
import { train } from "../../../examples/tasks/train.ts";
import { chosen } from "../../../playground/build/chosen.ts";
import type { Program } from "../../../playground/src/program.ts";
import { once } from "../../../src/once.ts";
import type { Example } from "../../../src/runtime/interface.ts";
import { compiledProgram, example } from "../programs.ts";

/** A program trained by Adam as tasks are, from a seed, as WebAssembly. */
export const trainedProgram = (
  program: Program,
  examples: ReadonlyArray<Example>,
  settings: TaskSettings,
  seed = 1,
): Trained => train(compiledProgram(program, { optimiser: "adam" }), examples, settings, seed);

const all = once(tasks);

/** A task of `examples/tasks`. */
export const taskNamed = (name: string): Task => {
  const found = all().find((task) => task.name === name);
  if (found === undefined) throw new Error(`There is no task ${name}.`);
  return found;
};

/** A program of `examples/` in the sizes of the playground's model of that name, so that its data are examples of it. */
export const starterProgram = (name: string): Program => {
  const { task, statics } = chosen.find(({ program }) => program === name)!;
  return example(name, statics ?? (task === undefined ? {} : (taskNamed(task).statics ?? {})));
};
