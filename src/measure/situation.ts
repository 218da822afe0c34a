import type { Sample } from "../data/sample.ts";
import type { Example } from "../runtime/interface.ts";

/** An example as the model takes it, and as it stands in its file: no sample if it is of a text. */
export interface Situation {
  readonly example: Example;
  readonly sample: Sample | undefined;
}

export interface Situations {
  readonly count: number;
  readonly at: (index: number) => Situation;
}

/** Some after the other, so many at a time: no more are in memory. */
export const eachChunk = (
  { count, at }: Situations,
  size: number,
  visit: (chunk: ReadonlyArray<Situation>) => void,
): void => {
  for (let from = 0; from < count; from += size)
    visit(Array.from({ length: Math.min(size, count - from) }, (_, i) => at(from + i)));
};
