import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import * as E from "fp-ts/lib/Either.js";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { type CompileOptions, compile } from "../../src/compile.ts";
import { compiledExample, exampleNames } from "../emit/examples.ts";
import { renamings } from "../names/renamed.ts";
import { often, someOf } from "../often.ts";
import { type Case, cases, ready } from "../programs/cases.ts";
import { compiledProgram } from "../property/programs.ts";
import { isHere, lightly, mustGiveTheSame, type Way } from "./c-cases.ts";
import { type CCase, windowsOf } from "./c-driver.ts";
import { exampleCase } from "./c-examples.ts";
import { randomStreams } from "./c-streams.ts";
import { ifNative } from "./here.ts";

const casesOf = (names: ReadonlyArray<string>, options: CompileOptions): ReadonlyArray<CCase> =>
  names.map((name, seed) => exampleCase(compiledExample(name, { target: "js", ...options }), seed));

/** Where what it needs is missing, a test is skipped and says what. */
const ifHere = (...commands: ReadonlyArray<string>) => {
  const missing = commands.find((command) => !isHere(command));
  return missing === undefined ? ifNative : { skip: `there is no ${missing}` };
};

const gcc: Way = { compiler: "gcc", flags: ["-std=c11", lightly] };

test("an example in C gives what its module gives: outputs, loss, gradient, windows, training, steps", ifNative, () => {
  mustGiveTheSame(casesOf(someOf(exampleNames, 3, 16), { precision: "f64", optimiser: "adamw" }), gcc, 1e-11);
});

test(
  "in C a memory is taken in blocks of positions as in its module, whatever the lengths of its examples",
  ifNative,
  () => {
    const source = `import MLSTM from "std"
model M(n = 32) {
  axis t in 1..T
  input x[t] : R[3]
  h[t] = MLSTM(n)(x[t])
  y[t] ~ normal(sum(h[t]), 1)
}`;
    const compiled = compiledProgram(source, { precision: "f64", optimiser: "adam", wrt: ["x"] });
    assert.ok(compiled.circuits.gradient!.nodes.some(({ axes }) => axes.some(({ key }) => key === "$block.t")));
    const batch = compiled.pack(
      [33, 0, 16, 7].map((length, b) => ({
        x: Array.from({ length }, (_, t) => [Math.sin(t + b), Math.cos(2 * t), Math.sin(3 * t * b)]),
        y: Array.from({ length }, (_, t) => Math.cos(t + b)),
      })),
    );
    mustGiveTheSame([{ compiled, params: compiled.init(3), batch, streams: undefined }], gcc, 1e-10);
  },
);

test(
  "in C what depends on the position alone goes on after a window, and begins at the first without one",
  ifNative,
  () => {
    const source = `model M {
  axis i in 1..I
  input z[i] : R
  param r : R ~ normal(0, 0.5)
  v[i] : R = z[i] * r
  minimize sum[i](if mod(i, 2) == 0 then v[i] else 0.5 * v[i])
}`;
    const compiled = compiledProgram(source, { precision: "f64", optimiser: "adam" });
    const batch = compiled.pack([{ z: [1, -0.5, 2] }, { z: [0.25, 3, -1] }]);
    const given = { compiled, params: compiled.init(3), batch, streams: undefined };
    assert.deepEqual(windowsOf(given), ["gradient", "gradient of a second window"]);
    mustGiveTheSame([given], gcc, 1e-12);
  },
);

/** A random program on a random batch; so many at once, as to start a compiler takes longer than to compile a program. */
const randomCases = (
  programs: fc.Arbitrary<Case>,
  options: (given: Case) => CompileOptions,
  count: number,
): ReadonlyArray<CCase> =>
  fc.sample(programs, { numRuns: count, seed: Number(process.env.FC_SEED ?? 1) }).flatMap((given) => {
    // Where a name of a cell was changed and stands in a path, a program may be none.
    if (E.isLeft(compile(given.source))) return [];
    const { model, params, batch } = ready(given, { target: "js", ...options(given) });
    return [{ compiled: model, params, batch, streams: randomStreams(model, xoroshiro128plus(given.seed)) }];
  });

const renamed: fc.Arbitrary<Case> = cases({ smooth: true }).chain((given) =>
  renamings(given.source).map(({ source }) => ({ ...given, source })),
);

test("in C a gradient by inputs stands as the inputs do, with zeros behind the ends of examples", ifNative, () => {
  const source = `model M {
  axis t in 1..T
  axis s in 1..S
  input x[s,t] : R[3]
  input z : R[2]
  param W : R[2,3]
  h[0] = z
  h[t] = tanh(h[t-1] + W sum[s](x[s,t]))
  output o[t,s] = h[t] * (W x[s,t])
  minimize sum[t](sum[s](sumsq(o[t,s])))
}`;
  const compiled = compiledProgram(source, { target: "js", wrt: ["x", "z"] });
  assert.match(compiled.c.header, /M_slopes \{/);
  mustGiveTheSame([exampleCase(compiled, 3)], gcc, 1e-11);
});

/** Parameters that begin in every way, over axes, as vectors and functions of draws. */
const beginnings = [
  ...["0.25", "uniform(-2, 3)", "normal(1, 0.5)", "glorot", "he", "orthogonal", "identity", "log(uniform(1, 16))"],
  ...["0.1 * orthogonal", "relu(glorot)", "sin(uniform(-1, 1))^2", "clip(3 identity - 1, 0, sqrt(2))"],
  ...["atan(he) / erf(0.5)", "normal(0, 1) * exp(uniform(0, 1)) + 2 * orthogonal"],
];

const begun = `model M {
  axis k in 1..2
  input x : R[4]
${beginnings
  .flatMap((init, i) => [
    `  param wide${i} : R[3,4] ~ ${init}`,
    `  param high${i} : R[4,3] ~ ${init}`,
    `  param each${i}[k] : R[3,4] ~ ${init}`,
  ])
  .join("\n")}
  output y = sum(wide0 x)
}`;

test("parameters begin in C as they do in the module, by every rule", ifNative, () => {
  for (const [precision, tolerance] of [
    ["f64", 1e-12],
    ["f32", 3e-6],
  ] as const) {
    const compiled = compiledProgram(begun, { precision, target: "js" });
    assert.ok(compiled.c.header.includes("M_init("));
    const params = compiled.init(1);
    mustGiveTheSame([{ compiled, params, batch: compiled.pack([{ x: [1, 2, 3, 4] }]) }], gcc, tolerance);
  }
});

test("a random program in C gives what its module gives, whatever is kept of its recurrences", ifNative, () => {
  const memories = ["full", "states", "every:2"] as const;
  const given = randomCases(
    cases({ smooth: false }),
    ({ seed }) => ({ memory: memories[seed % 3]!, optimiser: seed % 2 === 0 ? "adam" : "momentum" }),
    often(48, 16),
  );
  mustGiveTheSame(given, gcc, 1e-11);
});

test("so does one under any names: C's, C++'s, their libraries', the compiler's", ifHere("g++"), () => {
  const given = randomCases(renamed, () => ({ optimiser: "sgd" }), often(32, 16));
  assert.ok(given.length > 1);
  mustGiveTheSame(given, { compiler: "gcc", flags: ["-std=gnu11", "-O0"] }, 1e-11);
  mustGiveTheSame(given, { compiler: "g++", flags: ["-std=gnu++17", "-O0"], ending: "cc" }, 1e-11);
});
