import assert from "node:assert/strict";
import { test } from "node:test";
import { isLeft } from "fp-ts/lib/Either.js";
import { compile } from "../../src/compile.ts";
import { valuesOfExample } from "../../src/property/cells.ts";
import { mustAgree } from "../../src/property/law.ts";
import type { Example } from "../../src/runtime/interface.ts";
import { compiledProgram } from "../property/programs.ts";

/** Two programs that mean the same: their outputs, their losses and the gradients of these are equal. */
const sameMeaning = (one: string, other: string, example: Example): void => {
  const [a, b] = [compiledProgram(one), compiledProgram(other)];
  const params = a.init(3);
  const [first, second] = [a.pack([example]), b.pack([example])];
  const [given, expected] = [a.forward(params, first), b.forward(params, second)];
  for (const { name } of b.model.outputs)
    mustAgree(
      name,
      valuesOfExample(a.model, first, given[name]!, 0),
      valuesOfExample(b.model, second, expected[name]!, 0),
      1e-12,
    );
  const [left, right] = [a.gradient(params, first), b.gradient(params, second)];
  mustAgree("the loss", [left.loss], [right.loss], 1e-12);
  for (const path of Object.keys(params)) mustAgree(path, left.gradient[path]!, right.gradient[path]!, 1e-11);
};

const codes = (source: string): ReadonlyArray<string> => {
  const result = compile(source);
  return isLeft(result) ? result.left.map(({ code }) => code) : result.right.warnings.map(({ code }) => code);
};

const model = (body: string, cells = ""): string =>
  `${cells}\nmodel M(n = 3) {\n  axis t in 1..T\n  input x[t] : R[n]\n  param W : R[n,n] ~ normal(0, 1)\n${body}\n}`;

const example: Example = {
  x: [
    [0.3, -0.2, 0.5],
    [0.1, 0.8, -0.4],
    [-0.6, 0.2, 0.9],
    [0.4, -0.1, 0.7],
  ],
};

const laws: ReadonlyArray<readonly [name: string, derivative: string, equal: string]> = [
  [
    "of a sum of squares it is twice the value",
    "output g[t] = grad(sum[t](sumsq(x[t])), x[t])\n minimize sum[t](sum(W g[t]))",
    "output g[t] = 2 * x[t]\n minimize sum[t](sum(W g[t]))",
  ],
  [
    "position by position it is the slope at each",
    "output g[t] = grad(sum(sin(W x[t])), x[t])\n minimize sum[t](sumsq(g[t]))",
    "output g[t] = W^T cos(W x[t])\n minimize sum[t](sumsq(g[t]))",
  ],
  [
    "by a parameter it is this example's",
    "output g = grad(sum[t](sumsq(W x[t])), W)\n minimize sum[t](sumsq(g x[t]))",
    "output g = sum[t](2 * outer(W x[t], x[t]))\n minimize sum[t](sumsq(g x[t]))",
  ],
  [
    "through a recurrence it is back-propagation through time",
    `h[0] = 0\n h[t] = tanh(W h[t-1] + x[t])\n output g[t] = grad(sum[t](sumsq(h[t])), h[t])\n minimize sum[t](sumsq(g[t]))`,
    `h[0] = 0\n h[t] = tanh(W h[t-1] + x[t])\n a[T+1] = 0\n a[t] = (1 - h[t]^2) * g[t]\n g[t] = 2 * h[t] + W^T a[t+1]\n output g\n minimize sum[t](sumsq(g[t]))`,
  ],
  [
    "by a reading one position before it is read there, at the first position by the boundary",
    `h[0] = 0\n h[t] = tanh(W h[t-1] + x[t])\n L = sum[t](sumsq(h[t]))\n output d[t] = grad(L, h[t-1])\n minimize sum[t](sumsq(d[t]))`,
    `h[0] = 0\n h[t] = tanh(W h[t-1] + x[t])\n a[T+1] = 0\n a[t] = (1 - h[t]^2) * g[t]\n g[t] = 2 * h[t] + W^T a[t+1]\n g[0] = W^T a[1]\n output d[t] = g[t-1]\n minimize sum[t](sumsq(d[t]))`,
  ],
  [
    "a variable that equals another is not the other",
    "k[t] = tanh(x[t])\n h[t] = tanh(x[t])\n output g[t] = grad(sum[t](sumsq(k[t]) + dot(h[t], W h[t])), k[t])\n minimize sum[t](sumsq(g[t]))",
    "k[t] = tanh(x[t])\n output g[t] = 2 * k[t]\n minimize sum[t](sumsq(g[t]) + 0 * sum(W x[t]))",
  ],
  [
    "a variable that is the same at all positions has a derivative at each",
    "h[t] = W x[1]\n output g[t] = grad(sum[t](t * sumsq(h[t])), h[t])\n minimize sum[t](sumsq(g[t]))",
    "h[t] = W x[1]\n output g[t] = 2 * t * h[t]\n minimize sum[t](sumsq(g[t]))",
  ],
  [
    "of a derivative it is the second derivative",
    "s[t] = sum(x[t])\n d[t] = grad(sin(s[t]) * s[t], s[t])\n output g[t] = grad(d[t], s[t])\n minimize sum[t](sum(W x[t]) * g[t])",
    "s[t] = sum(x[t])\n output g[t] = 2 * cos(s[t]) - s[t] * sin(s[t])\n minimize sum[t](sum(W x[t]) * g[t])",
  ],
  [
    "what a stable form looks through is still what it is taken by",
    "p[t] = softmax(W x[t])\n output g[t] = grad(sum[t](sum(log(p[t]))), p[t])\n minimize sum[t](sum(log(g[t])))",
    "p[t] = softmax(W x[t])\n output g[t] = 1 / p[t]\n minimize sum[t](sum(-log(p[t])))",
  ],
  [
    "of a step it is taken by the state at its start, and other states are given",
    `q[0] = 0.1\n p[0] = 0.2\n q[t] : R[n] = q[t-1] + 0.1 * grad(dot(sin(q[t-1]), p[t-1]) + sumsq(p[t-1]), p[t-1])
 p[t] = p[t-1] - 0.1 * grad(dot(sin(q[t-1]), p[t-1]), q[t-1]) + 0.1 * W x[t]\n output q\n minimize sum[t](sumsq(q[t]))`,
    `q[0] = 0.1\n p[0] = 0.2\n q[t] : R[n] = q[t-1] + 0.1 * (sin(q[t-1]) + 2 * p[t-1])
 p[t] = p[t-1] - 0.1 * cos(q[t-1]) * p[t-1] + 0.1 * W x[t]\n output q\n minimize sum[t](sumsq(q[t]))`,
  ],
];

