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
