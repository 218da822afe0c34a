import { measureTask } from "./measurement.ts";
import type { Asked } from "./processes.ts";
import { allTasks } from "./tasks.ts";

/** A process of its own: measures one task after another, as it is asked to. */
process.on("message", async ({ name, seeds }: Asked) => {
  const asked = allTasks().find((task) => task.name === name);
  if (asked === undefined) throw new Error(`There is no task ${name}`);
  process.send!(measureTask(await asked.task(), seeds));
});
