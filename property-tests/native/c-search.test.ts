import assert from "node:assert/strict";
import { test } from "node:test";
import { compiledExample } from "../emit/examples.ts";
import { someOf } from "../often.ts";
import { compiledProgram } from "../property/programs.ts";
import { mustGiveTheSame } from "./c-cases.ts";
import { expectedOf } from "./c-driver.ts";
import { exampleCase } from "./c-examples.ts";
import { ifNative } from "./here.ts";

/** Symbols and truths, one of which stands over another axis, in two rounds; a moving input, a context, a position that is counted. */
const many = `model Many(V = 5) {
  axis j in 1..J
  axis t in 1..T until y[t] == 1
  input x[t] : R[2]
  input k[j] : R[3]
  param W : R[V,4] ~ normal(0, 1)
  param E : R[4,V] ~ normal(0, 1)
  param A : R[4,2] ~ normal(0, 1)
  param K : R[4,3] ~ normal(0, 1)
  param u, w : R[4] ~ normal(0, 1)
  y[0] = 0
  h[0] = sum[j](K k[j])
  h[t] = tanh(E onehot(y[t-1]) + A x[t] + h[t-1] / 2 + u * mod(t, 3))
  y[t] : symbol[V] ~ categorical(softmax(W h[t]))
  b[j,t] ~ bernoulli(sigmoid(u^T (h[t] + E onehot(y[t]) + K k[j])))
  z[t] : R[2] ~ bernoulli(sigmoid([w^T h[t]; u^T h[t]]))
}`;

const examples = [
  "name-generation.rnn",
  "attention-seq2seq.rnn",
  "char-lm.rnn",
  "encoder-decoder.rnn",
  "caption-both.rnn",
  "translation.rnn",
];

test(
  "a search in C finds what the module's finds, as probable: with contexts, inputs, beginnings, ends, lengths that count",
  ifNative,
  () => {
    const models = [
      compiledProgram(many, {
        precision: "f64",
        target: "js",
      }),
      ...someOf(examples, 0, 3).map((name) => compiledExample(name, { precision: "f64", target: "js" })),
    ];
    const given = models.map((compiled, seed) => exampleCase(compiled, seed + 3));
    for (const each of given)
      assert.ok(
        [...expectedOf(each).keys()].some((name) => name.startsWith("search three of")),
        each.compiled.model.name,
      );
    assert.ok([...expectedOf(given[0]!).keys()].some((name) => name.startsWith("search a beam of seven")));
    mustGiveTheSame(given, { compiler: "gcc", flags: ["-std=c11", "-O1"] }, 1e-11);
  },
);
