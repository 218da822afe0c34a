import { readFileSync } from "node:fs";
import { tasks } from "../../examples/tasks/tasks.ts";
import type { Example } from "../../src/runtime/interface.ts";
import { spread } from "../src/spread.ts";
import type { Starter } from "../src/starters.ts";
import { type Chosen, chosen } from "./chosen.ts";

/** The models to begin from, as the page has them: the text of each program, and data of its task. */
export const startersFrom = (root: URL): ReadonlyArray<Starter> => {
  const all = tasks();
  return chosen.map(({ program, task: name, title, statics, examples = 100, settings = {} }: Chosen): Starter => {
    const task = all.find((each) => each.name === name);
    if (name !== undefined && task === undefined) throw new Error(`There is no task "${name}".`);
    const source = readFileSync(new URL(`examples/${program}.rnn`, root), "utf8").trimEnd();
    const { rate, batch, steps } = task?.settings ?? {};
    return {
      name: program,
      title,
      program: { source, statics: statics ?? task?.statics ?? {} },
      dataset:
        task === undefined
          ? null
          : { examples: spread(task.training(), examples).map(shortened), words: task.words ?? {} },
      settings: { ...(task === undefined ? {} : { rate: rate!, batch: batch!, steps: steps! }), ...settings },
    };
  });
};

/** Numbers of four digits: more of them would only be more to load. */
const shortened = (example: Example): Example =>
  JSON.parse(JSON.stringify(example, (_, value) => (typeof value === "number" ? Number(value.toPrecision(4)) : value)));
