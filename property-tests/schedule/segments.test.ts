import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { randomExample } from "../../src/check/random-example.ts";
import type { Circuit } from "../../src/circuit/circuit.ts";
import { brokenInvariants } from "../../src/circuit/validate.ts";
import { choicesWithout } from "../../src/schedule/optimisations.ts";
import { keepEvery } from "../../src/schedule/recompute.ts";
import { schedule } from "../../src/schedule/schedule.ts";
import { phasesOf } from "../../src/schedule/segments/phases.ts";
import { optimise } from "../../src/transform/simplify.ts";
import { circuits } from "../circuit/arbitrary.ts";
import { compiledExample, exampleNames } from "../emit/examples.ts";
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

const withCell = (cell: string): string => `import ${cell} from "std"
model M(n = 40, k = 5) {
  axis t in 1..T
  input x[t] : R[k]
  param v
  f[t] = ${cell}(n)(x[t])
  b[t] = backward ${cell}(n)(x[t])
  minimize sum[t](v^T (f[t] * b[t]))
}`;

for (const cell of ["RNN", "GRU", "LSTM"])
  test(`a gradient keeps of long sequences the data and a state for each segment, in both directions: ${cell}`, () => {
    const bytes = (memory: "full" | "every:100", T: number) =>
      compiledProgram(withCell(cell), { memory }).bytes("gradient", { batch: 3, lengths: { T } });
    assert.ok(bytes("every:100", 10_000) < 0.1 * bytes("full", 10_000));
    // Each position more takes its data, a number or two, and a hundredth of a state for each direction.
    const states = (cell === "LSTM" ? 2 : 1) * 2 * 40;
    const growth = (bytes("every:100", 20_000) - bytes("every:100", 10_000)) / (10_000 * 3 * 8);
    assert.ok(growth <= 5 + 2 + states / 100, `${growth} numbers a position`);
  });

test("the recurrences of every example are taken in segments", () => {
  for (const name of exampleNames) {
    const { circuits: made } = compiledExample(name);
    const circuit = made.gradient ?? made.forward;
    const { segments } = schedule(circuit, choicesWithout(new Set(), "every:3"));
    assert.equal(segments !== undefined, phasesOf(circuit) !== undefined, name);
  }
});

for (const options of [
  { target: "js", precision: "f64" },
  { target: "wasm", precision: "f32" },
] as const)
  test(`examples in segments give the loss and the gradient of keeping all, bit for bit, ${options.target}`, () => {
    for (const name of exampleNames) {
      const [full, every] = (["full", "every:2"] as const).map((memory) =>
        compiledExample(name, { ...options, memory }),
      );
      if (!full!.model.hasLoss) continue;
      const generator = xoroshiro128plus(7);
      const examples = [1, 2, 3].map(() => randomExample(full!.model, generator, { least: 1, greatest: 7 }));
      const [expected, found] = [full!, every!].map((model) => model.gradient(model.init(3), model.pack(examples)));
      assert.deepEqual(found, expected, name);
    }
  });
