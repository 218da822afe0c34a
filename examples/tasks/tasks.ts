import { bitTasks } from "./bits.ts";
import { captionTasks } from "./captions.ts";
import { classTasks } from "./classes.ts";
import { derivativeTasks } from "./derivatives.ts";
import { helloTask } from "./hello.ts";
import { labellingTasks } from "./labelling.ts";
import { memoryTasks } from "./memory.ts";
import { nameTasks } from "./names.ts";
import { parseTreeTask } from "./parse-tree.ts";
import { taggingTask } from "./tagging.ts";
import type { Task } from "./task.ts";
import { translationTask } from "./translation.ts";
import { yearTask } from "./years.ts";

/** Every task of the lectures, in their order; then those of models with derivatives in their equations. */
export const tasks = (): ReadonlyArray<Task> => [
  ...bitTasks(),
  helloTask,
  taggingTask(),
  ...labellingTasks(),
  ...classTasks(),
  ...captionTasks(),
  translationTask(),
  parseTreeTask(),
  ...nameTasks(),
  ...memoryTasks(),
  yearTask(),
  ...derivativeTasks(),
];
