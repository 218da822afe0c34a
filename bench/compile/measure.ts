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
export const compileTimings = (repeats: number): ReadonlyArray<CompileTiming> => {
  const rounds = times(repeats + 1, (round) => subjects.map((subject) => timedOnce(subject, round))).slice(1);
  return subjects.map((subject, i) => ({
    subject,
    first: timingOf(rounds.map((round) => round[i]!.first)).median,
    second: timingOf(rounds.map((round) => round[i]!.second)).median,
    repeats,
  }));
};

const timedOnce = ({ given, target }: Subject, round: number): { readonly first: number; readonly second: number } => {
  const { program, examples } = given(round);
  const start = performance.now();
  const compiled = compiledProgram(program, target);
  const [params, batch] = [compiled.init(1), compiled.pack(examples)];
  compiled.gradient(params, batch);
  const between = performance.now();
  compiled.gradient(params, batch);
  return { first: between - start, second: performance.now() - between };
};
