import { birthsTask } from "./births.ts";
import { bitTasks } from "./bits.ts";
import { captionTasks } from "./captions.ts";
import { classTasks } from "./classes.ts";
import { derivativeTasks } from "./derivatives.ts";
import { helloTask } from "./hello.ts";
import { labellingTasks } from "./labelling.ts";
import { memoryTasks } from "./memory.ts";
import { nameTasks } from "./names.ts";
import { nationalityTask } from "./nationalities.ts";
import { parseTreeTask } from "./parse-tree.ts";
import { pronunciationTask } from "./pronunciation.ts";
import { recurrenceTasks } from "./recurrence.ts";
import { taggingTask } from "./tagging.ts";
import type { LazyTask, Task } from "./task.ts";
import { translationTask } from "./translation.ts";
import { wordModelTask } from "./word-model.ts";
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
export const realTasks: ReadonlyArray<LazyTask> = [
  taggingTask,
  wordModelTask,
  pronunciationTask,
  nationalityTask,
  birthsTask,
];

/** What takes minutes comes first: trained side by side, one of these at the end would go on alone. */
export const allTasks = (): ReadonlyArray<LazyTask> => [
  ...realTasks,
  ...tasks().map((task) => ({ name: task.name, task: async () => task })),
];
