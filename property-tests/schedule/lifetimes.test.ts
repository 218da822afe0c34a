import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Circuit } from "../../src/circuit/circuit.ts";
import type { Precision, Program, Values } from "../../src/emit/interface.ts";
import { javascript } from "../../src/emit/javascript.ts";
import { kernelText, wasmProgramsText } from "../../src/emit/program.ts";
import type { LoopProgram } from "../../src/schedule/loops.ts";
import { schedule } from "../../src/schedule/schedule.ts";
import { optimise } from "../../src/transform/simplify.ts";
import { circuits } from "../circuit/arbitrary.ts";
import { resultsOf, withGradient } from "../wasm/programs.ts";
import { dataFor, fiveSymbols, type SymbolsOf, settings } from "./data.ts";
import { instantiate, type ProgramData } from "./run-program.ts";
import { systems } from "./systems.ts";

/** The same loops with a stretch of the arena for every buffer alone. */
const apart = (program: LoopProgram): LoopProgram => ({ ...program, homes: program.buffers.map((_, id) => id) });

const inJavascript = (program: LoopProgram): Program => instantiate(javascript(program));

const inWasm =
  (precision: Precision) =>
  (program: LoopProgram): Program => {
    const { support, programs } = wasmProgramsText([program], precision);
    return new Function(`"use strict";\n${kernelText()}\n${support}\nreturn ${programs[0]};`)() as Program;
  };

const sameBits = (
  circuit: Circuit,
  data: ProgramData,
  make: (program: LoopProgram) => Program,
  precision: Precision,
): void => {
  const program = schedule(circuit);
  const [shared, alone] = [program, apart(program)].map((each) => resultsOf(make(each), data, precision));
  alone!.forEach((expected, i) => {
    assert.ok(isSame(expected, shared![i]!), `${circuit.outputs[i]!.role} ${circuit.outputs[i]!.name}`);
  });
};

const isSame = (expected: Values, found: Values): boolean =>
  expected.length === found.length && expected.every((value, at) => Object.is(value, found[at]));

const runs = (usual: number) => ({ numRuns: Number(process.env.FC_RUNS ?? usual), includeErrorInReport: true });

for (const { name, build } of systems) {
  test(`buffers that share a home give the bits of buffers apart: ${name}`, () => {
    fc.assert(
      fc.property(settings, fc.boolean(), ({ n, k, batch, greatest, seed }, simplified) => {
        const circuit = withGradient(build({ n, k }), fiveSymbols);
        const { program } = dataFor(circuit, batch, greatest, seed);
        sameBits(simplified ? optimise(circuit) : circuit, program, inJavascript, "f64");
      }),
      runs(8),
    );
    const large = optimise(withGradient(build({ n: 9, k: 5 }), fiveSymbols));
    sameBits(large, dataFor(large, 3, 4, 7).program, inWasm("f32"), "f32");
  });
}

test("buffers that share a home give the bits of buffers apart in arbitrary circuits", () => {
  const symbolsOf: SymbolsOf = (input) => (input === "c" ? 2 : undefined);
  fc.assert(
    fc.property(circuits({ smooth: false }), settings, (circuit, { batch, greatest, seed }) => {
      const used = withGradient(circuit, symbolsOf);
      const { program } = dataFor(used, Math.min(batch, 2), Math.min(greatest, 3), seed, symbolsOf);
      sameBits(used, program, inJavascript, "f64");
    }),
    runs(60),
  );
});

test("the gradient of a recurrence takes a third less with shared homes, and what callers see keeps homes of its own", () => {
  const circuit = optimise(withGradient(systems[0]!.build({ n: 8, k: 8 }), fiveSymbols));
  const program = schedule(circuit);
  const sizeOf = (each: LoopProgram) => inJavascript(each).plan([4, 100]).size;
  assert.ok(sizeOf(program) < 0.67 * sizeOf(apart(program)), `${sizeOf(program)} of ${sizeOf(apart(program))}`);
  for (const { buffer } of program.leaves)
    assert.equal(program.homes.filter((home) => home === program.homes[buffer]).length, 1);
});
