import { readFileSync } from "node:fs";
import { isRight } from "fp-ts/lib/Either.js";
import { type Compiled, type CompileOptions, compile } from "../src/compile.ts";
import type { Target } from "../src/emit/targets.ts";
import type { Example } from "../src/runtime/interface.ts";
import { generator } from "./random.ts";

/** What every peer must do as well; `name` is what it knows it by. */
export interface Workload {
  readonly name: string;
  readonly title: string;
  readonly program: Program;
  readonly examples: (random: () => number) => ReadonlyArray<Example>;
}

/** A model, and what of it is an iteration. */
export interface Program {
  /** Relative to this folder. */
  readonly file: string;
  readonly statics?: Readonly<Record<string, number>>;
  readonly wrt?: ReadonlyArray<string>;
  readonly iteration: "adam" | "sgd" | "gradient" | "step" | "process" | "generate";
}

/** How many positions a stream is given at once. */
export const blockLength = 64;

export const compiledProgram = (
  { file, statics = {}, wrt = [], iteration }: Program,
  target: Target,
  options: CompileOptions = {},
): Compiled => {
  const result = compile(readFileSync(new URL(file, import.meta.url), "utf8"), {
    file,
    ...options,
    precision: "f32",
    target,
    statics,
    wrt: [...wrt],
    ...(iteration === "adam" || iteration === "sgd" ? { optimiser: iteration } : {}),
  });
  if (isRight(result)) return result.right;
  throw new Error(JSON.stringify(result.left));
};

export const examplesOf = (workload: Workload): ReadonlyArray<Example> => workload.examples(generator(7));

/** What every peer is given: the same parameters and the same data. */
export interface Task {
  readonly name: string;
  readonly program: Program;
  readonly params: Readonly<Record<string, ReadonlyArray<number>>>;
  readonly examples: ReadonlyArray<Example>;
}

export const taskOf = (workload: Workload): Task => ({
  name: workload.name,
  program: workload.program,
  params: Object.fromEntries(
    Object.entries(compiledProgram(workload.program, "js").init(1)).map(([path, values]) => [path, Array.from(values)]),
  ),
  examples: examplesOf(workload),
});
