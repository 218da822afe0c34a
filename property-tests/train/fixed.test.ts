import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import * as E from "fp-ts/lib/Either.js";
import { checkGradient } from "../../src/check/gradient.ts";
import { compile } from "../../src/compile.ts";
import { targetNames } from "../../src/emit/targets.ts";
import { hessianVector } from "../../src/property/hessian-vector.ts";
import { lawsOf } from "../../src/property/index.ts";
import { type OptimiserName, optimiserRules } from "../../src/transform/training-step.ts";
import { compiledProgram } from "../property/programs.ts";

/** An echo state network, whose recurrence is drawn once: as `fixed`, or as parameters to be frozen. */
const reservoir = (word: string): string => `import RNN from "std"
model ESN(k = 1, n = 3) {
  axis t in 1..T
  input x[t] : R[k]
  ${word} W : R[n,n] ~ orthogonal
  ${word} U : R[n,k]
  param v : R[n] ~ normal(0, 1)
  let enc = RNN(n)
  h[0] = 0
  h[t] = tanh(0.9 * W h[t-1] + U x[t] + enc(x[t]))
  output y = v^T h[T]
  d ~ normal(y, 1)
}`;

const examples = [
  { x: [[0.5], [-1], [2]], d: 0.3 },
  { x: [[1]], d: -1 },
];
const learned = ["enc.U", "enc.W", "enc.b", "v"];

const optimisers = Object.keys(optimiserRules) as ReadonlyArray<OptimiserName>;

for (const target of targetNames)
  test(`what is fixed stays to the bit, whatever trains the rest, in turns and resumed (${target})`, () => {
    for (const optimiser of optimisers) {
      const model = compiledProgram(reservoir("fixed"), { optimiser, target });
      const start = model.init(2);
      const [one, other] = [model.trainer(start), model.trainer(model.init(3))];
      const batches = [model.pack(examples), model.pack(examples.slice(1))];
      for (let turn = 0; turn < 3; turn++)
        for (const training of [one, other]) training.step(batches[turn % 2]!, { rate: 0.1 });
      const after = one.params();
      const resumed = model.trainer(after, {}, { state: one.state() });
      for (const training of [one, resumed]) training.step(batches[0]!, { rate: 0.1 });
      assert.deepEqual(resumed.params(), one.params());
      for (const path of ["W", "U"]) {
        assert.deepEqual(one.params()[path], start[path], `${optimiser}: ${path}`);
        assert.deepEqual(other.params()[path], model.init(3)[path]);
      }
      for (const path of learned) assert.notDeepEqual(after[path], start[path], `${optimiser}: ${path}`);
      assert.ok(Object.keys(one.state().memories).every((name) => !/\.[WU]$/.test(name) || name.includes("enc")));
    }
  });

test("what is fixed is drawn and given like a parameter, and the rest has the gradient that it has beside a parameter", () => {
  const [fixed, trained] = [compiledProgram(reservoir("fixed")), compiledProgram(reservoir("param"))];
  fc.assert(
    fc.property(fc.nat(999), (seed) => {
      const params = fixed.init(seed);
      assert.deepEqual(params, trained.init(seed));
      const [one, other] = [fixed, trained].map((model) => model.gradient(params, model.pack(examples)));
      assert.deepEqual(Object.keys(one!.gradient).sort(), learned);
      assert.equal(one!.loss, other!.loss);
      for (const path of learned) assert.deepEqual(one!.gradient[path], other!.gradient[path]);
    }),
    { numRuns: 20 },
  );
});

