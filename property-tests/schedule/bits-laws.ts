import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Circuit } from "../../src/circuit/circuit.ts";
import { brokenInvariants } from "../../src/circuit/validate.ts";
import { choicesFor } from "../../src/module/programs.ts";
import type { Memory } from "../../src/schedule/recompute/memory.ts";
import { recomputedFor } from "../../src/schedule/recompute/recompute.ts";
import { schedule } from "../../src/schedule/schedule.ts";
import { optimise } from "../../src/transform/simplify.ts";
import { circuits } from "../circuit/arbitrary.ts";
import { someOf } from "../often.ts";
import { programs } from "../programs/arbitrary.ts";
import { runs } from "../programs/laws.ts";
import { compiledProgram } from "../property/programs.ts";
import { withGradient } from "../wasm/programs.ts";
import { anyJavascript, type Engine, sameBits, singleJavascript, singleWasm } from "./bits.ts";
import { dataFor, fiveSymbols, type SymbolsOf, settings } from "./data.ts";
import type { ProgramData } from "./run-program.ts";
import { systems } from "./systems.ts";

/** How a system of many components is tried. */
const larges = [1, 5].flatMap((batch) =>
  [0, 2].flatMap((seed) => [singleWasm, singleJavascript].map((engine) => ({ batch, seed, engine }))),
);

/** The tests that what is kept changes no bit, of systems, arbitrary circuits, and programs with sequences up to a length. */
export const givesBitsOfKeepingAll = (what: string, memoryOf: (seed: number) => Memory, greatest: number): void => {
  const giveSameBits = (circuit: Circuit, seed: number, engine: Engine, data: ProgramData): void => {
    const memory = memoryOf(seed);
    assert.deepEqual(brokenInvariants(recomputedFor(memory)(circuit).circuit), []);
    sameBits(circuit, engine, data, schedule(circuit), schedule(circuit, choicesFor({ ...engine, memory })));
  };
  const lengthOf = (wanted: number) => Math.min(wanted, greatest);

  systems.forEach(({ name, build }, turn) => {
    test(`${what} gives the bits of keeping all: ${name}`, () => {
      fc.assert(
        fc.property(
          settings,
          fc.boolean(),
          anyJavascript(),
          ({ n, k, batch, greatest: wanted, seed }, simplified, engine) => {
            const circuit = withGradient(build({ n, k }), fiveSymbols);
            const { program } = dataFor(circuit, batch, lengthOf(2 * wanted), seed);
            giveSameBits(simplified ? optimise(circuit) : circuit, seed, engine, program);
          },
        ),
        runs(8),
      );
      const large = optimise(withGradient(build({ n: 9, k: 5 }), fiveSymbols));
      for (const { batch, seed, engine } of someOf(larges, turn))
        giveSameBits(large, seed, engine, dataFor(large, batch, lengthOf(7), 7).program);
    });
  });

  test(`${what} gives the bits of keeping all in arbitrary circuits`, () => {
    const symbolsOf: SymbolsOf = (input) => (input === "c" ? 2 : undefined);
    fc.assert(
      fc.property(
        circuits({ smooth: false }),
        settings,
        anyJavascript(),
        (given, { batch, greatest: wanted, seed }, engine) => {
          const circuit = withGradient(given, symbolsOf);
          const { program } = dataFor(circuit, Math.min(batch, 2), Math.min(wanted, 4), seed, symbolsOf);
          giveSameBits(circuit, seed, engine, program);
        },
      ),
      runs(40),
    );
  });

  test(`${what} gives the bits of keeping all in random programs`, () => {
    fc.assert(
      fc.property(
        programs({ smooth: false }),
        settings,
        anyJavascript(),
        ({ source }, { batch, greatest: wanted, seed }, engine) => {
          const { circuits: made, model } = compiledProgram(source);
          const circuit = made.gradient!;
          const symbolsOf: SymbolsOf = (input) =>
            [...model.inputs, ...model.targets].find(({ name }) => name === input)?.symbols;
          const { program } = dataFor(circuit, batch, lengthOf(2 * wanted), seed, symbolsOf);
          giveSameBits(circuit, seed, seed % 4 === 0 ? singleWasm : engine, program);
        },
      ),
      runs(40),
    );
  });
};
