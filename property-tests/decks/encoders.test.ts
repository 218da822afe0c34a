import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { compiledProgram } from "../../examples/tasks/train.ts";
import { body, close, compiled, gradientOf, noise, outputsOf, paramsOf, runs, sequence } from "../std/compiled.ts";
import { alike, equivalent, listsOf, paddedWith } from "./alike.ts";
import { beside, plus, rows } from "./matrices.ts";

const seeds = fc.integer({ min: 1, max: 100_000 });

const translator = (context: string, decoder = "Decode(RNN, n)") =>
  compiled(`import Encode, Decode, LSTM, RNN from "std"
model M(n = 3) {
  axis i in 1..N
  axis j in 1..T
  input x[j] : R[2]
  input y[i] : R[2]
  c = Encode(LSTM, n)(x[j])
  output s[i] = ${decoder}(y[i], ${context})
  minimize sum[i](sumsq(s[i] - 0.1))
}`);
const example = { x: sequence(1, 3, 2), y: sequence(2, 3, 2) };

test("the encoder learns through its final state alone: cut there, its gradient is zero", () => {
  const [whole, cut] = [translator("c"), translator("stop(c)")];
  const ofEncoder = (model: typeof whole) =>
    Object.entries(gradientOf(model, paramsOf(model.model, 3), example).gradient)
      .filter(([path]) => path.startsWith("c."))
      .flatMap(([, values]) => values);
  assert.ok(ofEncoder(whole).some((value) => Math.abs(value) > 1e-4));
  assert.ok(ofEncoder(cut).every((value) => value === 0));
});

const conditioned = (cell: string, weights = "") =>
  compiled(
    body(`input y[t] : R[k]
param c : R[n]
${weights}
output s[t] = ${cell}(y[t], c)
minimize sum[t](sumsq(s[t] - 0.1))`),
  );
const values = (params: ReturnType<typeof paramsOf>) =>
  Object.fromEntries(Object.entries(params).map(([path, data]) => [path, [...data]]));

test("the gradient of a context that is read at every step is the sum over the steps", () => {
  const model = conditioned("Decode(RNN, n, 0, 1)");
  const params = values(paramsOf(model.model, 4));
  const y = sequence(4, 3, 2);
  const apart = compiled(
    body(`input y[t] : R[k]
input c[t] : R[n]
output s[t] = RNN(n)([y[t]; c[t]])
minimize sum[t](sumsq(s[t] - 0.1))`),
    { wrt: ["c"] },
  );
  const given = Object.fromEntries(Object.entries(params).map(([path, data]) => [path.replace("s.s.", "s."), data]));
  const steps = gradientOf(apart, paramsOf(apart.model, 4, given), { y, c: y.map(() => params.c!) }).gradient.c!;
  const sum = plus(...[0, 3, 6].map((from) => steps.slice(from, from + 3)));
  close(gradientOf(model, paramsOf(model.model, 4), { y }).gradient.c!, sum);
});

test("a context as first state and at every step, with one path zeroed, is the other alone", () => {
  const [both, every, first] = ["Decode(RNN, n)", "Decode(RNN, n, 0, 1)", "Decode(RNN, n, 1, 0)"].map((cell) =>
    conditioned(cell),
  );
  const y = sequence(6, 3, 2);
  const closed = { ...values(paramsOf(every!.model, 6)), "s.P": noise(1, 9).map(() => 0) };
  close(
    outputsOf(every!, paramsOf(every!.model, 6), { y }).s!,
    outputsOf(both!, paramsOf(both!.model, 6, closed), { y }).s!,
  );
  const params = values(paramsOf(first!.model, 7));
  const widened = {
    ...params,
    "s.s.U": beside(
      params["s.s.U"]!,
      2,
      noise(1, 9).map(() => 0),
      3,
    ),
  };
  close(
    outputsOf(first!, paramsOf(first!.model, 7), { y }).s!,
    outputsOf(both!, paramsOf(both!.model, 7, widened), { y }).s!,
  );
});

test("an embedded symbol is the product with a one-hot vector, in its gradient too: a symbol read twice adds its rows", () => {
  const model = (value: string) =>
    compiled(body(`input w[t] : symbol[5]\ninput v[t] : R[k]\nparam E : R[5,k]\nminimize sum[t](dot(v[t], ${value}))`));
  const [looked, multiplied] = [model("E[w[t]]"), model("E^T onehot(w[t])")];
  const words = { w: [2, 4, 1, 1], v: sequence(3, 4, 2) };
  alike(looked, multiplied, (tensors) => tensors, words, 3);
  const { gradient } = gradientOf(looked, paramsOf(looked.model, 3), words);
  close(gradient.E!.slice(2, 4), plus(words.v[2]!, words.v[3]!));
  close(gradient.E!.slice(0, 2), [0, 0]);
});

const heads = compiled(
  body(`input x[t] : R[k]
param q
param A, B, C : R[2,n]
h[t] = GRU(n)(x[t])
output last = h[T]
output average = mean[t](h[t])
output attended = Attend(DotScore)(q, h[t], h[t])
y : symbol[2] ~ categorical(softmax(A last + B average + C attended))`),
);

