import assert from "node:assert/strict";
import fc from "fast-check";
import type { Circuit } from "../../src/circuit/circuit.ts";
import { javascript } from "../../src/emit/javascript/program.ts";
import type { Target } from "../../src/emit/targets.ts";
import { wasmTexts } from "../../src/emit/wasm/program.ts";
import type { LoopProgram } from "../../src/loops/loops.ts";
import type { Precision } from "../../src/runtime/interface.ts";
import type { Program } from "../../src/runtime/program.ts";
import { resultsOf } from "../wasm/programs.ts";
import { instantiate, type ProgramData } from "./run-program.ts";

/** A way of running loops, in which every operation rounds the same way wherever its value goes. */
export interface Engine {
  readonly precision: Precision;
  readonly target: Target;
  readonly make: (program: LoopProgram) => Program;
}

const inJavascript = (precision: Precision): Engine => ({
  precision,
  target: "js",
  make: (program) => instantiate(javascript(program, precision)),
});

/** Drawn for a property that holds in either precision. */
export const anyJavascript = (): fc.Arbitrary<Engine> => fc.constantFrom(doubleJavascript, singleJavascript);

export const doubleJavascript = inJavascript("f64");

export const singleJavascript = inJavascript("f32");

export const singleWasm: Engine = {
  precision: "f32",
  target: "wasm",
  make: (program) => {
    const { support, programs } = wasmTexts([program], "f32");
    return new Function(`"use strict";\n${support}\nreturn ${programs[0]};`)() as Program;
  },
};

/** Two ways of scheduling one circuit give every result the same bits. */
export const sameBits = (
  { outputs }: Circuit,
  { precision, make }: Engine,
  data: ProgramData,
  one: LoopProgram,
  other: LoopProgram,
): void => {
  const [expected, found] = [one, other].map((program) => resultsOf(make(program), data, precision));
  outputs.forEach(({ role, name }, i) => {
    const [values, others] = [expected![i]!, found![i]!];
    const isSame = values.length === others.length && values.every((value, at) => Object.is(value, others[at]));
    assert.ok(isSame, `${role} ${name}`);
  });
};
