import type { Example } from "../../src/runtime/interface.ts";
import { isBeyond, isReached, type Mark, type Task, type Trained } from "./task.ts";
import { compiledTask, trainCompiled } from "./train.ts";

/** What a task reached: the figures of each seed, and what was measured. */
export interface Measurement {
  readonly name: string;
  readonly marks: ReadonlyArray<MeasuredMark>;
  /** Of processor time, for all seeds together. */
  readonly seconds: number;
}

export interface MeasuredMark {
  readonly metric: string;
  readonly baseline: { readonly name: string; readonly value: number } | undefined;
  /** Of each seed. */
  readonly reached: ReadonlyArray<number>;
  readonly required: Mark["required"];
  /** How many examples were measured, and how many of these were trained on. */
  readonly examples: number;
  readonly seen: number;
  /** What the table says beside: why what is measured was seen, why the baseline is not left behind. */
  readonly notes: ReadonlyArray<string>;
  readonly verdict: "good" | "missed" | "no better than its baseline";
}

/** Trains a task from each of the seeds, and measures every mark. */
export const measureTask = (task: Task, seeds: ReadonlyArray<number>): Measurement => {
  const start = process.cpuUsage();
  const [training, compiled] = [task.training(), compiledTask(task)];
  const trained = seeds.map((seed) => trainCompiled(compiled, task, training, seed));
  const marks = task.marks.map((mark) => measureMark(task, mark, training, trained));
  const { user, system } = process.cpuUsage(start);
  return { name: task.name, marks, seconds: (user + system) / 1e6 };
};

const measureMark = (
  task: Task,
  mark: Mark,
  training: ReadonlyArray<Example>,
  trained: ReadonlyArray<Trained>,
): MeasuredMark => {
  const examples = (mark.on ?? task.heldOut)();
  const baseline = mark.baseline && {
    name: mark.baseline.name,
    value: mark.baseline.measure(training, examples),
  };
  const reached = trained.map((one) => mark.measure(one, examples));
  return {
    metric: mark.metric,
    baseline,
    reached,
    required: mark.required,
    examples: examples.length,
    seen: seenIn(training, examples),
    notes: [task.seen, mark.cannot].filter((note) => note !== undefined),
    verdict: verdictOf(mark, reached, baseline?.value),
  };
};

/** How many of the examples were trained on, just as they are. */
export const seenIn = (training: ReadonlyArray<Example>, examples: ReadonlyArray<Example>): number => {
  const known = new Set(training.map(textOf));
  return examples.filter((example) => known.has(textOf(example))).length;
};

const textOf = (example: Example): string =>
  JSON.stringify(Object.entries(example).sort(([a], [b]) => (a < b ? -1 : 1)));

/** Every seed reaches what is required, which lies clearly beyond the baseline, unless the mark says why it cannot. */
export const verdictOf = (
  { required, cannot }: Pick<Mark, "required" | "cannot">,
  reached: ReadonlyArray<number>,
  baseline: number | undefined,
): MeasuredMark["verdict"] => {
  if (required === undefined) return "good";
  if (!reached.every((value) => isReached(value, required))) return "missed";
  return baseline === undefined || cannot !== undefined || isBeyond(required, baseline)
    ? "good"
    : "no better than its baseline";
};
