import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { checkGradient } from "../../src/check/gradient.ts";
import { targetNames } from "../../src/emit/targets.ts";
import { mustAgree } from "../../src/property/law.ts";
import type { CompiledModel, Params } from "../../src/runtime/interface.ts";
import { compiledProgram } from "../property/programs.ts";

/** One value of each family, with a weight that data, the value itself and a parameter make. */
const families = {
  categorical: {
    drawn: "categorical(softmax(a[t]))",
    type: "symbol[3]",
    term: "-log(dot(softmax(a[t]), onehot(y[t])))",
  },
  bernoulli: {
    drawn: "bernoulli(sigmoid(a[t]))",
    type: "R[3]",
    term: "-sum(log(if y[t] > 0.5 then sigmoid(a[t]) else 1 - sigmoid(a[t])))",
  },
  normal: {
    drawn: "normal(a[t], exp(s))",
    type: "R[3]",
    term: "sum(0.5 * ((y[t] - a[t]) / exp(s))^2 + s + 0.9189385332046727)",
  },
} as const;

const weights = { data: "w[t]", "a parameter": "w[t] * exp(v)", "a choice": "if w[t] > 0 then w[t] * v else 0" };

const program = (statements: string): string => `model M {
  axis t in 1..T
  input x[t] : R[2]
  input w[t] : R
  param W : R[3,2] ~ normal(0, 1)
  param s, v = 0.3
  a[t] = W x[t]
  ${statements}
  minimize 0 * (s + v)
}`;

const real = fc.double({ min: -3, max: 3, noNaN: true });
const example = (isSymbol: boolean) =>
  fc
    .array(
      fc.record({
        x: fc.tuple(real, real),
        w: fc.oneof(fc.constant(0), real),
        y: isSymbol ? fc.nat(2) : fc.tuple(fc.nat(1), fc.nat(1), fc.nat(1)),
      }),
      { maxLength: 4 },
    )
    .map((steps) => ({ x: steps.map(({ x }) => x), w: steps.map(({ w }) => w), y: steps.map(({ y }) => y) }));
const examplesOf = (family: keyof typeof families) =>
  fc.array(example(family === "categorical"), { minLength: 1, maxLength: 3 });

const agreeOn = (one: CompiledModel, other: CompiledModel, params: Params, examples: ReadonlyArray<object>): void => {
  const [a, b] = [one, other].map((model) => model.gradient(params, model.pack(examples as never)));
  mustAgree("loss", [a!.loss], [b!.loss], 1e-9);
  for (const path of Object.keys(params)) mustAgree(path, a!.gradient[path]!, b!.gradient[path]!, 1e-9);
};

for (const target of targetNames)
  for (const [family, { drawn, type, term }] of Object.entries(families))
    for (const [what, weight] of Object.entries(weights))
      test(`a weight multiplies what its ~ adds: ${family}, ${what} (${target})`, () => {
        const settings = { target, precision: "f64" } as const;
        const one = compiledProgram(program(`y[t] : ${type} ~ ${drawn} weight ${weight}`), settings);
        const other = compiledProgram(
          program(`input y[t] : ${type}\n  minimize sum[t]((${weight}) * ${term})`),
          settings,
        );
        fc.assert(
          fc.property(examplesOf(family as keyof typeof families), fc.nat(99), (examples, seed) => {
            agreeOn(one, other, one.init(seed), examples);
          }),
          { numRuns: 15 },
        );
        assert.ok(checkGradient(one, { seed: 3 }).passed);
      });

const observed = (weight: string): string => `model M {
  axis t in 1..T
  input p[t] : R[2]
  input w[t] : R
  param v : R = 1
  q[t] = v * p[t]
  y[t] ~ categorical(q[t])${weight}
}`;

for (const target of targetNames)
  for (const precision of ["f64", "f32"] as const)
    test(`where the weight is 0 a term is 0, with its derivatives, whatever it would be (${target}, ${precision})`, () => {
      const model = compiledProgram(observed(" weight w[t]"), { target, precision, wrt: ["p"] });
      for (const impossible of [0, Number.POSITIVE_INFINITY, -1]) {
        const examples = [
          {
            p: [
              [0.5, 0.5],
              [impossible, 1],
              [0.25, 0.75],
            ],
            w: [1, 0, 2],
            y: [0, 0, 1],
          },
        ];
        const { loss, gradient } = model.gradient({ v: Float64Array.of(1) } as never, model.pack(examples));
        mustAgree("loss", [loss], [-Math.log(0.5) - 2 * Math.log(0.75)], 1e-6);
        mustAgree("v", gradient.v!, [-3], 1e-6);
        mustAgree("p", gradient.p!, [-2, 0, 0, 0, 0, -2 / 0.75], 1e-6);
      }
    });

test("the loss per observation is divided by what the values count, and not where nothing counts", () => {
  const model = compiledProgram(observed(" weight w[t] * v"), { loss: "perObservation", precision: "f64" });
  const params = { v: Float64Array.of(2) };
  const at = (w: ReadonlyArray<number>) =>
    model.gradient(params, model.pack([{ p: w.map(() => [0.25, 0.25]), w, y: w.map(() => 0) }]));
  mustAgree("loss", [at([1, 0, 3]).loss], [Math.log(2)], 1e-12);
  // The divisor is held: the slope of 2 w (-log(v/4)), over 8.
  mustAgree("v", at([1, 0, 3]).gradient.v!, [(4 * Math.log(2) - 4) / 8], 1e-12);
  mustAgree("nothing", [at([0, 0]).loss, ...at([0, 0]).gradient.v!], [0, 0], 0);
  mustAgree("no position", [at([]).loss], [0], 0);
});

test("weights are ignored where values are drawn, and what only weighs need not be given there", () => {
  const source = (weight: string): string => `model M {
  axis t in 1..T
  input w[t], c : R
  param A : R[2,2]
  p[t] = softmax(A E[y[t-1]])
  param E : R[2,2]
  y[0] = 0
  y[t] ~ categorical(p[t])${weight}
  output p
}`;
  const weighted = compiledProgram(source(" weight w[t] * c * A[1][1]"), { precision: "f64" });
  const plain = compiledProgram(source("").replace("input w[t], c : R", ""), { precision: "f64" });
  const params = plain.init(4);
  const options = { length: 6, seed: 5, size: 2 };
  assert.deepEqual(weighted.generate(params, options), plain.generate(params, options));
  assert.deepEqual(
    weighted.forward(params, weighted.pack([{ y: [1, 0] }])),
    plain.forward(params, plain.pack([{ y: [1, 0] }])),
  );
  assert.throws(() => weighted.loss(params, weighted.pack([{ y: [1, 0] }])), /the input c .*found nothing/);
});
