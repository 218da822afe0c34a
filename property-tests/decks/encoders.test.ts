import assert from "node:assert/strict";
import { test } from "node:test";
import { body, close, compiled, gradientOf, noise, outputsOf, paramsOf, sequence } from "../std/compiled.ts";
import { alike } from "./alike.ts";
import { beside, plus } from "./matrices.ts";

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

test("the mean and the last state of a padded sequence are those of the sequence alone", () => {
  const model = compiled(
    body("input x[t] : R[k]\nh[t] = GRU(n)(x[t])\noutput last = h[T]\noutput average = mean[t](h[t])"),
  );
  const params = paramsOf(model.model, 2);
  const examples = [1, 4, 2].map((length) => ({ x: sequence(length, length, 2) }));
  const together = model.forward(params, model.pack(examples));
  examples.forEach((one, b) => {
    const alone = outputsOf(model, params, one);
    for (const name of ["last", "average"]) close([...together[name]!.data.slice(3 * b, 3 * b + 3)], alone[name]!);
  });
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
