import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { featureAxis, timeAxis } from "../../src/circuit/axis.ts";
import { newBuilder } from "../../src/circuit/build.ts";
import type { Circuit } from "../../src/circuit/circuit.ts";
import type { LoopProgram } from "../../src/loops/loops.ts";
import { scheduleWithout } from "../../src/schedule/optimisations.ts";
import { schedule } from "../../src/schedule/schedule.ts";
import { addBatch } from "../../src/transform/batch.ts";
import { optimise } from "../../src/transform/simplify.ts";
import { circuits } from "../circuit/arbitrary.ts";
import { runs } from "../programs/laws.ts";
import { withGradient } from "../wasm/programs.ts";
import { anyJavascript, doubleJavascript, sameBits, singleWasm } from "./bits.ts";
import { dataFor, fiveSymbols, type SymbolsOf, settings } from "./data.ts";
import { type System, systems } from "./systems.ts";

/** The loops of a circuit whose every buffer has all its rows, in a stretch of the arena of its own. */
const apart = (circuit: Circuit): LoopProgram =>
  schedule(circuit, scheduleWithout(new Set(["carried-rows", "shared-memory"])));

for (const { name, build } of systems) {
  test(`buffers that share homes and rows give the bits of buffers apart: ${name}`, () => {
    fc.assert(
      fc.property(settings, fc.boolean(), anyJavascript(), ({ n, k, batch, greatest, seed }, simplified, engine) => {
        const circuit = withGradient(build({ n, k }), fiveSymbols);
        const used = simplified ? optimise(circuit) : circuit;
        const { program } = dataFor(circuit, batch, greatest, seed);
        sameBits(used, engine, program, apart(used), schedule(used));
      }),
      runs(4),
    );
    const large = optimise(withGradient(build({ n: 9, k: 5 }), fiveSymbols));
    sameBits(large, singleWasm, dataFor(large, 3, 4, 7).program, apart(large), schedule(large));
  });
}

test("buffers that share homes and rows give the bits of buffers apart in arbitrary circuits", () => {
  const symbolsOf: SymbolsOf = (input) => (input === "c" ? 2 : undefined);
  fc.assert(
    fc.property(circuits({ smooth: false }), settings, anyJavascript(), (given, { batch, greatest, seed }, engine) => {
      const circuit = withGradient(given, symbolsOf);
      const data = dataFor(circuit, Math.min(batch, 2), Math.min(greatest, 3), seed, symbolsOf).program;
      sameBits(circuit, engine, data, apart(circuit), schedule(circuit));
    }),
    runs(30),
  );
});

test("the gradient of a recurrence takes a third less so, and what callers give keeps homes of its own", () => {
  const circuit = optimise(withGradient(systems[0]!.build({ n: 8, k: 8 }), fiveSymbols));
  const program = schedule(circuit);
  const sizeOf = (each: LoopProgram) => doubleJavascript.make(each).plan([4, 100]).size;
  assert.ok(sizeOf(program) < 0.67 * sizeOf(apart(circuit)), `${sizeOf(program)} of ${sizeOf(apart(circuit))}`);
  for (const { buffer } of program.leaves)
    assert.equal(program.homes.filter((home) => home === program.homes[buffer]).length, 1);
});

/** From the end: x[t] is made before x[t+1] is read, whose row it must not take. */
const readBesideSuccessor: System["build"] = ({ n, k }) => {
  const b = newBuilder();
  const t = timeAxis("t", 0, { tag: "length", name: "T", over: [] });
  const [v, w] = [featureAxis(0, n), featureAxis(1, k)];
  const after = b.feedback(t, -1, b.parameter("s1", [n]), [t, v]);
  const input = b.rename([[featureAxis(0, k), w]], b.input("i", [t, featureAxis(0, k)]));
  const x = b.map("tanh", b.map("add", after, b.sum([w], b.map("mul", b.parameter("U", [n, k]), input))));
  const s = b.map("sin", b.map("add", b.map("mul", x, b.delay(t, -1, b.parameter("x1", [n]), x)), after));
  b.tie(after, s);
  const loss = b.sum([t, v], b.map("mul", s, s));
  return b.finish([{ role: "loss", name: "loss", node: loss, axes: [] }]);
};

test("a row is not taken while its value is still to be read", () => {
  fc.assert(
    fc.property(settings, ({ n, k, batch, greatest, seed }) => {
      const circuit = addBatch.run(readBesideSuccessor({ n, k }));
      const { program } = dataFor(circuit, batch, greatest, seed);
      sameBits(circuit, doubleJavascript, program, apart(circuit), schedule(circuit));
    }),
    runs(20),
  );
});
