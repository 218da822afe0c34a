import { bitTasks } from "./bits.ts";
import { captionTasks } from "./captions.ts";
import { classTasks } from "./classes.ts";
import { derivativeTasks } from "./derivatives.ts";
import { helloTask } from "./hello.ts";
import { labellingTasks } from "./labelling.ts";
import { memoryTasks } from "./memory.ts";
import { nameTasks } from "./names.ts";
import { parseTreeTask } from "./parse-tree.ts";
import { recurrenceTasks } from "./recurrence.ts";
import { taggingTask } from "./tagging.ts";
import type { LazyTask, Task } from "./task.ts";
import { translationTask } from "./translation.ts";
import { yearTask } from "./years.ts";

/** Tasks of the lectures whose data are made up, or small, in their order; then models with derivatives in their equations. */
export const tasks = (): ReadonlyArray<Task> => [
  ...bitTasks(),
  helloTask,
  ...labellingTasks(),
  ...classTasks(),
  ...captionTasks(),
  translationTask(),
  parseTreeTask(),
  ...nameTasks(),
  ...memoryTasks(),
  ...recurrenceTasks(),
  yearTask(),
  ...derivativeTasks(),
];

/** Tasks on data from elsewhere, which take minutes. */
export const realTasks: ReadonlyArray<LazyTask> = [taggingTask];
