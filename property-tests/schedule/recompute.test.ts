import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Circuit } from "../../src/circuit/circuit.ts";
import { brokenInvariants } from "../../src/circuit/validate.ts";
import { javascript } from "../../src/emit/javascript.ts";
import { choicesWithout } from "../../src/schedule/optimisations.ts";
import { keepStates } from "../../src/schedule/recompute.ts";
import { schedule } from "../../src/schedule/schedule.ts";
import { optimise } from "../../src/transform/simplify.ts";
import { circuits } from "../circuit/arbitrary.ts";
import { programs } from "../programs/arbitrary.ts";
import { runs } from "../programs/laws.ts";
import { compiledProgram } from "../property/programs.ts";
import { withGradient } from "../wasm/programs.ts";
import { doubleJavascript, type Engine, sameBits, singleWasm } from "./bits.ts";
import { dataFor, fiveSymbols, type SymbolsOf, settings } from "./data.ts";
import { instantiate, type ProgramData } from "./run-program.ts";
import { systems } from "./systems.ts";

const choices = choicesWithout(new Set(), "states");

const giveSameBits = (circuit: Circuit, engine: Engine, data: ProgramData): void => {
  assert.deepEqual(brokenInvariants(keepStates(circuit).circuit), []);
  sameBits(circuit, engine, data, schedule(circuit), schedule(circuit, choices));
};

for (const { name, build } of systems) {
  test(`computing again from the states gives the bits of keeping all: ${name}`, () => {
    fc.assert(
      fc.property(settings, fc.boolean(), ({ n, k, batch, greatest, seed }, simplified) => {
        const circuit = withGradient(build({ n, k }), fiveSymbols);
        const { program } = dataFor(circuit, batch, greatest, seed);
        giveSameBits(simplified ? optimise(circuit) : circuit, doubleJavascript, program);
      }),
      runs(3),
    );
    const large = optimise(withGradient(build({ n: 9, k: 5 }), fiveSymbols));
    for (const batch of [1, 5]) giveSameBits(large, singleWasm, dataFor(large, batch, 4, 7).program);
  });
}

test("computing again from the states gives the bits of keeping all in arbitrary circuits", () => {
  const symbolsOf: SymbolsOf = (input) => (input === "c" ? 2 : undefined);
  fc.assert(
    fc.property(circuits({ smooth: false }), settings, (given, { batch, greatest, seed }) => {
      const circuit = withGradient(given, symbolsOf);
      const { program } = dataFor(circuit, Math.min(batch, 2), Math.min(greatest, 3), seed, symbolsOf);
      giveSameBits(circuit, doubleJavascript, program);
    }),
    runs(25),
  );
});

test("computing again from the states gives the bits of keeping all in random programs", () => {
  fc.assert(
    fc.property(programs({ smooth: false }), settings, ({ source }, { batch, greatest, seed }) => {
      const { circuits: made, model } = compiledProgram(source);
      const circuit = made.gradient!;
      const symbolsOf: SymbolsOf = (input) =>
        [...model.inputs, ...model.targets].find(({ name }) => name === input)?.symbols;
      const { program } = dataFor(circuit, batch, Math.min(greatest, 4), seed, symbolsOf);
      giveSameBits(circuit, seed % 4 === 0 ? singleWasm : doubleJavascript, program);
    }),
    runs(25),
  );
});

const withCell = (cell: string): string => `import ${cell} from "std"
model M(n = 40, k = 5) {
  axis t in 1..T
  input x[t] : R[k]
  param v
  h[t] = ${cell}(n)(x[t])
  minimize sum[t](v^T h[t])
}`;

for (const cell of ["GRU", "LSTM"]) {
  test(`the states of a recurrent cell alone take less than all that its gradient reads: ${cell}`, () => {
    const [full, states] = (["full", "states"] as const).map((memory) =>
      compiledProgram(withCell(cell), { memory }).bytes("gradient", { batch: 3, lengths: { T: 50 } }),
    );
    assert.ok(states! < 0.92 * full!, `${states} of ${full} bytes`);
  });
}

test("the bytes that are told are those that the plan of the program takes", () => {
  const model = compiledProgram(withCell("LSTM"), { memory: "states", precision: "f64" });
  const program = instantiate(javascript(schedule(model.circuits.gradient!, choices)));
  const sizes = [
    [1, 1],
    [3, 50],
    [2, 0],
  ] as const;
  for (const [batch, T] of sizes)
    assert.equal(model.bytes("gradient", { batch, lengths: { T } }), 8 * program.plan([batch, T]).size);
});
