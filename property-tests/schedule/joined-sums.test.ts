import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Circuit } from "../../src/circuit/circuit.ts";
import { choicesFor } from "../../src/module/programs.ts";
import { schedule } from "../../src/schedule/schedule.ts";
import { optimise } from "../../src/transform/simplify.ts";
import { circuits } from "../circuit/arbitrary.ts";
import { compiledExample, exampleNames } from "../emit/examples.ts";
import { programs } from "../programs/arbitrary.ts";
import { runs } from "../programs/laws.ts";
import { compiledProgram } from "../property/programs.ts";
import { withGradient } from "../wasm/programs.ts";
import { anyJavascript, type Engine, sameBits, singleJavascript, singleWasm } from "./bits.ts";
import { dataFor, fiveSymbols, type SymbolsOf, settings } from "./data.ts";
import type { ProgramData } from "./run-program.ts";
import { systems } from "./systems.ts";

const anyEngine = (): fc.Arbitrary<Engine> => fc.oneof(anyJavascript(), fc.constant(singleWasm));

const without = new Set(["sums-in-scans"]);

/** The same bits wherever sums over turns stand. */
const sameWherever = (circuit: Circuit, engine: Engine, data: ProgramData): void =>
  sameBits(
    circuit,
    engine,
    data,
    schedule(circuit, choicesFor({ ...engine, without })),
    schedule(circuit, choicesFor(engine)),
  );

for (const { name, build } of systems) {
  test(`a sum over the turns of a scan has the same bits in the scan as after it: ${name}`, () => {
    fc.assert(
      fc.property(settings, fc.boolean(), anyEngine(), ({ n, k, batch, greatest, seed }, simplified, engine) => {
        const circuit = withGradient(build({ n, k }), fiveSymbols);
        const { program } = dataFor(circuit, batch, 2 * greatest, seed);
        sameWherever(simplified ? optimise(circuit) : circuit, engine, program);
      }),
      runs(10),
    );
  });
}

test("a sum over the turns of a scan has the same bits in the scan as after it, in arbitrary circuits", () => {
  const symbolsOf: SymbolsOf = (input) => (input === "c" ? 2 : undefined);
  fc.assert(
    fc.property(circuits({ smooth: false }), settings, anyEngine(), (given, { batch, greatest, seed }, engine) => {
      const circuit = withGradient(given, symbolsOf);
      const { program } = dataFor(circuit, Math.min(batch, 2), Math.min(greatest, 4), seed, symbolsOf);
      sameWherever(circuit, engine, program);
    }),
    runs(60),
  );
});

test("a sum over the turns of a scan has the same bits in the scan as after it, in random programs", () => {
  fc.assert(
    fc.property(programs({ smooth: false }), settings, anyEngine(), ({ source }, { batch, greatest, seed }, engine) => {
      const { circuits: made, model } = compiledProgram(source);
      const circuit = made.gradient!;
      const symbolsOf: SymbolsOf = (input) =>
        [...model.inputs, ...model.targets].find(({ name }) => name === input)?.symbols;
      sameWherever(circuit, engine, dataFor(circuit, batch, 2 * greatest, seed, symbolsOf).program);
    }),
    runs(60),
  );
});

test("a sum over the turns of a scan waits for rows that later turns make", () => {
  // Sums over one of the axes go as the passes do, those over the other one from its start.
  const recurrence = (axis: string, by: string, neighbour: string) => `
    axis ${axis} in 1..${axis.toUpperCase()}
    input x${axis}[${axis}] : R[3]
    h${axis}[_] = 0
    output h${axis}[${axis}] = tanh(W h${axis}[${axis}${by}] + x${axis}[${axis}])
    output s${axis} : R[3] = sum[${axis}](x${axis}[${axis}] * h${axis}[${axis}${neighbour}])
    minimize sumsq(s${axis})`;
  const sides = [-1, 1].flatMap((by) => [-1, 1].map((neighbour) => [by, neighbour].map((n) => (n < 0 ? "-1" : "+1"))));
  for (const [by, neighbour] of sides) {
    const axes = ["t", "u"].map((axis) => recurrence(axis, by!, neighbour!));
    const { circuits: made } = compiledProgram(`model M { param W : R[3,3]\n${axes.join("\n")} }`);
    for (const engine of [singleJavascript, singleWasm])
      for (const circuit of [made.forward, made.gradient!])
        for (const seed of [1, 2, 3])
          sameWherever(circuit, engine, dataFor(circuit, 3, 6, seed, () => undefined).program);
  }
});

test("the gradients of the biases of a recurrent cell are added up in the scan that goes back", () => {
  const { circuits: made } = compiledExample("lstm-equations.rnn");
  const titles = (off: ReadonlySet<string>) =>
    schedule(made.gradient!, choicesFor({ ...singleWasm, without: off })).blocks.map(({ title }) => title);
  const biases = ["∂bf", "∂bi", "∂bo", "∂bC"].map((name) => `reduction ${name}`);
  assert.deepEqual(
    biases.filter((title) => titles(without).includes(title)),
    biases,
  );
  assert.deepEqual(
    biases.filter((title) => titles(new Set()).includes(title)),
    [],
  );
});

test("what only a sum over its scan's turns reads is kept for one turn", () => {
  const bytesOf = (name: string, off: ReadonlyArray<string>): number =>
    compiledExample(name, { without: off }).bytes("gradient", { batch: 3, lengths: lengthsOf(name) });
  const lengthsOf = (name: string) =>
    Object.fromEntries(schedule(compiledExample(name).circuits.gradient!).lengths.map((length) => [length, 50]));
  const withLoss = exampleNames.filter((name) => compiledExample(name).model.hasLoss);
  assert.ok(withLoss.some((name) => bytesOf(name, []) < 0.9 * bytesOf(name, [...without])));
});
