import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { targetNames } from "../../src/emit/targets.ts";
import { hessianVector } from "../../src/property/hessian-vector.ts";
import { mustAgree } from "../../src/property/law.ts";
import type { Example } from "../../src/runtime/interface.ts";
import { compiledProgram } from "../property/programs.ts";

/** Targets of each family, over an axis, over two, and over none; `m` says where one counts. */
const program = (weight: (where: string) => string): string => `import RNN from "std"
model M {
  axis t in 1..T
  axis k in 1..2
  input x[t] : R[2]
  param A : R[3,2] ~ normal(0, 1)
  param B : R[3,2] ~ normal(0, 1)
  param s : R = 0.2
  h[t] = RNN(2)(x[t])
  y[t] ~ categorical(softmax(A h[t]))${weight("[t]")}
  z[t,k] ~ normal(k * (B h[t]), exp(s))${weight("2[t,k]")}
  b ~ bernoulli(sigmoid(sum[t](sum(h[t]))))${weight("3")}
  minimize s^2
}`;

const plain = program(() => "");
const weighted = program((where) => ` weight m${where}`).replace(
  "input x[t] : R[2]",
  "input x[t] : R[2]\n  input m[t], m2[t,k], m3 : R",
);

const real = fc.double({ min: -2, max: 2, noNaN: true });
const maybe = <A>(value: fc.Arbitrary<A>) => fc.tuple(value, fc.boolean());
const step = fc.record({
  x: fc.tuple(real, real),
  y: maybe(fc.nat(2)),
  z: fc.tuple(maybe(fc.tuple(real, real, real)), maybe(fc.tuple(real, real, real))),
});
const examples = fc.array(
  fc.record({ steps: fc.array(step, { maxLength: 4 }), b: maybe(fc.nat(1)), isWhole: fc.boolean() }),
  { minLength: 1, maxLength: 3 },
);

type Drawn = typeof examples extends fc.Arbitrary<infer A> ? A : never;
const withNulls = (drawn: Drawn): ReadonlyArray<Example> =>
  drawn.map(({ steps, b, isWhole }) => ({
    x: steps.map(({ x }) => x),
    y: isWhole ? null : steps.map(({ y: [value, isGiven] }) => (isGiven ? value : null)),
    z: steps.map(({ z }) => z.map(([value, isGiven]) => (isGiven ? value : null))),
    b: b[1] ? b[0] : null,
  }));
const withWeights = (drawn: Drawn): ReadonlyArray<Example> =>
  drawn.map(({ steps, b, isWhole }) => ({
    x: steps.map(({ x }) => x),
    y: steps.map(({ y }) => y[0]),
    m: steps.map(({ y }) => (y[1] && !isWhole ? 1 : 0)),
    z: steps.map(({ z }) => z.map(([value]) => value)),
    m2: steps.map(({ z }) => z.map(([, isGiven]) => (isGiven ? 1 : 0))),
    b: b[0],
    m3: b[1] ? 1 : 0,
  }));

for (const target of targetNames)
  for (const loss of ["mean", "sum", "perObservation"] as const)
    test(`a target that is null is one of weight 0: ${loss}, ${target}`, () => {
      const [one, other] = [plain, weighted].map((source) => compiledProgram(source, { target, loss }));
      fc.assert(
        fc.property(examples, fc.nat(99), (drawn, seed) => {
          const params = one!.init(seed);
          const [a, b] = [
            one!.gradient(params, one!.pack(withNulls(drawn))),
            other!.gradient(params, other!.pack(withWeights(drawn))),
          ];
          mustAgree("loss", [a.loss, one!.loss(params, one!.pack(withNulls(drawn)))], [b.loss, b.loss], 1e-9);
          for (const path of Object.keys(params)) mustAgree(path, a.gradient[path]!, b.gradient[path]!, 1e-9);
        }),
        { numRuns: 15 },
      );
    });

