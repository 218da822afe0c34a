import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { checkGradient } from "../../src/check/gradient.ts";
import type { Compiled } from "../../src/compile.ts";
import { schedule } from "../../src/schedule/schedule.ts";
import { close, compiled, gradientOf, noise, outputsOf, paramsOf, refusal, runs, sequence } from "../std/compiled.ts";
import { comparing } from "./alike.ts";
import { plus, rows, times } from "./matrices.ts";

const seeds = fc.integer({ min: 1, max: 100_000 });
const reals = (size: number) =>
  fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: size, maxLength: size });
const scans = (circuit: Parameters<typeof schedule>[0]): ReadonlyArray<string> =>
  schedule(circuit).blocks.flatMap(({ title }) => (title.startsWith("scan") ? [title] : []));

const softmax = compiled("model M {\n  input o, v : R[4]\n  output p = softmax(o)\n  minimize dot(v, softmax(o))\n}", {
  wrt: ["o"],
});

test("softmax sums to 1, does not see shifts, is monotone and finite, and its Jacobian is diag(p) - p p^T", () => {
  fc.assert(
    fc.property(reals(4), reals(4), fc.double({ min: -100, max: 100, noNaN: true }), (o, v, shift) => {
      const p = outputsOf(softmax, {}, { o, v }).p!;
      close([p.reduce((a, b) => a + b, 0)], [1]);
      close(outputsOf(softmax, {}, { o: o.map((value) => value + shift), v }).p!, p, 1e-11);
      for (const [i, a] of o.entries()) for (const [j, b] of o.entries()) assert.ok(a <= b || p[i]! >= p[j]!);
      const mean = p.reduce((sum, value, i) => sum + value * v[i]!, 0);
      close(
        gradientOf(softmax, {}, { o, v }).gradient.o!,
        p.map((value, i) => value * (v[i]! - mean)),
        1e-11,
      );
    }),
  );
  assert.deepEqual(outputsOf(softmax, {}, { o: [1000, -1000, 0, 0], v: [1, 1, 1, 1] }).p, [1, 0, 0, 0]);
});

const mixture = compiled(
  `import Attend, AttentionWeights, DotScore from "std"
model M {
  axis j in 1..T
  input q : R[3]
  input x[j] : R[3]
  output a[j] = AttentionWeights(DotScore)(q, x[j])
  output c = Attend(DotScore)(q, x[j], x[j])
}`,
);

test("attention is a convex combination: weights sum to 1, and every component lies among those of the values", () => {
  fc.assert(
    fc.property(seeds, fc.integer({ min: 1, max: 6 }), (seed, length) => {
      const x = sequence(seed, length, 3);
      const { a, c } = outputsOf(mixture, {}, { q: noise(seed, 3), x });
      assert.ok(a!.every((weight) => weight >= 0 && weight <= 1));
      close([a!.reduce((sum, weight) => sum + weight, 0)], [1]);
      c!.forEach((value, i) => {
        const column = x.map((row) => row[i]!);
        assert.ok(value >= Math.min(...column) - 1e-12 && value <= Math.max(...column) + 1e-12);
      });
    }),
    runs(20),
  );
});

const decoder = (score: string) => `import Attend, DotScore, AdditiveScore, MultiplicativeScore, GRU from "std"
model M(n = 3) {
  axis i in 1..N
  axis j in 1..T
  input h[j] : R[n]
  input y[i] : R[2]
  c[i] = Attend(${score})(s[i-1], h[j], h[j])
  s[0] = 0.1
  output s[i] = GRU(n)([y[i]; c[i]])
  minimize sum[i](sumsq(s[i]))
}`;

test("a decoder attends by any score, a function or a cell, and gradients reach every encoded position", () => {
  for (const score of ["DotScore", "AdditiveScore(4)", "MultiplicativeScore()"]) {
    const model = compiled(decoder(score), { wrt: ["h"] });
    assert.ok(checkGradient(model, { seed: 3, elements: 5 }).passed, score);
    const example = { h: sequence(1, 3, 3), y: sequence(2, 2, 2) };
    const { gradient } = gradientOf(model, paramsOf(model.model, 3), example);
    assert.ok(rows(gradient.h!, 3).every((row) => row.some((value) => value !== 0)));
  }
});

test("positions beyond an example's end get no weight and no gradient, whatever the padding holds", () => {
  const model = compiled(decoder("DotScore"), { wrt: ["h"] });
  const params = paramsOf(model.model, 3);
  const short = { h: sequence(1, 2, 3), y: sequence(2, 2, 2) };
  const batch = model.pack([short, { h: sequence(4, 4, 3), y: sequence(5, 3, 2) }]);
  const padded = {
    ...batch,
    values: {
      ...batch.values,
      h: batch.values.h!.map((value, i) => (Math.floor(i / 3) % 2 === 0 && i >= 12 ? Number.NaN : value)),
    },
  };
  const { gradient, loss } = model.gradient(params, padded as typeof batch);
  assert.ok(Number.isFinite(loss));
  rows([...gradient.h!], 3).forEach((row, place) => {
    if (place % 2 === 0 && place >= 4) assert.ok(row.every((value) => value === 0));
  });
});

