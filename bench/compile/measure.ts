import { peak } from "../peak.ts";
import { newQuietTurns } from "../quiet.ts";
import { times } from "../random.ts";
import { timingOf } from "../statistics.ts";
import { compiledProgram } from "../task.ts";
import { type Subject, subjects } from "./subjects.ts";

/** Milliseconds from source to the end of the first gradient, and of a second one. */
export interface CompileTiming {
  readonly subject: Subject;
  readonly first: number;
  readonly second: number;
  readonly repeats: number;
}

/** The medians of several rounds, each subject in turn; the first round only warms the compiler up. */
export const compileTimings = async (repeats: number): Promise<ReadonlyArray<CompileTiming>> => {
  const { run } = peak("f32");
  const timed = (): number => {
    const from = performance.now();
    run();
    return performance.now() - from;
  };
  times(100, timed);
  const quietly = newQuietTurns({ slack: 1.05, patience: 90_000 }, async () => times(20, timed));
  const found = subjects.map((): Timed[] => []);
  for (let round = 0; round <= repeats; round += 1)
    for (const [i, subject] of subjects.entries()) {
      const once = await quietly(async () => timedOnce(subject, round));
      if (round > 0) found[i]!.push(once);
    }
  return subjects.map((subject, i) => ({
    subject,
    first: timingOf(found[i]!.map(({ first }) => first)).median,
    second: timingOf(found[i]!.map(({ second }) => second)).median,
    repeats,
  }));
};

type Timed = Pick<CompileTiming, "first" | "second">;

const timedOnce = ({ given, target }: Subject, round: number): Timed => {
  const { program, examples } = given(round);
  const start = performance.now();
  const compiled = compiledProgram(program, target);
  const [params, batch] = [compiled.init(1), compiled.pack(examples)];
  compiled.gradient(params, batch);
  const between = performance.now();
  compiled.gradient(params, batch);
  return { first: between - start, second: performance.now() - between };
};
