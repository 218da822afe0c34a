import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Circuit } from "../../src/circuit/circuit.ts";
import { brokenInvariants } from "../../src/circuit/validate.ts";
import { choicesWithout } from "../../src/schedule/optimisations.ts";
import { keepEvery } from "../../src/schedule/recompute.ts";
import { schedule } from "../../src/schedule/schedule.ts";
import { optimise } from "../../src/transform/simplify.ts";
import { circuits } from "../circuit/arbitrary.ts";
import { programs } from "../programs/arbitrary.ts";
import { runs } from "../programs/laws.ts";
import { compiledProgram } from "../property/programs.ts";
import { withGradient } from "../wasm/programs.ts";
import { doubleJavascript, type Engine, sameBits, singleWasm } from "./bits.ts";
import { dataFor, fiveSymbols, type SymbolsOf, settings } from "./data.ts";
import type { ProgramData } from "./run-program.ts";
import { systems } from "./systems.ts";

const lengths = fc.integer({ min: 1, max: 5 });

const giveSameBits = (circuit: Circuit, length: number, engine: Engine, data: ProgramData): void => {
  assert.deepEqual(brokenInvariants(keepEvery(length)(circuit).circuit), []);
  const inSegments = schedule(circuit, choicesWithout(new Set(), `every:${length}`));
  sameBits(circuit, engine, data, schedule(circuit), inSegments);
};

for (const { name, build } of systems) {
  test(`computing again segment by segment gives the bits of keeping all: ${name}`, () => {
    fc.assert(
      fc.property(settings, fc.boolean(), lengths, ({ n, k, batch, greatest, seed }, simplified, length) => {
        const circuit = withGradient(build({ n, k }), fiveSymbols);
        const { program } = dataFor(circuit, batch, 2 * greatest, seed);
        giveSameBits(simplified ? optimise(circuit) : circuit, length, doubleJavascript, program);
      }),
      runs(5),
    );
    const large = optimise(withGradient(build({ n: 9, k: 5 }), fiveSymbols));
    for (const batch of [1, 5])
      for (const length of [1, 3]) giveSameBits(large, length, singleWasm, dataFor(large, batch, 7, 7).program);
  });
}

test("computing again segment by segment gives the bits of keeping all in arbitrary circuits", () => {
  const symbolsOf: SymbolsOf = (input) => (input === "c" ? 2 : undefined);
  fc.assert(
    fc.property(circuits({ smooth: false }), settings, lengths, (given, { batch, greatest, seed }, length) => {
      const circuit = withGradient(given, symbolsOf);
      const { program } = dataFor(circuit, Math.min(batch, 2), Math.min(greatest, 4), seed, symbolsOf);
      giveSameBits(circuit, length, doubleJavascript, program);
    }),
    runs(25),
  );
});

test("computing again segment by segment gives the bits of keeping all in random programs", () => {
  fc.assert(
    fc.property(programs({ smooth: false }), settings, lengths, ({ source }, { batch, greatest, seed }, length) => {
      const { circuits: made, model } = compiledProgram(source);
      const circuit = made.gradient!;
      const symbolsOf: SymbolsOf = (input) =>
        [...model.inputs, ...model.targets].find(({ name }) => name === input)?.symbols;
      const { program } = dataFor(circuit, batch, 2 * Math.min(greatest, 4), seed, symbolsOf);
      giveSameBits(circuit, length, seed % 4 === 0 ? singleWasm : doubleJavascript, program);
    }),
    runs(25),
  );
});
