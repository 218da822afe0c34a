import { test } from "node:test";
import fc from "fast-check";
import { compiledExample, exampleNames } from "../emit/examples.ts";
import { someOf } from "../often.ts";
import { runs, testLaw } from "../programs/laws.ts";
import { soundLoops } from "../programs/sound-loops.ts";
import { compiledProgram } from "../property/programs.ts";
import { fiveSymbols } from "../schedule/data.ts";
import { systems } from "../schedule/systems.ts";
import { applications, modelOf } from "../std/cells.ts";
import { withGradient } from "../wasm/programs.ts";
import { engines, memories, staysSound } from "./sound.ts";

/** Some of the examples' circuits, which are made when they are asked for. */
const someExamples = (turn: number) => someOf(exampleNames, turn, 16).map((name) => compiledExample(name).circuits);

for (const memory of memories)
  test(`the loops of every example are valid after every pass, for both targets, memory ${memory}`, () => {
    for (const { forward, gradient = forward, step } of someExamples(memories.indexOf(memory)))
      for (const engine of engines) staysSound({ gradient, step }, { ...engine, memory });
  });

test("the loops of every program of every example are valid after every pass", () => {
  for (const circuits of someExamples(6)) staysSound(circuits, engines[0]!);
});

test("the loops of every standard cell are valid after every pass, trained in place too", () => {
  const settings = memories.flatMap((memory) => engines.map((engine) => ({ ...engine, memory })));
  for (const [turn, cell] of someOf([...Object.keys(applications).entries()], 0, 5)) {
    const { train, step } = compiledProgram(modelOf(cell), { optimiser: "adamw" }).circuits;
    for (const each of someOf(settings, turn, settings.length)) staysSound({ train, step }, each);
  }
});

test("the loops of every system with its gradient are valid after every pass", () => {
  for (const { build } of systems)
    fc.assert(
      fc.property(
        fc.constantFrom(1, 2, 5, 32),
        fc.constantFrom(1, 3),
        fc.constantFrom(...memories),
        fc.constantFrom(...engines),
        (n, k, memory, engine) =>
          staysSound({ one: withGradient(build({ n, k }), fiveSymbols) }, { ...engine, memory }),
      ),
      runs(8),
    );
});

testLaw(soundLoops);
