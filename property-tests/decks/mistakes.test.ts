import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { test } from "node:test";
import fc from "fast-check";
import { body, close, compiled, gradientOf, outputsOf, paramsOf, refusal, sequence } from "../std/compiled.ts";
import { outer, plus, times, transposed } from "./matrices.ts";

/** The message with what stands under each place. */
const told = (source: string): ReadonlyArray<string> =>
  refusal(source).map(({ code, message, labels }) => [code, message, ...labels.map(({ text }) => text)].join(" | "));

test("the adjoint with the diagonal on the right, W^T g D, is refused by its sizes; W^T D g is not", () => {
  const adjoint = (value: string) =>
    body(
      `input D[t] : R[n,n]\ninput d[t] : R[n]\nparam W : R[n,n]\nD[T+1] = 0\ng[T+1] = 0\noutput g[t] : R[n] = ${value} + d[t]`,
    );
  compiled(adjoint("W^T (D[t+1] g[t+1])"));
  for (const wrong of ["W^T g[t+1] D[t+1]", "(W^T g[t+1]) D[t+1]"]) {
    const [first] = told(adjoint(wrong));
    assert.match(first!, /^RNN130/);
    assert.match(first!, /R\[3\].*R\[3,3\]/);
  }
});

test("a sum whose bracket closes before its last factor leaves an index unbound, and the message names it", () => {
  const double = (value: string) =>
    `model M {\n  axis t in 1..T\n  axis k in 1..T\n  input J[t,k] : R\n  input d[k] : R\n  output w[t] = ${value}\n}`;
  compiled(double("sum[k](J[t,k] * d[k])"));
  const [first] = told(double("sum[k](J[t,k]) * d[k]"));
  assert.match(first!, /^RNN113 .*`k`/);
});

const problemFour = (boundary: string) =>
  body(`input x[t] : R\n${boundary}output o[t] : R = if x[t] == o[t-1] then 1 - x[t] else x[t]`, "");

test("reversing a bit if it equals the last output always gives the other of the last output, whatever the input", () => {
  const model = compiled(problemFour("o[0] = 0\n"));
  const bits = fc.array(fc.constantFrom(0, 1), { maxLength: 8 });
  fc.assert(
    fc.property(bits, (x) => {
      assert.deepEqual(
        outputsOf(model, {}, { x }).o,
        x.map((_, t) => (t + 1) % 2),
      );
    }),
  );
});

test("the output before the first must be given, and the message says how", () => {
  const [first] = refusal(problemFour(""));
  assert.equal(first!.code, "RNN133");
  assert.match(`${first!.message} ${first!.hint}`, /`o\[0\]`/);
});

test("the examples of the bit problems are named after what they do, the complement, not reversal", () => {
  for (const name of ["bit", "word", "padded", "over-time", "if-same"])
    assert.ok(existsSync(new URL(`../../examples/complement-${name}.rnn`, import.meta.url)), name);
});

test("whether the sum over earlier steps starts at 0 or 1 matters only if the first state depends on the parameter", () => {
  const model = (first: string) =>
    compiled(
      body(
        `input x[t] : R[2]\nparam W, U\nparam s0 : R[3] ~ normal(0, 1)\ns[0] = ${first}\ns[t] = tanh(W s[t-1] + U x[t])\nminimize sum(s[T])`,
        "n = 3",
      ),
    );
  const x = sequence(4, 1, 2);
  const [constant, dependent] = [model("s0"), model("tanh(W s0)")];
  const params = paramsOf(constant.model, 4);
  const [W, U, s0] = ["W", "U", "s0"].map((name) => [...params[name]!]);
  const from = (first: ReadonlyArray<number>) =>
    plus(times(W!, first), times(U!, x[0]!)).map((value) => 1 - Math.tanh(value) ** 2);
  const start = times(W!, s0!).map(Math.tanh);
  close(gradientOf(constant, params, { x }).gradient.W!, outer(from(s0!), s0!));
  const termAtZero = times(transposed(W!, 3), from(start)).map((value, i) => value * (1 - start[i]! ** 2));
  close(
    gradientOf(dependent, params, { x }).gradient.W!,
    plus(outer(from(start), start), outer(termAtZero, s0!)),
    1e-11,
  );
});

test("a model of the next symbol reads the one before: input and target are one sequence, shifted by one", () => {
  const model = compiled(
    body(
      "y[0] = 0\nprevious[t] = onehot(y[t-1])\noutput read[t] = previous[t]\nparam O : R[3,3]\ny[t] : symbol[3] ~ categorical(softmax(O previous[t]))",
      "",
    ),
  );
  const { read } = outputsOf(model, paramsOf(model.model, 1), { y: [2, 1, 1] });
  assert.deepEqual(
    read,
    [
      [1, 0, 0],
      [0, 0, 1],
      [0, 1, 0],
    ].flat(),
  );
});

test("words with d tokens between them are d + 1 steps apart: the lags of the slides are 4 and 10", () => {
  const lag = (sentence: string, first: string, last: string): number => {
    const tokens = sentence.replace(".", " .").split(" ");
    return tokens.lastIndexOf(last) - tokens.indexOf(first);
  };
  assert.equal(lag("The clouds are in the sky", "clouds", "sky"), 4);
  assert.equal(lag("India is my home country. I can speak fluent Hindi", "India", "Hindi"), 10);
});
