import { bitTasks } from "./bits.ts";
import { helloTask } from "./hello.ts";
import type { Task } from "./task.ts";

/** Every task of the lectures, in their order. */
export const tasks: ReadonlyArray<Task> = [...bitTasks(), helloTask];
