import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { isLeft } from "fp-ts/lib/Either.js";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { randomExample } from "../../src/check/random-example.ts";
import { type Compiled, type CompileOptions, compile } from "../../src/compile.ts";
import { backEnds } from "../../src/emit/back-ends.ts";
import { type Target, targetNames } from "../../src/emit/targets.ts";
import { optimisations } from "../../src/module/optimisations.ts";
import { mustAgree } from "../../src/property/law.ts";
import type { Batch, Params } from "../../src/runtime/interface.ts";
import { compiledExample, exampleNames } from "../emit/examples.ts";
import { ifNative } from "../native/here.ts";
import { isThorough, someOf } from "../often.ts";
import { cases, ready } from "../programs/cases.ts";
import { runs } from "../programs/laws.ts";
import { compiledProgram } from "../property/programs.ts";

const names = optimisations.map(({ name }) => name);
const allTargets = Object.keys(backEnds) as ReadonlyArray<Target>;

/** The back end that an optimisation is known to alone. */
const ownerOf = (name: string): Target | undefined =>
  allTargets.find((target) => backEnds[target].optimisations.some((own) => own.name === name));

const targetOf = (name: string): Target => ownerOf(name) ?? "js";

const sameResults = (one: Compiled, other: Compiled, params: Params, batch: Batch): void => {
  const [found, expected] = [one.forward(params, batch), other.forward(params, batch)];
  for (const [name, { data }] of Object.entries(expected)) mustAgree(name, found[name]!.data, data, 1e-10);
  if (!other.model.hasLoss) return;
  mustAgree("the loss", [one.loss(params, batch)], [other.loss(params, batch)], 1e-10);
  const [slope, known] = [one.gradient(params, batch).gradient, other.gradient(params, batch).gradient];
  for (const [path, values] of Object.entries(known)) mustAgree(`the gradient by ${path}`, slope[path]!, values, 1e-10);
};

/** The examples with all optimisations, compiled once for all tests here. */
const best = new Map<string, Compiled>();

const sameForExample = (example: string, options: CompileOptions): void => {
  const model = best.get(example) ?? compiledExample(example, { target: "js" });
  best.set(example, model);
  const generator = xoroshiro128plus(5);
  const batch = model.pack([1, 2].map(() => randomExample(model.model, generator, { least: 1, greatest: 3 })));
  sameResults(compiledExample(example, options), model, model.init(3), batch);
};

optimisations.forEach(({ name, description }, i) => {
  const isHere = targetOf(name) === "native" ? ifNative : {};
  test(`without ${name} an example gives the same values and gradients: it ${description}`, isHere, () => {
    // Each has its own where a run is thorough; a few, compiled once with all optimisations, do else.
    const turn = isThorough ? i : i % 8;
    sameForExample(exampleNames[(7 * turn) % exampleNames.length]!, { without: [name], target: targetOf(name) });
  });
});

test("with each optimisation off in turn, a program gives the same values and gradients", () => {
  fc.assert(
    fc.property(cases({ smooth: false }), (given) => {
      const { model, params, batch } = ready(given);
      for (const { name } of someOf(optimisations.filter(({ name }) => targetOf(name) !== "native")))
        try {
          const plain = compiledProgram(given.source, { without: [name], target: targetOf(name) });
          sameResults(plain, model, params, batch);
        } catch (error) {
          throw new Error(`without ${name}: ${error instanceof Error ? error.message : error}`);
        }
    }),
    runs(3),
  );
});

for (const target of targetNames)
  test(`without any optimisation values and gradients are the same, target ${target}`, () => {
    const options = { without: names, target };
    fc.assert(
      fc.property(cases({ smooth: false }), (given) => {
        const { model, params, batch } = ready(given);
        sameResults(compiledProgram(given.source, options), model, params, batch);
      }),
      runs(6),
    );
  });

