import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Circuit } from "../../src/circuit/circuit.ts";
import { evaluate } from "../../src/circuit/evaluate.ts";
import type { Values } from "../../src/runtime/interface.ts";
import { optimise } from "../../src/transform/simplify.ts";
import { circuits } from "../circuit/arbitrary.ts";
import { often } from "../often.ts";
import { withinRounding } from "../oracles/rounding.ts";
import { dataFor, fiveSymbols, type SymbolsOf, settings } from "../schedule/data.ts";
import { systems } from "../schedule/systems.ts";
import { programOf, resultsOf, withGradient } from "./programs.ts";

type IsNear = (output: number, found: number, expected: number) => boolean;

const within =
  (bound: number): IsNear =>
  (_, found, expected) =>
    Object.is(found, expected) || Math.abs(found - expected) <= bound * Math.max(1, Math.abs(expected));

const close = (
  circuit: Circuit,
  found: ReadonlyArray<Values>,
  expected: ReadonlyArray<ArrayLike<number>>,
  isNear: IsNear,
) =>
  found.forEach((values, i) => {
    const { role, name } = circuit.outputs[i]!;
    assert.equal(values.length, expected[i]!.length);
    values.forEach((value, at) => {
      const wanted = expected[i]![at]!;
      assert.ok(isNear(i, value, wanted), `${role} ${name}[${at}]: ${value}, not ${wanted}`);
    });
  });

const agrees = (circuit: Circuit, { program, reference }: ReturnType<typeof dataFor>, seed: number): void => {
  const expected = evaluate(circuit, reference).map(({ data }) => data);
  const precisely = resultsOf(programOf(circuit, "f64", "wasm"), program, "f64");
  close(circuit, precisely, expected, within(1e-10));
  close(circuit, precisely, resultsOf(programOf(circuit, "f64", "js"), program, "f64"), within(1e-12));
  const singly = resultsOf(programOf(circuit, "f32", "wasm"), program, "f32");
  close(circuit, singly, expected, withinRounding(circuit, reference, seed));
};

const runs = (usual: number) => ({ numRuns: often(usual, 16), includeErrorInReport: true });

for (const { name, build } of systems) {
  test(`WebAssembly equals the evaluator and JavaScript, forwards and gradient: ${name}`, () => {
    fc.assert(
      fc.property(settings, fc.boolean(), ({ n, k, batch, greatest, seed }, simplified) => {
        const circuit = withGradient(build({ n, k }), fiveSymbols);
        const used = simplified ? optimise(circuit) : circuit;
        agrees(used, dataFor(circuit, batch, greatest, seed), seed);
      }),
      runs(15),
    );
  });

  test(`so it does where there is more than a vector of everything: ${name}`, () => {
    const circuit = optimise(withGradient(build({ n: 13, k: 9 }), fiveSymbols));
    agrees(circuit, dataFor(circuit, 5, 4, 7), 7);
  });
}

test("WebAssembly equals the evaluator and JavaScript on arbitrary circuits, forwards and gradient", () => {
  const symbolsOf: SymbolsOf = (input) => (input === "c" ? 2 : undefined);
  fc.assert(
    fc.property(circuits({ smooth: true }), settings, (circuit, { batch, greatest, seed }) => {
      const used = withGradient(circuit, symbolsOf);
      agrees(used, dataFor(used, Math.min(batch, 2), Math.min(greatest, 3), seed, symbolsOf), seed);
    }),
    runs(50),
  );
});
