import { test } from "node:test";
import fc from "fast-check";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { randomExample } from "../../src/check/random-example.ts";
import type { Compiled, CompileOptions } from "../../src/compile.ts";
import { compiledExample, exampleNames } from "../emit/examples.ts";
import { someOf } from "../often.ts";
import { mustGiveTheSame } from "./c-cases.ts";
import type { CCase } from "./c-driver.ts";
import { randomStreams } from "./c-streams.ts";
import { ifNative } from "./here.ts";

const randomCase = (compiled: Compiled, seed: number): CCase => {
  const generator = xoroshiro128plus(seed);
  const examples = [1, 2, 3].map(() => randomExample(compiled.model, generator, { least: 1, greatest: 5 }));
  return {
    compiled,
    params: compiled.init(seed),
    batch: compiled.pack(examples),
    streams: randomStreams(compiled, generator),
  };
};

const exampleCases = (names: ReadonlyArray<string>, options: CompileOptions): ReadonlyArray<CCase> =>
  names.map((name, turn) => randomCase(compiledExample(name, { target: "js", ...options }), turn));

test("examples as C give what their modules give: outputs, loss, gradient, windows, training, steps", ifNative, () => {
  const cases = exampleCases(someOf(exampleNames, 3, 8), { precision: "f64", optimiser: "adamw" });
  mustGiveTheSame(cases, { compiler: "gcc", flags: ["-std=c11", "-O1"] }, 1e-11);
});
void fc;
