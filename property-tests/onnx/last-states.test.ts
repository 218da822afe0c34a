import { test } from "node:test";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { randomExample } from "../../src/check/random-example.ts";
import { compiledProgram } from "../property/programs.ts";
import { mustGiveTheSame } from "./agreement.ts";
import { skip } from "./runtime.ts";
import { paramsOf } from "./subjects.ts";

/** What may be read of the last states of a cell, each alone and beside the other. */
const reads = [
  "c[T]",
  "h[T] + c[T]",
  "tanh(c[T])",
  "W c[T]",
  "softmax(c[T])",
  "[h[T]; c[T]]",
  "sum(c[T]) * h[T]",
  "[c[T]; W h[T]]",
];

const cells: Readonly<Record<string, string>> = {
  "an LSTM": "(h[t], c[t]) = LSTM(n)(x[t])",
  "an LSTM from the end": "(h[t], c[t]) = backward LSTM(n)(x[t])",
  "an LSTM with peepholes": "(h[t], c[t]) = PeepholeLSTM(n)(x[t])",
};

for (const [words, cell] of Object.entries(cells))
  test(`ONNX Runtime gives the last states of ${words} whatever reads them, of empty sequences too`, {
    skip,
  }, async () => {
    const end = words.endsWith("the end") ? "1" : "T";
    const source = `import LSTM, PeepholeLSTM from "std"
model M(n = 3) {
  axis t in 1..T
  input x[t] : R[2]
  param W : R[n,n]
  ${cell}
${reads.map((text, i) => `  output y${i} = ${text.replaceAll("T]", `${end}]`)}`).join("\n")}
}`;
    const model = compiledProgram(source, { precision: "f32", target: "js" });
    const examples = [0, 4, 1].map((length, seed) =>
      randomExample(model.model, xoroshiro128plus(seed), { least: length, greatest: length }),
    );
    await mustGiveTheSame(model, paramsOf(model), end === "T" ? examples : examples.slice(1), 1e-6);
  });

test("a decoder goes on from both last states of its encoder", { skip }, async () => {
  const source = `import LSTM from "std"
model M(n = 3) {
  axis t in 1..T
  axis i in 1..N
  input x[t] : R[2]
  input d[i] : R[2]
  (h[t], c[t]) = LSTM(n)(x[t])
  (g[i], e[i]) = LSTM(n)(d[i]) with h[0] = h[T], c[0] = c[T]
  output g
}`;
  const model = compiledProgram(source, { precision: "f32", target: "js" });
  const examples = [1, 2].map((seed) => randomExample(model.model, xoroshiro128plus(seed), { least: 1, greatest: 4 }));
  await mustGiveTheSame(model, paramsOf(model), examples, 1e-6);
});

test("a recurrence of whatever function has its values where they are large", { skip }, async () => {
  const functions = ["tanh", "sigmoid", "relu", "softplus"];
  const source = `model M {
  axis t in 1..T
  input x[t] : R[1]
  param W : R[1,1] = 0
${functions.map((fn, i) => `  h${i}[0] = 0\n  h${i}[t] : R[1] = ${fn}(W h${i}[t-1] + x[t])\n  output y${i}[t] = h${i}[t]`).join("\n")}
}`;
  const model = compiledProgram(source, { precision: "f32", target: "js" });
  const x = [88, 89, 200, -100, 1e4, -1e4, 0].map((value) => [value]);
  await mustGiveTheSame(model, paramsOf(model), [{ x }], 1e-6);
});

test("the greatest of values of which one is no number is none", { skip }, async () => {
  const source = `model M {
  axis t in 1..T
  input x[t] : R[3]
  z[t] = log(x[t])
  output over[t] = max(z[t])
  output all = max[t](z[t])
}`;
  const model = compiledProgram(source, { precision: "f32", target: "js" });
  const rows = [
    [1, 2, 3],
    [1, -1, 2],
    [2, 1, 1],
    [-1, 2, 3],
  ];
  await mustGiveTheSame(model, {}, [{ x: rows }, { x: rows.slice(0, 1) }, { x: rows.slice(2, 3) }], 1e-6);
});
