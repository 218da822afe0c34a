import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Compiled } from "../../src/compile.ts";
import { targetNames } from "../../src/emit/targets.ts";
import { mustAgree } from "../../src/property/law.ts";
import { modelProgram } from "../../src/views/program-text.ts";
import { compiledProgram } from "../property/programs.ts";

/** A mixture of experts, each with a table of its own: `parameters` and `sums` say how there are several. */
const mixture = (K: number, D: number, n: number, parameters: string, over: (term: string) => string): string => `
model Mixture {
  axis t in 1..T
  axis k in 1..${K}
  input x[t] : R[${D}]
  ${parameters}
  h[0] = 0
  h[t] : R[${n}] = tanh(${over("W[k] x[t]")} + ${over("a[k] * h[t-1]")} + b[1])
  output h
  minimize sum[t](sumsq(h[t]) + ${over("sumsq(x[t] - mu[k]) * a[k]^2")})
}`;

const declared = (D: number, n: number): string => `
  param W[k] : R[${n},${D}] ~ normal(0, 1)
  param mu[k] : R[${D}] ~ normal(0, 1)
  param a[k] ~ normal(0, 1)
  param b[k] : R[${n}] ~ normal(0, 1)`;

const sizes = fc.record({
  K: fc.integer({ min: 1, max: 4 }),
  D: fc.integer({ min: 1, max: 3 }),
  n: fc.integer({ min: 1, max: 3 }),
  T: fc.integer({ min: 0, max: 4 }),
});

const written = (K: number, term: string): string =>
  `(${Array.from({ length: K }, (_, k) => term.replaceAll("[k]", `[${k + 1}]`)).join(" + ")})`;

const withoutSpans = ({ circuits }: Compiled) => circuits.gradient!.nodes.map(({ span: _, ...node }) => node);

for (const target of targetNames)
  test(`a parameter over an axis is a family of parameters: values, loss and gradient (${target})`, () => {
    fc.assert(
      fc.property(sizes, fc.nat(99), ({ K, D, n, T }, seed) => {
        const over = compiledProgram(
          mixture(K, D, n, declared(D, n), (term) => `sum[k](${term})`),
          { target },
        );
        const family = compiledProgram(
          mixture(K, D, n, `for k in 1..${K} {${declared(D, n)}\n}`, (term) => written(K, term)).replace(
            / {2}axis k.*\n/,
            "",
          ),
          { target },
        );
        const params = over.init(seed);
        const members = Object.fromEntries(
          family.model.params.map(({ path, shape }) => {
            const [name, member] = path.split(".");
            const size = shape.reduce((product, length) => product * length, 1);
            return [path, params[name!]!.slice((Number(member) - 1) * size, Number(member) * size)];
          }),
        );
        const examples = [
          { x: Array.from({ length: T }, (_, t) => Array.from({ length: D }, (__, i) => Math.sin(seed + 3 * t + i))) },
        ];
        const [one, other] = [over, family].map((model, i) =>
          model.gradient([params, members][i]!, model.pack(examples)),
        );
        mustAgree("the loss", [one!.loss], [other!.loss], 1e-12);
        for (const { path, shape } of family.model.params) {
          const [name, member] = path.split(".");
          const size = shape.reduce((product, length) => product * length, 1);
          const part = one!.gradient[name!]!.slice((Number(member) - 1) * size, Number(member) * size);
          mustAgree(path, part, other!.gradient[path]!, 1e-10);
        }
        const outputs = [over.forward(params, over.pack(examples)), family.forward(members, family.pack(examples))];
        mustAgree("h", outputs[0]!.h!.data, outputs[1]!.h!.data, 1e-12);
      }),
      { numRuns: 6 },
    );
  });

