import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import wabtOf from "wabt";
import type { Compiled } from "../../src/compile.ts";
import { wasmWithout } from "../../src/emit/wasm/choices.ts";
import { wasmModule } from "../../src/emit/wasm/module.ts";
import { prepare } from "../../src/emit/wasm/prepare.ts";
import { wasmModuleText } from "../../src/emit/wasm/text/module-text.ts";
import { choicesFor } from "../../src/module/programs.ts";
import { schedule } from "../../src/schedule/schedule.ts";
import { compiledExample, exampleNames } from "../emit/examples.ts";
import { often, someOf } from "../often.ts";
import { programs } from "../programs/arbitrary.ts";
import { compiledProgram } from "../property/programs.ts";
import { applications, modelOf } from "../std/cells.ts";

const wabt = await wabtOf();

/** The text of a model's module, parsed by wabt, is the module again, byte for byte; names stand in comments. */
const textIsTheModule = (compiled: Compiled, precision: "f32" | "f64"): void => {
  const code = wasmWithout(compiled.without);
  const choices = choicesFor({ precision, target: "wasm", without: compiled.without });
  const prepared = prepare(
    Object.values(compiled.circuits).map((circuit) => schedule(circuit, choices)),
    precision,
    code,
  );
  const names = Object.keys(compiled.circuits);
  const text = wasmModuleText(wasmModule(prepared, precision, code, names));
  const parsed = wabt.parseWat("module.wat", text, { simd: true });
  try {
    const found = Buffer.from(parsed.toBinary({}).buffer);
    assert.ok(found.equals(wasmModule(prepared, precision, code, undefined)), "the bytes differ");
  } finally {
    parsed.destroy();
  }
};

test("the text of a module of WebAssembly is the module: of every example and standard cell, in both precisions", () => {
  someOf(exampleNames, 2, 8).forEach((name, i) => {
    textIsTheModule(compiledExample(name), i % 2 === 0 ? "f32" : "f64");
  });
  someOf(Object.keys(applications), 1, 8).forEach((cell, i) => {
    textIsTheModule(compiledProgram(modelOf(cell)), i % 2 === 0 ? "f64" : "f32");
  });
});

test("the text of a module of WebAssembly is the module: of random programs", () => {
  fc.assert(
    fc.property(programs({ smooth: false }), fc.constantFrom("f32" as const, "f64" as const), ({ source }, precision) =>
      textIsTheModule(compiledProgram(source), precision),
    ),
    { numRuns: often(12) },
  );
});
