import { test } from "node:test";
import fc from "fast-check";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { randomExample } from "../../src/check/random-example.ts";
import type { Compiled, CompileOptions } from "../../src/compile.ts";
import { compiledExample, exampleNames } from "../emit/examples.ts";
import { renamings } from "../names/renamed.ts";
import { isThorough, often, someOf } from "../often.ts";
import { type Case, cases, ready } from "../programs/cases.ts";
import { isHere, mustGiveTheSame, type Way } from "./c-cases.ts";
import type { CCase } from "./c-driver.ts";
import { randomStreams } from "./c-streams.ts";
import { ifNative } from "./here.ts";

const casesOf = (names: ReadonlyArray<string>, options: CompileOptions): ReadonlyArray<CCase> =>
  names.map((name, seed) => {
    const compiled = compiledExample(name, { target: "js", ...options });
    const generator = xoroshiro128plus(seed);
    const examples = [1, 2, 3].map(() => randomExample(compiled.model, generator, { least: 1, greatest: 5 }));
    const batch = compiled.pack(examples);
    return { compiled, params: compiled.init(seed), batch, streams: randomStreams(compiled, generator) };
  });

/** Where what it needs is missing, a test is skipped and says what. */
const ifHere = (...commands: ReadonlyArray<string>) => {
  const missing = commands.find((command) => !isHere(command));
  return missing === undefined ? ifNative : { skip: `there is no ${missing}` };
};

const gcc: Way = { compiler: "gcc", flags: ["-std=c11", "-O1"] };

test("an example in C gives what its module gives: outputs, loss, gradient, windows, training, steps", ifNative, () => {
  mustGiveTheSame(casesOf(someOf(exampleNames, 3, 8), { precision: "f64", optimiser: "adamw" }), gcc, 1e-11);
});

const random = (
  { isRenamed, isBent }: { readonly isRenamed: boolean; readonly isBent: boolean },
  options: (given: Case) => CompileOptions,
): fc.Arbitrary<CCase> => {
  const made = (given: Case): CCase => {
    const { model, params, batch } = ready(given, { target: "js", ...options(given) });
    return { compiled: model, params, batch, streams: randomStreams(model, xoroshiro128plus(given.seed)) };
  };
  const drawn = cases({ smooth: !isBent });
  return isRenamed
    ? drawn.chain((given) => renamings(given.source).map(({ source }) => made({ ...given, source })))
    : drawn.map(made);
};

/** So many at once: to start a compiler takes longer than to compile a program. */
const together = (given: fc.Arbitrary<CCase>, count: number): ReadonlyArray<CCase> =>
  fc.sample(given, { numRuns: count, seed: Number(process.env.FC_SEED ?? 1) });

test("a random program in C gives what its module gives, whatever is kept of its recurrences", ifNative, () => {
  const memories = ["full", "states", "every:2"] as const;
  const given = random({ isRenamed: false, isBent: true }, ({ seed }) => ({
    memory: memories[seed % 3]!,
    optimiser: seed % 2 === 0 ? "adam" : "momentum",
  }));
  mustGiveTheSame(together(given, often(60, 5)), gcc, 1e-11);
});

test("so does one under any names: C's, C++'s, their libraries', the compiler's", ifHere("g++"), () => {
  const given = together(
    random({ isRenamed: true, isBent: false }, () => ({ optimiser: "sgd" })),
    often(40, 5),
  );
  mustGiveTheSame(given, { compiler: "gcc", flags: ["-std=gnu11", "-O0"] }, 1e-11);
  mustGiveTheSame(given, { compiler: "g++", flags: ["-std=gnu++17", "-O0"], ending: "cc" }, 1e-11);
});
void isThorough;