test("the scores are q^T k, v^T tanh(Wq q + Wk k) and q^T W k", () => {
  const score = (name: string) =>
    compiled(
      `import ${name.replace(/\(.*/, "")} from "std"\nmodel M {\n  input q : R[3]\n  input k : R[3]\n  output e = ${name}(q, k)\n}`,
    );
  const [q, k] = [noise(1, 3), noise(2, 3)];
  const inner = (a: ReadonlyArray<number>, b: ReadonlyArray<number>) =>
    a.reduce((sum, value, i) => sum + value * b[i]!, 0);
  close(outputsOf(score("DotScore"), {}, { q, k }).e!, [inner(q, k)]);
  const additive = score("AdditiveScore(2)");
  const params = paramsOf(additive.model, 5);
  const [Wq, Wk, v] = ["Wq", "Wk", "v"].map((name) => [...params[`e.${name}`]!]);
  close(outputsOf(additive, params, { q, k }).e!, [inner(v!, plus(times(Wq!, q), times(Wk!, k)).map(Math.tanh))]);
  const bilinear = score("MultiplicativeScore()");
  const weights = paramsOf(bilinear.model, 6);
  close(outputsOf(bilinear, weights, { q, k }).e!, [inner(q, times([...weights["e.W"]!], k))]);
});

test("the inner product of vectors of different sizes is refused by their sizes", () => {
  const [told] = refusal(
    `import Attend, DotScore from "std"\nmodel M {\n  axis j in 1..T\n  input q : R[3]\n  input x[j] : R[2]\n  output c = Attend(DotScore)(q, x[j], x[j])\n}`,
  );
  assert.equal(told!.code, "RNN130");
  assert.match(told!.message, /R\[3\].*R\[2\]|R\[2\].*R\[3\]/);
});

test("a decoder that declares room for context and sentence is refused if one of them is missing", () => {
  const source = (input: string) =>
    `model M(n = 3) {
  axis i in 1..N
  axis j in 1..T
  input h[j] : R[n]
  param W
  param U : R[n,2*n]
  s[0] = 0
  a[i,j] = softmax[j](dot(s[i-1], h[j]))
  c[i] = sum[j](a[i,j] * h[j])
  output s[i] : R[n] = tanh(W s[i-1] + U ${input})
}`;
  compiled(source("[c[i]; h[T]]"));
  for (const input of ["c[i]", "h[T]"]) assert.equal(refusal(source(input))[0]!.code, "RNN130");
});

test("the context may be read out beside the decoder's state instead of entering it", () => {
  const model = compiled(`import AttentionWeights, MultiplicativeScore, RNN from "std"
model M(n = 3) {
  axis i in 1..N
  axis j in 1..T
  input h[j] : R[n]
  input y[i] : R[2]
  param W
  s[i] = RNN(n)(y[i])
  a[i,j] = AttentionWeights(MultiplicativeScore())(s[i], h[j])
  output r[i] : R[n] = tanh(W [sum[j](a[i,j] * h[j]); s[i]])
  minimize sum[i](sumsq(r[i]))
}`);
  assert.ok(checkGradient(model, { seed: 2, elements: 6 }).passed);
});

const selfAttention = (cell: string, statics: Readonly<Record<string, number>> = {}) =>
  compiled(
    `import ${cell} from "std"
model M(n = 2, k = 3) {
  axis t in 1..T
  axis j in 1..T
  input x[t] : R[k]
  input v[t] : R[n]
  output z[t] = ${cell}(n)(x[t], x[j])
  minimize sum[t](dot(v[t], z[t]))
}`,
    { wrt: ["x"], ...comparing(statics) },
  );

test("self-attention has no recurrence: neither it nor its gradient needs a scan", () => {
  const model = selfAttention("SelfAttention");
  assert.deepEqual(scans(model.circuits.forward), []);
  assert.deepEqual(scans(model.circuits.gradient!), []);
});

test("under the causal mask no gradient goes from a position to a later one: it is exactly 0", () => {
  const sizes = fc.record({
    seed: seeds,
    n: fc.integer({ min: 1, max: 4 }),
    k: fc.integer({ min: 1, max: 4 }),
    length: fc.integer({ min: 1, max: 6 }),
  });
  fc.assert(
    fc.property(sizes, ({ seed, n, k, length }) => {
      const x = sequence(seed, length, k);
      const weigh = (t: number) => x.map((_, s) => Array.from({ length: n }, () => Number(s === t)));
      /** At t and j, whether the gradient of z[t] by x[j] is exactly 0. */
      const cut = (model: Compiled) =>
        x.map((_, t) =>
          rows(gradientOf(model, paramsOf(model.model, seed), { x, v: weigh(t) }).gradient.x!, k).map((row) =>
            row.every((value) => value === 0),
          ),
        );
      const masked = selfAttention("CausalSelfAttention", { n, k });
      assert.deepEqual(
        cut(masked),
        x.map((_, t) => x.map((_unused, j) => j > t)),
      );
      assert.ok(!cut(selfAttention("SelfAttention", { n, k })).flat().includes(true), "without the mask all is seen");
      const seen = (given: typeof x) =>
        rows(outputsOf(masked, paramsOf(masked.model, seed), { x: given, v: weigh(-1) }).z!, n).slice(0, -1);
      assert.deepEqual(seen(x.with(-1, noise(seed + 1, k))), seen(x));
    }),
    runs(8),
  );
});
