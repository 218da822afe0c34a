import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { isLeft } from "fp-ts/lib/Either.js";
import { type Compiled, type CompileOptions, compile } from "../../src/compile.ts";

const folder = new URL("../../examples/", import.meta.url);
const statics: Readonly<Record<string, Readonly<Record<string, number>>>> = { "char-lm.rnn": { V: 5, n: 4, d: 3 } };

/** The models of the examples folder, small enough to test. */
export const exampleNames: ReadonlyArray<string> = readdirSync(folder).filter((name) => name.endsWith(".rnn"));

export const compiledExample = (name: string, options: CompileOptions = {}): Compiled => {
  const source = readFileSync(new URL(name, folder), "utf8");
  const result = compile(source, { file: name, precision: "f64", statics: statics[name] ?? {}, ...options });
  if (isLeft(result)) assert.fail(JSON.stringify(result.left));
  return result.right;
};
