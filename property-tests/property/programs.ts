import assert from "node:assert/strict";
import { isLeft } from "fp-ts/lib/Either.js";
import { type Compiled, type CompileOptions, compile } from "../../src/compile.ts";

/** A right program, compiled in double precision. */
export const compiledProgram = (source: string, options: CompileOptions = {}): Compiled => {
  const result = compile(source, { precision: "f64", ...options });
  if (isLeft(result)) assert.fail(JSON.stringify(result.left));
  return result.right;
};