test("a product with the Hessian counts what is missing as little", () => {
  const [one, other] = [plain, weighted].map((source) => compiledProgram(source));
  const [product, expected] = [hessianVector(one!), hessianVector(other!)];
  fc.assert(
    fc.property(examples, fc.nat(99), (drawn, seed) => {
      const [params, direction] = [one!.init(seed), one!.init(seed + 1)];
      const found = product(params, one!.pack(withNulls(drawn)), direction);
      const right = expected(params, other!.pack(withWeights(drawn)), direction);
      for (const path of Object.keys(params)) mustAgree(path, found[path]!, right[path]!, 1e-8);
    }),
    { numRuns: 10 },
  );
});

const forced = compiledProgram(`model M {
  axis t in 1..T
  input x[t] : R
  param E : R[3,2] ~ normal(0, 1)
  param A : R[3,2] ~ normal(0, 1)
  y[0] = 0
  p[t] = softmax(x[t] * (A E[y[t-1]]))
  y[t] ~ categorical(p[t])
  output p
}`);

test("what is missing may not be read back; where nothing reads it, it may be missing", () => {
  const x = [1, 2, 3];
  assert.throws(
    () =>
      forced.pack([
        { x, y: [0, 1, 2] },
        { x, y: [0, null, 2] },
      ]),
    /^RnncError: examples\[1\]\.y\[1\]: expected a value, as y\[t-1\] reads it back, found null$/,
  );
  const params = forced.init(1);
  const last = forced.pack([{ x, y: [0, 1, null] }]);
  const without = forced.pack([{ x: [1, 2], y: [0, 1] }]);
  mustAgree("loss", [forced.loss(params, last)], [forced.loss(params, without)], 1e-12);
  assert.throws(() => forced.pack([{ x, y: null }]), /examples\[0\]\.y\[0\]: expected a value, as y\[t-1\]/);
  assert.doesNotThrow(() => forced.pack([{ x: [1], y: null }]));
});

test("no later chunk and no step reads what was missing at the end of the chunk before", () => {
  const params = forced.init(1);
  const { state } = forced.gradient(params, forced.pack([{ x: [1, 2], y: [0, null] }]));
  const next = forced.pack([{ x: [1], y: [1] }]);
  assert.throws(
    () => forced.gradient(params, next, state),
    /example 0 of the batch: expected a value before it, as y\[t-1\]/,
  );
  const empty = forced.gradient(params, forced.pack([{ x: [], y: [] }]), state);
  assert.throws(() => forced.gradient(params, next, empty.state), /expected a value before it/);
  assert.throws(
    () => forced.step(params, { ...forced.start(params), values: state.values }, { x: 1, y: 1 }),
    /input\.y/,
  );
});

test("null is a value of a target alone, and of examples alone", () => {
  assert.throws(
    () => forced.pack([{ x: [1, null], y: [0, 1] }]),
    /examples\[0\]\.x\[1\]: expected a number, found null/,
  );
  assert.throws(() => forced.pack([{ x: null, y: [0, 1] }]), /examples\[0\]\.x: expected an array along t, found null/);
  const params = forced.init(1);
  assert.throws(
    () => forced.generate(params, { length: 2, inputs: { x: [1, 2] }, prefix: { y: [null] } }),
    /options\.prefix\[0\]\.y\[0\]: expected a number, found null/,
  );
  assert.throws(() => forced.step(params, forced.start(params), { x: 1, y: null }), /expected a number, found null/);
});

test("what is missing ends no sequence, whatever stands in its place", () => {
  const model = compiledProgram(`model M {
  axis t in 1..T until y[t] == 0
  input x[t] : R[2]
  param A : R[2,2] ~ normal(0, 1)
  h[0] = 0
  h[t] = tanh(A h[t-1] + x[t])
  y[t] ~ categorical(softmax(h[t]))
}`);
  const params = model.init(1);
  const { state } = model.gradient(
    params,
    model.pack([
      {
        x: [
          [1, 2],
          [3, 4],
        ],
        y: [1, null],
      },
    ]),
  );
  assert.doesNotThrow(() => model.gradient(params, model.pack([{ x: [[1, 2]], y: [0] }]), state));
});