test("the last state, the mean and what is attended to of a padded sequence are those of the sequence alone, and so are their gradients", () => {
  const lengths = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(seeds, lengths, fc.constantFrom(Number.NaN, 1e300, 0), (seed, all, padding) => {
      const params = paramsOf(heads.model, seed);
      const examples = all.map((length, b) => ({ x: sequence(seed + b, length, 2), y: b % 2 }));
      const batch = paddedWith(padding, heads.pack(examples), "x");
      const together = heads.forward(params, batch);
      examples.forEach((one, b) => {
        const own = Object.entries(together).map(([name, { data }]) => [name, [...data.slice(3 * b, 3 * b + 3)]]);
        const { last, average, attended } = outputsOf(heads, params, one);
        equivalent(Object.fromEntries(own), { last: last!, average: average!, attended: attended! });
      });
      const alone = examples.map((one) => gradientOf(heads, params, one).gradient);
      const mean = Object.keys(alone[0]!).map((path) => [
        path,
        plus(...alone.map((gradient) => gradient[path]!)).map((value) => value / alone.length),
      ]);
      equivalent(listsOf(heads.gradient(params, batch).gradient), Object.fromEntries(mean));
    }),
    runs(20),
  );
});

/** Every sequence of `length` symbols below `count`. */
const allSequences = (length: number, count: number): ReadonlyArray<ReadonlyArray<number>> =>
  length === 0
    ? [[]]
    : allSequences(length - 1, count).flatMap((head) =>
        Array.from({ length: count }, (_, symbol) => [...head, symbol]),
      );

test("what a model of sequences says of all sequences sums to 1: with edges from past outputs, and given a vector", () => {
  const model = compiled(
    body(`input z : R[2]
param E : R[3,k]
param O : R[3,n]
y[0] = 0
h[t] = Decode(RNN, n)(E[y[t-1]], z)
y[t] : symbol[3] ~ categorical(softmax(O h[t]))`),
  );
  const params = paramsOf(model.model, 9);
  const probability = (y: ReadonlyArray<number>) => Math.exp(-gradientOf(model, params, { z: [0.3, -1], y }).loss);
  close([allSequences(3, 3).reduce((sum, y) => sum + probability(y), 0)], [1]);
});

/** The sentences that end with `eos` within `most` words, and those that are cut there. */
const sentences = (most: number, count: number, eos: number): ReadonlyArray<ReadonlyArray<number>> =>
  most === 0
    ? [[]]
    : Array.from({ length: count }, (_, word) => word).flatMap((word) =>
        word === eos ? [[word]] : sentences(most - 1, count, eos).map((rest) => [word, ...rest]),
      );

test("an encoder-decoder gives all sentences, whatever the length of what it read, probabilities that sum to 1, each the product of those of its words given the source and the words before", () => {
  const sizes = fc.record({
    seed: seeds,
    M: fc.integer({ min: 2, max: 4 }),
    n: fc.integer({ min: 1, max: 4 }),
    length: fc.integer({ min: 1, max: 5 }),
    most: fc.integer({ min: 1, max: 3 }),
  });
  fc.assert(
    fc.property(sizes, ({ seed, M, n, length, most }) => {
      const model = compiledProgram("encoder-decoder", {
        ...{ precision: "f64", target: "js", exports: ["forward", "loss", "pack"] },
        statics: { V: 3, M, d: 2, n },
      });
      const params = paramsOf(model.model, seed);
      const x = noise(seed, length).map((value) => (value > 0.3 ? 2 : value > -0.3 ? 1 : 0));
      const all = sentences(most, M, 1);
      const batch = model.pack(all.map((y) => ({ x, y })));
      const { p } = model.forward(params, batch);
      const ofWords = all.map((y, b) =>
        y.map((word, i) => p!.data[M * (i * all.length + b) + word]!).reduce((product, each) => product * each, 1),
      );
      const ofLosses = all.map((y) => Math.exp(-model.loss(params, model.pack([{ x, y }]))));
      equivalent({ ofLosses }, { ofLosses: ofWords });
      close([ofLosses.reduce((sum, each) => sum + each, 0)], [1]);
    }),
    runs(8),
  );
});

test("a word depends on the word before by its edge alone, and on every position of the source", () => {
  const decoder = (last: string) =>
    compiled(
      `import Encode, Decode, RNN from "std"
model M(n = 3) {
  axis j in 1..T
  axis i in 1..N
  input x[j] : R[2]
  param E : R[3,2]
  param O : R[3,n]
  y[0] = 0
  s[i] = Decode(RNN, n)(${last}, Encode(RNN, n)(x[j]))
  output p[i] = softmax(O s[i])
  y[i] : symbol[3] ~ categorical(p[i])
}`,
      { wrt: ["x"] },
    );
  const [edged, cut] = [decoder("E[y[i-1]]"), decoder("0 * E[y[i-1]]")];
  const x = sequence(3, 5, 2);
  const secondAfter = (model: typeof edged, word: number) =>
    outputsOf(model, paramsOf(model.model, 4), { x, y: [word, 0] }).p!.slice(3);
  assert.notDeepEqual(secondAfter(edged, 1), secondAfter(edged, 2));
  assert.deepEqual(secondAfter(cut, 1), secondAfter(cut, 2));
  const { gradient } = gradientOf(edged, paramsOf(edged.model, 4), { x, y: [1, 2] });
  assert.ok(rows(gradient.x!, 2).every((row) => row.some((value) => value !== 0)));
});
