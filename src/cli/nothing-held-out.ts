import type { DataPlan } from "../data/plan.ts";
import { gathers } from "../data/sample.ts";

/** A line on why nothing of the data is held out, and the ways out. */
export const nothingHeldOut = (plan: DataPlan): string => {
  const why = (plan.skipBad ?? 0) > 0 ? undefined : reasonOf(plan);
  return `Nothing is held out, so nothing tells how the model does on what it has not seen${why === undefined ? "" : `: ${why}`}. ${waysOut(plan)}.\n`;
};

const reasonOf = ({ kind, gathering = {}, split, holdOut, heldOutFiles }: DataPlan): string => {
  const { window, ahead = 1 } = gathering;
  const rows =
    window === undefined ? undefined : `the ${window + ahead} rows that a window of ${window} and ${ahead} ahead take`;
  if (heldOutFiles !== undefined)
    return rows === undefined
      ? `${heldOutFiles.join(", ")} holds no examples`
      : `no series of ${heldOutFiles.join(", ")} has ${rows}`;
  if (kind === "text") return `the texts have fewer than ${holdOut} characters`;
  if (!gathers(gathering)) return `one example in ${holdOut} would be, and there are fewer`;
  if ((split ?? (window === undefined ? "group" : "time")) !== "time")
    return `one series in ${holdOut} would be, and there are fewer`;
  return rows === undefined
    ? `one row in ${holdOut} of each series would be, at its end, and each has fewer`
    : `one row in ${holdOut} of each series would be, at its end, and these are fewer than ${rows}`;
};

const waysOut = ({ kind, gathering = {}, split, heldOutFiles }: DataPlan): string => {
  if (heldOutFiles !== undefined) return "--held-out FILE names others, and --hold-out N alone holds out one in N";
  const share = "--hold-out N with a lower N holds out more";
  if (kind === "text") return share;
  const byTime = split !== undefined && split !== "time" && gathers(gathering);
  return [
    share,
    ...(byTime ? ["--split time the end of each series"] : []),
    ...(!byTime && gathering.group !== undefined ? ["--split group whole series"] : []),
    "--held-out FILE a file of its own",
  ].join(", ");
};