test("a parameter over an axis is the rows of a matrix in order: the circuits are equal", () => {
  const source = (parameter: string): string => `model M {
  axis k in 1..3
  axis t in 1..T
  input x[t] : R[2]
  param ${parameter}
  output d[t,k] = x[t] - mu[k]
  minimize sum[t,k](sumsq(d[t,k]))
}`;
  const [over, rows] = ["mu[k] : R[2]", "mu : R[3,2]"].map((parameter) =>
    withoutSpans(compiledProgram(source(parameter))),
  );
  assert.deepEqual(over, rows);
});

test("a parameter over two axes lies in the order of its indices, whatever the order of the axes", () => {
  const { forward, pack, model } = compiledProgram(`model M {
  axis j in 1..2
  axis k in 1..3
  param mu[k,j] : R[2]
  output d[j,k] = mu[k,j]
}`);
  assert.deepEqual(
    model.params.map(({ indices, shape }) => ({ indices, shape })),
    [{ indices: ["k", "j"], shape: [3, 2, 2] }],
  );
  const { data } = forward({ mu: Float64Array.from({ length: 12 }, (_, i) => i) }, pack([{}])).d!;
  assert.deepEqual([...data], [0, 1, 4, 5, 8, 9, 2, 3, 6, 7, 10, 11]);
});

test("each position of a parameter starts as a parameter of its shape by itself, from numbers of its own", () => {
  const { init } = compiledProgram(`model M {
  axis k in 1..3
  param W[k] : R[2,2] ~ orthogonal
  param I[k] : R[2,2] ~ identity
  param G[k] : R[1,5]
  param b[k] = 0.5
  output a[k] = W[k] (I[k] [b[k]; G[k][1][1]])
}`);
  fc.assert(
    fc.property(fc.nat(), (seed) => {
      const { W, I, G, b } = init(seed) as Record<string, Float64Array>;
      const at = (values: Float64Array, k: number, size: number): ReadonlyArray<number> => [
        ...values.slice(k * size, (k + 1) * size),
      ];
      for (const k of [0, 1, 2]) {
        const [p, q, r, s] = at(W!, k, 4) as [number, number, number, number];
        mustAgree("orthonormal rows", [p * p + q * q, p * r + q * s, r * r + s * s], [1, 0, 1], 1e-12);
        assert.deepEqual(at(I!, k, 4), [1, 0, 0, 1]);
      }
      assert.ok(
        G!.every((value) => Math.abs(value) <= 1),
        "the limit of a matrix of 1 and 5",
      );
      assert.notDeepEqual(at(G!, 0, 5), at(G!, 1, 5));
      assert.deepEqual([...b!], [0.5, 0.5, 0.5]);
    }),
  );
});

test("a cell's own parameters over an axis of its own are printed as a program that means the same", () => {
  const source = `cell Mixer(n)(x[s]) -> h[s] {
  axis k in 1..3
  param W[k] : R[n,2]
  h[0] = 0
  h[s] : R[n] = tanh(sum[k](W[k] x[s] * W[k][1][1]) + W[1] x[s] + h[s-1])
}
model M {
  axis t in 1..T
  input x[t] : R[2]
  h[t] = backward Mixer(2)(x[t])
  g[t] = Mixer(2)(x[t])
  minimize sum[t](sumsq(h[t]) + sumsq(g[t]))
}`;
  const model = compiledProgram(source);
  const printed = compiledProgram(modelProgram(model.elaborated).text);
  const examples = [
    {
      x: [
        [1, 2],
        [0.5, -1],
        [0.1, 0.3],
      ],
    },
  ];
  const params = model.init(1);
  const called = Object.fromEntries(Object.entries(params).map(([path, values]) => [path.replace(".", "_"), values]));
  const [one, other] = [model.gradient(params, model.pack(examples)), printed.gradient(called, printed.pack(examples))];
  mustAgree("the loss", [one.loss], [other.loss], 1e-12);
  for (const path of Object.keys(params))
    mustAgree(path, one.gradient[path]!, other.gradient[path.replace(".", "_")]!, 1e-12);
});
