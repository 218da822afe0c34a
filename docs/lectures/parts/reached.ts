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
        ["", "reached", "without a model"],
        ...task.marks.map(({ metric, measure, baseline, on = task.heldOut }) => [
          metric,
          shown(measure(trained, on())),
          baseline === undefined ? "" : `${shown(baseline.measure(task.training(), on()))} (${baseline.name})`,
        ]),
      ],
      `npm run examples -- '${name}'`,
    );
  });

const shown = (figure: number): string => String(Number(figure.toPrecision(3)));
