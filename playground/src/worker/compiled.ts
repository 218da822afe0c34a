import * as E from "fp-ts/lib/Either.js";
import type { NonEmptyArray } from "fp-ts/lib/NonEmptyArray.js";
import { type Compiled, type CompileOptions, compile } from "../../../src/compile.ts";
import type { Diagnostic } from "../../../src/syntax/diagnostic.ts";
import { type Program, programFile } from "../program.ts";

/** What a program is compiled to, by what is asked of the compiler beside it. */
export type Options = Pick<CompileOptions, "precision" | "target" | "optimiser" | "names">;

export type Result = E.Either<NonEmptyArray<Diagnostic>, Compiled>;

/** Of the last program alone: views ask for the same one again. */
let kept: { readonly key: string; readonly results: Map<string, Result> } = { key: "", results: new Map() };

export const compiledProgram = ({ source, statics }: Program, options: Options = {}): Result => {
  const key = JSON.stringify([source, statics]);
  if (kept.key !== key) kept = { key, results: new Map() };
  const how = JSON.stringify(options);
  const result = kept.results.get(how) ?? compile(source, { ...options, statics, file: programFile });
  kept.results.set(how, result);
  return result;
};

/** Of a program that is known to be right. */
export const rightProgram = (program: Program, options: Options = {}): Compiled => {
  const result = compiledProgram(program, options);
  if (E.isLeft(result)) throw new Error(result.left[0].message);
  return result.right;
};