for (const [name, derivative, equal] of laws)
  test(`a derivative in an equation: ${name}`, () => sameMeaning(model(derivative), model(equal), example));

test("a derivative by an argument of a cell holds the others fixed, though they depend on it", () => {
  const cells = "cell energy(q, p) = dot(q, p) + sumsq(p)\ncell force(q, p) = grad(energy(q, p), q)";
  sameMeaning(
    model("k[t] = W x[t]\n output g[t] = force(x[t], k[t])\n minimize sum[t](sumsq(g[t]))", cells),
    model("output g[t] = W x[t]\n minimize sum[t](sumsq(g[t]))"),
    example,
  );
});

test("the name of a derivative is free: a user's own cell, variable, axis or parameter of that name is what it is", () => {
  const own = "cell grad(a, b) = a + b";
  sameMeaning(
    model("output g[t] = grad(x[t], W x[t])\n minimize sum[t](sumsq(g[t]))", own),
    model("output g[t] = x[t] + W x[t]\n minimize sum[t](sumsq(g[t]))"),
    example,
  );
  assert.deepEqual(codes(model("grad[t] = W x[t]\n output g[t] = tanh(grad[t])")), []);
  assert.deepEqual(codes(model("param grad : R = 1\n output g[t] = grad (W x[t])")), []);
});

const refused: ReadonlyArray<readonly [name: string, body: string, codes: ReadonlyArray<string>]> = [
  ["by a value", "output g[t] = grad(sumsq(x[t]), 2 * x[t])", ["RNN160"]],
  ["of many numbers by one", "param w : R[n]\n output g = grad(tanh(w^T x[t]), w)", ["RNN161"]],
  ["position by position of what is summed", "s = sum[t](sumsq(x[t]))\n output g[t] = grad(s * t, x[t])", ["RNN162"]],
  [
    "position by position of a softmax over positions",
    "s[t] = sum(x[t])\n a[t] = softmax[t](s[t])\n output g[t] = grad(a[t], s[t])",
    ["RNN162"],
  ],
  [
    "position by position through a delay",
    "h[0] = 0\n h[t] = tanh(W h[t-1] + x[t])\n output g[t] = grad(sumsq(h[t]), x[t])",
    ["RNN162"],
  ],
  ["position by position of the value at one position", "output g[t] = grad(t * sumsq(x[1]), x[t])", ["RNN162"]],
  ["of a vector", "output g[t] = grad(tanh(x[t]), x[t])", ["RNN130"]],
  [
    "that feeds what it is taken of",
    "h[0] = 0\n h[t] = tanh(W h[t-1] + grad(L, x[t]))\n L = sum[t](sumsq(h[t] + x[t]))\n output h",
    ["RNN134"],
  ],
  [
    "that feeds a value at a position of which it is taken",
    "h[0] = 0\n h[t] = tanh(W h[t-1] + grad(L, x[t]))\n L = sumsq(h[T]) + sumsq(x[T])\n output h",
    ["RNN134"],
  ],
  ["with one argument", "output g[t] = grad(sumsq(x[t]))", ["RNN118"]],
  ["of what does not depend on it", "z[t] = 2 * x[t]\n output g[t] = grad(sumsq(x[t]), z[t]) + W z[t]", ["RNN163"]],
];

for (const [name, body, expected] of refused)
  test(`a derivative is told of at its place: ${name}`, () => assert.deepEqual(codes(model(body)), expected));

test("what a derivative does not depend on is not part of the model: it streams along none of its axes", () => {
  const { model } = compiledProgram(`model M {
  axis t in 1..T
  axis i in 1..I
  axis u in 1..T
  input x[t] : R[2]
  input z[i] : R
  v[t] : R[2] = tanh(x[t] - mean[u](x[u]))
  output g[t] : R[2] = grad(sum[i](z[i] * sin(z[i])), v[t])
  output v
}`);
  assert.equal(model.streamable, null);
});

test("a derivative that nothing reads is as if it were not written, and is warned of", () => {
  const source = (unread: string): string => `model M(n = 2) {
  axis t in 1..T
  input x[t] : R[n]
  param W, v
  param c = 0.3
  e[t] : R[n] = 2 * x[t]
  h[0] = 0
  h[t] : R[n] = tanh(W h[t-1] + e[t])
  output score : R = v^T h[T] + c${unread}
  y ~ bernoulli(sigmoid(score))
}`;
  for (const by of ["e[t]", "x[t]", "c"]) {
    const index = by === "c" ? "" : "[t]";
    const unread = source(`\n  g${index} = grad(score, ${by})`);
    sameMeaning(unread, source(""), {
      x: [
        [1, 2],
        [0.5, -1],
      ],
      y: 1,
    });
    assert.deepEqual(codes(unread), ["RNN150"]);
  }
});
