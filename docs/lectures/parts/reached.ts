import { trainTask } from "../../../examples/tasks/train.ts";
import type { Part } from "../lecture.ts";
import { computed, toldTable } from "./findings.ts";
import { taskNamed } from "./trained.ts";

/** What a task reaches, as its marks say. */
export const reached = (name: string): Part =>
  computed(() => {
    const task = taskNamed(name);
    const trained = trainTask(task);
    return toldTable(
      `After ${task.settings.steps} steps`,
      [
        ["", "reached"],
        ...task.marks.map(({ metric, measure, on = task.heldOut }) => [
          metric,
          String(Number(measure(trained, on()).toPrecision(3))),
        ]),
      ],
      `npm run examples -- '${name}'`,
    );
  });
