import type { Example } from "../../src/emit/interface.ts";
import type { Target } from "../../src/emit/program.ts";
import { below, generator, times, vectors } from "../random.ts";
import { timingOf } from "../statistics.ts";
import { compiledProgram, type Program } from "../task.ts";

/** A program that is compiled again and again, and the examples that its first gradient is of. */
export interface Subject {
  readonly name: string;
  readonly value: number;
  readonly target: Target;
  readonly program: Program;
  readonly examples: ReadonlyArray<Example>;
}

/** Milliseconds from source to the end of the first gradient, and of a second one. */
export interface CompileTiming {
  readonly subject: Subject;
  readonly first: number;
  readonly second: number;
  readonly repeats: number;
}

const w1: Program = { file: "./workloads/w1.rnn", iteration: "gradient" };

const characters = (count: number, length: number): ReadonlyArray<Example> => {
  const random = generator(7);
  const symbols = () => times(length, () => below(random, 65));
  return times(count, () => ({ x: symbols(), y: symbols() }));
};

/** W1 itself; W1 with one example of each length; LSTMs upon each other. */
export const subjects: ReadonlyArray<Subject> = [
  ...(["wasm", "js"] as const).map((target) => ({
    name: "W1",
    value: 64,
    target,
    program: w1,
    examples: characters(32, 64),
  })),
  ...[8, 16, 32, 64, 128, 256, 512].map(
    (value): Subject => ({ name: "T", value, target: "wasm", program: w1, examples: characters(1, value) }),
  ),
  ...[1, 2, 4, 8, 16, 32].map(
    (value): Subject => ({
      name: "layers",
      value,
      target: "wasm",
      program: { file: "./cost/stacked.rnn", statics: { n: 32, layers: value }, iteration: "gradient" },
      examples: [{ x: vectors(generator(7), 8, 32), g: vectors(generator(8), 8, 32) }],
    }),
  ),
];

/** The medians of several repeats, one of each subject in turn; the first round only warms the compiler up. */
export const compileTimings = (repeats: number): ReadonlyArray<CompileTiming> => {
  const rounds = times(repeats + 1, () => subjects.map(timedOnce)).slice(1);
  return subjects.map((subject, i) => ({
    subject,
    first: timingOf(rounds.map((round) => round[i]!.first)).median,
    second: timingOf(rounds.map((round) => round[i]!.second)).median,
    repeats,
  }));
};

/** Parameters and batch are plain data: what one compilation made of them serves every other. */
const timedOnce = ({ program, target, examples }: Subject): { readonly first: number; readonly second: number } => {
  const start = performance.now();
  const compiled = compiledProgram(program, target);
  const [params, batch] = [compiled.init(1), compiled.pack(examples)];
  compiled.gradient(params, batch);
  const between = performance.now();
  compiled.gradient(params, batch);
  return { first: between - start, second: performance.now() - between };
};
