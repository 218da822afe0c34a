import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { LoopProgram } from "../../src/schedule/loops.ts";
import { schedule } from "../../src/schedule/schedule.ts";
import { optimise } from "../../src/transform/simplify.ts";
import { circuits } from "../circuit/arbitrary.ts";
import { runs } from "../programs/laws.ts";
import { withGradient } from "../wasm/programs.ts";
import { doubleJavascript, sameBits, singleWasm } from "./bits.ts";
import { dataFor, fiveSymbols, type SymbolsOf, settings } from "./data.ts";
import { systems } from "./systems.ts";

/** The same loops with a stretch of the arena for every buffer alone. */
const apart = (program: LoopProgram): LoopProgram => ({ ...program, homes: program.buffers.map((_, id) => id) });

for (const { name, build } of systems) {
  test(`buffers that share a home give the bits of buffers apart: ${name}`, () => {
    fc.assert(
      fc.property(settings, fc.boolean(), ({ n, k, batch, greatest, seed }, simplified) => {
        const circuit = withGradient(build({ n, k }), fiveSymbols);
        const program = schedule(simplified ? optimise(circuit) : circuit);
        sameBits(circuit, doubleJavascript, dataFor(circuit, batch, greatest, seed).program, apart(program), program);
      }),
      runs(4),
    );
    const large = optimise(withGradient(build({ n: 9, k: 5 }), fiveSymbols));
    const program = schedule(large);
    sameBits(large, singleWasm, dataFor(large, 3, 4, 7).program, apart(program), program);
  });
}

test("buffers that share a home give the bits of buffers apart in arbitrary circuits", () => {
  const symbolsOf: SymbolsOf = (input) => (input === "c" ? 2 : undefined);
  fc.assert(
    fc.property(circuits({ smooth: false }), settings, (given, { batch, greatest, seed }) => {
      const circuit = withGradient(given, symbolsOf);
      const data = dataFor(circuit, Math.min(batch, 2), Math.min(greatest, 3), seed, symbolsOf).program;
      const program = schedule(circuit);
      sameBits(circuit, doubleJavascript, data, apart(program), program);
    }),
    runs(30),
  );
});

test("the gradient of a recurrence takes a third less with shared homes, and what callers see keeps homes of its own", () => {
  const program = schedule(optimise(withGradient(systems[0]!.build({ n: 8, k: 8 }), fiveSymbols)));
  const sizeOf = (each: LoopProgram) => doubleJavascript.make(each).plan([4, 100]).size;
  assert.ok(sizeOf(program) < 0.67 * sizeOf(apart(program)), `${sizeOf(program)} of ${sizeOf(apart(program))}`);
  for (const { buffer } of program.leaves)
    assert.equal(program.homes.filter((home) => home === program.homes[buffer]).length, 1);
});
