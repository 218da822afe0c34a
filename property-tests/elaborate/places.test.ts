import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { isLeft } from "fp-ts/lib/Either.js";
import { checkGradient } from "../../src/check/gradient.ts";
import { compile } from "../../src/compile.ts";
import { targetNames } from "../../src/emit/targets.ts";
import { batches } from "../../src/property/arbitrary.ts";
import { mustAgree } from "../../src/property/law.ts";
import { compiledProgram } from "../property/programs.ts";

/** Reversal, a convolution, a stride, alignments, and an attention's window; `at` says how a variable is read somewhere. */
const source = (at: (variable: string, place: string) => string): string => `model P(K = 2, n = 2) {
  axis t in 1..T
  axis u in 1..T
  axis i in 1..I
  axis j in 1..K
  input x[t] : R[n]
  input p[i] : position[T]
  param W[j] : R[n,n]
  param U : R[n,n]
  z[t] = tanh(U x[t])
  output r[t] = ${at("z", "T+1-t")}
  output c[i] = sum[j](W[j] ${at("z", "i+j-1")})
  output q[i] = ${at("r", "p[i]")} * ${at("z", "2*i")}
  h[0] = 0
  h[t] : R[n] = tanh(h[t-1] + r[t])
  minimize sum[i](sumsq(c[i]) + sum(q[i]) + sumsq(${at("h", "p[i]")})) + sum[j](sumsq(${at("W", "3-j")} [0.3; 0.5]))
}`;

const picked = source((variable, place) => `${variable}[${place}]`);
const summed = source((variable, place) =>
  variable === "W"
    ? "sum[j](if j == 3 - j then W[j] else W[3-j])"
    : `sum[u](if u == ${place} then ${variable}[u] else 0)`,
).replace(
  "sum[j](sumsq(sum[j](if j == 3 - j then W[j] else W[3-j]) [0.3; 0.5]))",
  "sumsq(W[1] [0.3; 0.5]) + sumsq(W[2] [0.3; 0.5])",
);

for (const target of targetNames)
  test(`a reading at a computed position is the sum in which that position alone counts: ${target}`, () => {
    const [one, other] = [compiledProgram(picked, { target }), compiledProgram(summed, { target })];
    fc.assert(
      fc.property(batches(one, { lengths: { least: 0, greatest: 4 } }), fc.nat(99), ({ examples }, seed) => {
        const params = one.init(seed);
        const [a, b] = [one.gradient(params, one.pack(examples)), other.gradient(params, other.pack(examples))];
        mustAgree("the loss", [a.loss], [b.loss], 1e-11);
        for (const path of Object.keys(params)) mustAgree(path, a.gradient[path]!, b.gradient[path]!, 1e-10);
        const [f, g] = [one.forward(params, one.pack(examples)), other.forward(params, other.pack(examples))];
        for (const name of ["r", "c", "q"]) mustAgree(name, f[name]!.data, g[name]!.data, 1e-11);
      }),
      { numRuns: 25 },
    );
  });

test("a position that an example lacks is refused by the call, which names example, variable and position", () => {
  const { pack } = compiledProgram(picked);
  const x = (length: number): ReadonlyArray<ReadonlyArray<number>> => Array.from({ length }, () => [1, 2]);
  const right = { x: x(4), p: [4, 1] };
  const refused: ReadonlyArray<readonly [unknown, RegExp]> = [
    [{ x: x(4), p: [5] }, /examples\[1\]: p is 5, where a position from 1 to 4/],
    [{ x: x(4), p: [0] }, /examples\[1\]: p is 0/],
    [{ x: x(4), p: [1.5] }, /examples\[1\]: p is 1\.5/],
    [{ x: x(3), p: [1, 2] }, /examples\[1\]: z is read at position 4 of axis t, which has 1 to 3/],
    [{ x: [], p: [1] }, /examples\[1\]: z is read at position 2 of axis t, which has none/],
  ];
  for (const [example, says] of refused) assert.throws(() => pack([right, example as typeof right]), says);
  assert.doesNotThrow(() => pack([right, { x: [], p: [] }]));
});

test("a batch that was made by hand is looked at as one from pack is", () => {
  const { pack, loss, init } = compiledProgram(picked);
  const batch = pack([
    {
      x: [
        [1, 2],
        [3, 4],
      ],
      p: [2],
    },
  ]);
  const values = { ...batch.values, p: Float64Array.of(3) };
  assert.throws(() => loss(init(1), { ...batch, values }), /p is 3, where a position from 1 to 2/);
});

test("the gradient of what is read at computed positions is that of differences", () => {
  const compiled = compiledProgram(picked);
  assert.ok(checkGradient(compiled, { seed: 3 }).passed);
});

test("what is read at computed positions cannot be stepped, and is no part of its own recurrence", () => {
  assert.equal(compiledProgram(picked).model.streamable, null);
  const cyclic = compile("model M {\n axis t in 1..T\n h[0] = 1\n output h[t] = tanh(h[T+1-t])\n}");
  assert.ok(isLeft(cyclic) && cyclic.left.some(({ code }) => code === "RNN134"));
});

test("how far a computed position reaches is told by its form, however it is written", () => {
  const { forward, pack, init } = compiledProgram(`model M {
  axis t in 1..T
  axis i in 1..I
  input x[t] : R
  output a[i] = x[3*i - 2*i + T - T]
}`);
  const examples = [{ x: [1, 2, 3], I: 3 }];
  assert.deepEqual([...forward(init(1), pack(examples)).a!.data], [1, 2, 3]);
  assert.throws(() => pack([{ x: [1, 2, 3], I: 4 }]), /x is read at position 4 of axis t/);
});

test("a computed position may be no more than the last and no less than the first", () => {
  const { pack } = compiledProgram(`model P {
  axis t in 1..T
  axis i in 1..I
  input x[t] : R
  input w[i] : R
  output y[i] = w[i] * x[T-i+1]
  output z[i] = w[i] * x[T-i]
}`);
  const x = [1, 2, 3];
  assert.doesNotThrow(() => pack([{ x, w: [1, 2] }]));
  assert.throws(() => pack([{ x, w: [1, 2, 3] }]), /x is read at position 0 of axis t, which has 1 to 3/);
});

test("whatever the padding of a batch names as a position, values and gradients are the same", () => {
  for (const target of targetNames)
    for (const beyond of [-7, 0, 1e6, 2 ** 30]) {
      const model = compiledProgram(picked, { target });
      const x = (length: number) => Array.from({ length }, (_, t) => [Math.sin(t), Math.cos(t)]);
      const examples = [
        { x: x(6), p: [6, 1, 2] },
        { x: x(4), p: [3] },
      ];
      const [whole, odd] = [model.pack(examples), model.pack(examples)];
      // The second example has one position of i, padded to three.
      const p = odd.values.p!;
      const padding = [...p.keys()].filter((at) => p[at] !== 6 && p[at] !== 1 && p[at] !== 2 && p[at] !== 3);
      assert.equal(padding.length, 2);
      for (const at of padding) p[at] = beyond;
      const params = model.init(1);
      const [one, other] = [model.gradient(params, odd), model.gradient(params, whole)];
      assert.deepEqual(one, other);
      for (const name of ["r", "c", "q"])
        assert.deepEqual(model.forward(params, odd)[name]!.data, model.forward(params, whole)[name]!.data);
    }
});
