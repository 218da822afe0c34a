import type { DataPlan } from "../data/plan.ts";
import { gathers } from "../data/sample.ts";
import type { CompiledModel } from "../runtime/interface.ts";
import type { Task } from "../train/task.ts";

/** Of so many examples it is seen whether any is longer than one position. */
const enough = 50;

/** What is said where a model goes along an axis, and each row of the data is a sequence of its own. */
export const rowsAlone = (
  { kind, gathering }: DataPlan,
  { model, pack }: Pick<CompiledModel, "model" | "pack">,
  { heldOut }: Task,
): string | undefined => {
  if (kind !== "examples" || gathers(gathering ?? {}) || heldOut.length === 0) return undefined;
  const longest = Object.entries(pack(heldOut.slice(0, enough)).longest);
  if (longest.length === 0 || longest.some(([, length]) => length !== 1)) return undefined;
  const [axis] = model.axes.filter(({ length }) => typeof length === "string");
  return `Each row of the data is a sequence of one position along ${axis!.name}: --group FIELD makes one of the rows that have the same FIELD, --window N of N rows after each other.\n`;
};
