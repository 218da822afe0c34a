import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import wabtOf from "wabt";
import type { Compiled } from "../../src/compile.ts";
import { optimisations } from "../../src/module/optimisations.ts";
import { compiledExample, exampleNames } from "../emit/examples.ts";
import { often, someOf } from "../often.ts";
import { programs } from "../programs/arbitrary.ts";
import { compiledProgram } from "../property/programs.ts";
import { applications, modelOf } from "../std/cells.ts";

const wabt = await wabtOf();

/** The bytes of WebAssembly in an emitted module. */
const bytesIn = ({ moduleText }: Compiled): Uint8Array => {
  const [, text] = /wasmModule\("([^"]*)"\)/.exec(moduleText) ?? [];
  assert.ok(text !== undefined, "there is WebAssembly in the module");
  return Uint8Array.from(Buffer.from(text, "base64"));
};

/** Throws what is wrong with a module; of what is not in the first version of WebAssembly only vectors are let pass. */
const mustBeValid = (bytes: Uint8Array): void => {
  const module = wabt.readWasm(bytes, { simd: true, exceptions: false, threads: false, relaxed_simd: false });
  try {
    module.validate();
  } finally {
    module.destroy();
  }
  assert.ok(WebAssembly.validate(bytes), "the engine takes the module");
};

test("the modules of all examples are valid WebAssembly, to wabt and to the engine", () => {
  someOf(exampleNames, 0, 8).forEach((name, i) => {
    const training = i % 4 === 0 ? ({ optimiser: "adam" } as const) : {};
    mustBeValid(bytesIn(compiledExample(name, { precision: "f32", target: "wasm", ...training })));
  });
});

test("the modules of all standard cells are valid WebAssembly", () => {
  for (const cell of someOf(Object.keys(applications), 0, 8))
    mustBeValid(bytesIn(compiledProgram(modelOf(cell), { precision: "f64", target: "wasm" })));
});

test("the modules of random programs are valid WebAssembly, whatever optimisations they are compiled without", () => {
  const switches = fc.subarray(optimisations.map(({ name }) => name));
  const precisions = fc.constantFrom("f32" as const, "f64" as const);
  fc.assert(
    fc.property(programs({ smooth: false }), precisions, switches, ({ source }, precision, without) =>
      mustBeValid(bytesIn(compiledProgram(source, { precision, target: "wasm", without }))),
    ),
    { numRuns: often(12), includeErrorInReport: true },
  );
});

test("names are added to the bytes of a module, one for each of its functions, and nothing else changes", () => {
  for (const name of someOf(exampleNames, 1, 8)) {
    const unnamed = bytesIn(compiledExample(name, { precision: "f32", target: "wasm" }));
    const named = bytesIn(compiledExample(name, { precision: "f32", target: "wasm", names: true }));
    mustBeValid(named);
    assert.deepEqual(named.subarray(0, unnamed.length), unnamed);
    const functions = functionsIn(named);
    assert.equal(functions.length, functionsIn(unnamed).length);
    assert.equal(new Set(functions).size, functions.length);
    assert.ok(functions.every((each) => each.startsWith("$")));
    assert.ok(functions.includes("$forward"), functions.join());
  }
});

/** What wabt calls the functions that a module defines: a name, or else a number in a comment. */
const functionsIn = (bytes: Uint8Array): ReadonlyArray<string> => {
  const module = wabt.readWasm(bytes, { simd: true, readDebugNames: true });
  try {
    module.applyNames();
    const text = module.toText({});
    return [...text.matchAll(/^ {2}\(func (\S+) /gm)].map(([, name]) => name!);
  } finally {
    module.destroy();
  }
};

test("a module with another byte in its code is refused", () => {
  const bytes = bytesIn(compiledExample("elman.rnn", { target: "wasm" }));
  const broken = bytes.slice();
  // The end of the last function.
  broken[broken.length - 1] = 0x01;
  assert.throws(() => mustBeValid(broken));
  assert.equal(WebAssembly.validate(broken), false);
});