test("whatever optimisations are switched off, and whatever is kept, values and gradients are the same", () => {
  const options = fc.record({
    without: fc.subarray(names),
    memory: fc.constantFrom("full", "states", "every:1", "every:3"),
    target: fc.constantFrom(...targetNames),
  });
  fc.assert(
    fc.property(cases({ smooth: false }), options, (given, chosen) => {
      const { model, params, batch } = ready(given);
      sameResults(compiledProgram(given.source, chosen), model, params, batch);
    }),
    runs(12),
  );
});

test("what stability needs is no optimisation: without any, a softmax of great numbers has a finite loss and gradient", () => {
  const model = compiledProgram(
    `model M {
      param W : R[3,2]
      input x : R[2]
      y : symbol[3] ~ categorical(softmax(W x))
      z ~ bernoulli(sigmoid(sum(W x)))
    }`,
    { without: names },
  );
  const params = { W: Float64Array.of(1000, 0, -1000, 0, 0, 1000) };
  const { loss, gradient } = model.gradient(params, model.pack([{ x: [3, -7], y: 1, z: 1 }]));
  assert.equal(loss, 6000 + 7000);
  for (const value of gradient.W!) assert.ok(Number.isFinite(value), `${value}`);
});

test("without any optimisation every example gives the same values and gradients", () => {
  for (const example of someOf(exampleNames, 0, 8)) sameForExample(example, { without: names, target: "js" });
});

test("each optimisation changes the code of some program", () => {
  const code = (
    [source, ...exports]: (typeof changed)[number],
    target: Target,
    without: ReadonlyArray<string>,
  ): string => compiledProgram(source, { without, target, exports }).moduleText;
  const whole = new Map(allTargets.map((target) => [target, changed.map((given) => code(given, target, []))]));
  for (const { name } of optimisations) {
    const target = ownerOf(name) ?? "wasm";
    const isChanged = changed.some((given, i) => code(given, target, [name]) !== whole.get(target)![i]);
    assert.ok(isChanged, `${name} has nothing to do`);
  }
});

test("to do without what is no optimisation is refused, with the names of those that there are", () => {
  const refused = compile("model M {\n  param a\n  minimize a * a\n}\n", { without: ["packing", "unrolling"] });
  assert.ok(isLeft(refused));
  const [{ code, message, hint }] = refused.left;
  assert.equal(code, "RNN090");
  assert.match(message, /unrolling/);
  assert.ok(names.every((name) => hint?.includes(name)));
});

/** What `rich`, which cannot be stepped, has nothing for. */
const drawn = `model Drawn {
  axis t in 1..T
  param W
  y[0] = 0
  y[t] : symbol[3] ~ categorical(softmax(W onehot(y[t-1])))
}
`;

/** Something for every optimisation but those of single steps. */
const rich = `model Rich(n = 3, k = 32) {
  axis t in 1..T
  input x[t] : R[n]
  input w[t] : symbol[5]
  param E : R[5,n] ~ normal(0, 1)
  param W, U : R[n,n]
  param b : R[n] = 0
  h[0] = 0
  z[t] = [U E[w[t]] + sum[t](stop(x[t])); x[t] * 2^0.5]
  [u[t]; v[t]] = z[t]
  h[t] : R[n] = tanh(W h[t-1] + sigmoid(U h[t-1]) * u[t] + b * (0 - (0 - v[t])))
  param A, B : R[k,k]
  g[0] = 1
  g[t] : R[k] = tanh(A g[t-1]) * (B g[t-1])
  param C
  q[0] = 0
  q[t] : R[k] = tanh(C [q[t-1]; g[t]])
  S[0] = 0
  S[t] : R[k,k] = sigmoid(sum(v[t])) * S[t-1] + outer(q[t], g[t])
  r[t] = S[t] g[t]
  l[t] : R[n] = if h[t] < u[t] then h[t] else b
  output o[t] = l[t] + E[w[t]] * sum(q[t])
  y[t] : symbol[n] ~ categorical(softmax(o[t]))
  minimize sumsq(h[1]) + sum[t](sum(r[t]))
}
`;

/** What takes least time to compile comes first, since it is enough for most. */
const changed: ReadonlyArray<readonly [source: string, program: "forward" | "generate" | "gradient"]> = [
  [rich, "forward"],
  [drawn, "generate"],
  [rich, "gradient"],
];