test("no derivative is taken by what is fixed: of checks, of products with the Hessian, of laws", () => {
  const model = compiledProgram(reservoir("fixed"));
  const report = checkGradient(model);
  assert.deepEqual([report.passed, report.compared], [true, 3 + 3 + 9 + 3]);
  for (const { check } of lawsOf(model)) check({ numRuns: 5 });
  const params = model.init(1);
  const { W: _, U: __, ...direction } = model.init(2);
  const product = hessianVector(model)(params, model.pack(examples), direction);
  assert.deepEqual(Object.keys(product).sort(), learned);
  const whole = hessianVector(compiledProgram(reservoir("param")));
  const still = { ...direction, W: new Float64Array(9), U: new Float64Array(3) };
  const found = whole(params, model.pack(examples), still);
  for (const path of learned)
    product[path]!.forEach((value, i) => {
      assert.ok(Math.abs(value - found[path]![i]!) <= 1e-10 * Math.max(1, Math.abs(value)));
    });
});

test("types say what is fixed by leaving it out of the gradient", () => {
  const { declarationText } = compiledProgram(reservoir("fixed"), { wrt: ["x"] });
  const members = (name: string): ReadonlyArray<string> =>
    [
      ...declarationText
        .split(`export interface ${name} {`)[1]!
        .split("\n}")[0]!
        .matchAll(/readonly "(.*?)"/g),
    ].map(([, member]) => member!);
  assert.deepEqual([...members("Params")].sort(), ["U", "W", ...learned]);
  assert.deepEqual([...members("Gradient")].sort(), [...learned, "x"]);
});

test("to freeze parameters is to declare them fixed; a pattern stands for whatever matches it", () => {
  const paths = (freeze: ReadonlyArray<string>) =>
    compiledProgram(reservoir("param"), { freeze }).model.params.flatMap(({ path, fixed }) => (fixed ? [path] : []));
  assert.deepEqual(paths(["W", "U"]), ["W", "U"]);
  assert.deepEqual(paths(["enc.*"]), ["enc.W", "enc.U", "enc.b"]);
  assert.deepEqual(paths(["*"]).length, 6);
  assert.deepEqual(paths(["?", "enc.b"]), ["W", "U", "v", "enc.b"]);
  const [frozen, fixed] = [
    compiledProgram(reservoir("param"), { freeze: ["W", "U"], optimiser: "adamw" }),
    compiledProgram(reservoir("fixed"), { optimiser: "adamw" }),
  ];
  assert.equal(frozen.moduleText, fixed.moduleText);
  const all = compiledProgram(reservoir("param"), { freeze: ["*"], optimiser: "adamw" });
  const training = all.trainer(all.init(1));
  training.step(all.pack(examples), { rate: 0.1 });
  assert.deepEqual(training.params(), all.init(1));
});

test("a pattern that matches nothing is refused, and the parameters are named", () => {
  for (const freeze of [["dec.*"], ["W", "enc"], ["w"], ["enc.(W)"], ["v.*"]]) {
    const result = compile(reservoir("param"), { freeze });
    assert.ok(E.isLeft(result));
    assert.match(result.left[0].message, /^There is no parameter (dec\.\*|enc|w|enc\.\(W\)|v\.\*) to freeze\.$/);
    assert.match(result.left[0].hint!, /enc\.W/);
  }
});

test("`fixed` and `weight` are names like any other", () => {
  const model = compiledProgram(`model M {
  axis t in 1..T
  input weight[t] : R
  param fixed0 = 1
  fixed[0] = 0
  fixed[t] = 0.5 * fixed[t-1] + fixed0 * weight[t]
  output fixed
  y[t] ~ normal(fixed[t], 1) weight weight[t]
}`);
  const { fixed } = model.forward(model.init(1), model.pack([{ weight: [1, 2] }]));
  assert.deepEqual([...fixed!.data], [1, 2.5]);
  const scalar = compiledProgram("model M {\n  param w : R = 2\n  fixed = 3 * w\n  output fixed\n}");
  assert.deepEqual([...scalar.forward(scalar.init(1), scalar.pack([{}])).fixed!.data], [6]);
  const named = compiledProgram("model M {\n  fixed weight, fixed : R = 2\n  output a = weight * fixed\n}");
  assert.deepEqual([...named.forward(named.init(1), named.pack([{}])).a!.data], [4]);
});
