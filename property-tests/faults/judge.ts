import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import fc from "fast-check";
import { agreesWithDifferences, inner, lossAlong } from "../../src/property/difference.ts";
import { chunksEqualWhole, stepEqualsForward } from "../../src/property/index.ts";
import { isCuttable } from "../../src/property/stream.ts";
import { agreesWithMeaning, cases, ready, withoutStop } from "../programs/cases.ts";
import { compiledProgram } from "../property/programs.ts";

/** Tells, as JSON, which law or test catches a fault in this copy of the sources, and how small the counterexample is. */
export interface Verdict {
  readonly caughtBy: string | null;
  /** Lines of the shrunk program. */
  readonly lines?: number;
}

const given = { numRuns: 400, seed: 20, interruptAfterTimeLimit: 5_000 };

const laws: ReadonlyArray<
  readonly [name: string, law: (smooth: boolean) => fc.IPropertyWithHooks<[{ readonly source: string }]>]
> = [
  ["the meaning", (smooth) => fc.property(cases({ smooth }), (each) => agreesWithMeaning(ready(each), 1e-10))],
  [
    "differences",
    (smooth) =>
      fc.property(withoutStop(cases({ smooth })), (each) => {
        const { model, params, batch } = ready(each);
        const { gradient } = model.gradient(params, batch);
        const value = lossAlong(model, params, batch, gradient);
        return agreesWithDifferences(value, inner(gradient, gradient), 1e-6).agrees;
      }),
  ],
  [
    "steps and chunks",
    (smooth) =>
      fc.property(cases({ smooth }), ({ source, seed }) => {
        const model = compiledProgram(source);
        if (model.model.streamable === null || !isCuttable(model)) return;
        fc.assert(stepEqualsForward(model), { numRuns: 2, seed });
        const isNamed = model.model.required.some(({ axis }) => axis === model.model.streamable);
        if (!isNamed) fc.assert(chunksEqualWhole(model), { numRuns: 2, seed });
      }),
  ],
];

const byLaws = (): Verdict => {
  for (const [name, law] of laws)
    for (const smooth of [true, false]) {
      const { failed, counterexample } = fc.check(law(smooth), given);
      if (failed && counterexample !== null)
        return { caughtBy: name, lines: counterexample[0].source.trim().split("\n").length };
    }
  return { caughtBy: null };
};

/** The tests by area that random programs cannot stand in for: they know what a program should mean. */
const byTests = (): Verdict => {
  for (const area of ["elaborate", "transform", "circuit", "emit", "oracles", "property"]) {
    const files = readdirSync(`property-tests/${area}`).filter((name) => name.endsWith(".test.ts"));
    const { stdout } = spawnSync(
      process.execPath,
      ["--import", "tsx", "--test", "--test-reporter=tap", ...files.map((name) => `property-tests/${area}/${name}`)],
      { encoding: "utf8", env: { ...process.env, FC_RUNS: "30" } },
    );
    const failed = stdout.split("\n").find((line) => line.startsWith("not ok"));
    if (failed !== undefined) return { caughtBy: failed.replace(/^not ok \d+ - /, "") };
  }
  return { caughtBy: null };
};

const verdict = (): Verdict => {
  try {
    const found = byLaws();
    return found.caughtBy === null ? byTests() : found;
  } catch (error) {
    return { caughtBy: `an error: ${String(error).slice(0, 80)}` };
  }
};

console.log(JSON.stringify(verdict()));
