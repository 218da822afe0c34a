import type { Situation } from "./situation.ts";

/** How many examples in a row are of the same rows: the most windows of a series that one of them overlaps, with itself. */
export const overlapGauge = (): {
  /** One example after the other, as they stand in their file. */
  readonly add: (situation: Situation) => void;
  readonly most: () => number;
} => {
  let series = "";
  let most = 1;
  /** Where those end that the latest one overlaps. */
  let ends: number[] = [];
  return {
    add: ({ sample }) => {
      if (sample === undefined || sample.fields !== undefined) return;
      const key = JSON.stringify([sample.path, sample.group]);
      const { line: begin } = sample.rows[0]!;
      ends = [...(key === series ? ends.filter((end) => end >= begin) : []), sample.rows.at(-1)!.line];
      series = key;
      most = Math.max(most, ends.length);
    },
    most: () => most,
  };
};
