import { readFileSync } from "node:fs";
import { test } from "node:test";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { randomExample } from "../../src/check/random-example.ts";
import { mustAgree } from "../../src/property/law.ts";
import type { Params, Values } from "../../src/runtime/interface.ts";
import { compiledProgram } from "../property/programs.ts";
import { answerOf, parametersAsked, skip } from "./python.ts";

/** A cell of PyTorch, the paths of each layer's parameters (two for both ways), and the same in the language. */
interface Case {
  readonly name: string;
  readonly cell: string;
  readonly layers: ReadonlyArray<ReadonlyArray<string>>;
  readonly source: string;
}

const tagger = (
  imported: string,
  equations: string,
  input = "input x[t] : R[3]",
): string => `import ${imported} from "std"
model M(n = 4) {
  axis t in 1..T
  ${input}
  param O
  param c = 0
  ${equations}
  y[t] : symbol[5] ~ categorical(softmax(O h[t] + c))
}`;
const embedded = "input w[t] : symbol[6]\n  param E : R[6,3] ~ normal(0, 1)";
const attention = readFileSync(new URL("../../examples/attention-seq2seq.rnn", import.meta.url), "utf8");

const cases: ReadonlyArray<Case> = [
  { name: "RNN with tanh", cell: "RNN", layers: [["h"]], source: tagger("RNN", "h[t] = RNN(n)(x[t])") },
  { name: "RNN with relu", cell: "RNN relu", layers: [["h"]], source: tagger("RNN", "h[t] = RNN(n, relu)(x[t])") },
  { name: "LSTM", cell: "LSTM", layers: [["h"]], source: tagger("LSTM", "h[t] = LSTM(n)(x[t])") },
  { name: "GRU", cell: "GRU", layers: [["h"]], source: tagger("GRUResetAfter", "h[t] = GRUResetAfter(n)(x[t])") },
  {
    name: "an embedding under an LSTM",
    cell: "LSTM",
    layers: [["h"]],
    source: tagger("LSTM", "h[t] = LSTM(n)(E[w[t]])", embedded),
  },
  {
    name: "a bidirectional LSTM",
    cell: "LSTM",
    layers: [["f", "g"]],
    source: tagger("LSTM", "f[t] = LSTM(n)(x[t])\n  g[t] = backward LSTM(n)(x[t])\n  h[t] = [f[t]; g[t]]"),
  },
  {
    name: "an LSTM whose output is projected",
    cell: "LSTM",
    layers: [["h"]],
    source: tagger("ProjectedLSTM", "h[t] = ProjectedLSTM(n, 2)(x[t])"),
  },
  {
    name: "a stack of two bidirectional LSTMs whose outputs are projected",
    cell: "LSTM",
    layers: [
      ["f", "g"],
      ["p", "q"],
    ],
    source: tagger(
      "ProjectedLSTM",
      "f[t] = ProjectedLSTM(n, 2)(x[t])\n  g[t] = backward ProjectedLSTM(n, 2)(x[t])\n  z[t] = [f[t]; g[t]]\n  p[t] = ProjectedLSTM(n, 2)(z[t])\n  q[t] = backward ProjectedLSTM(n, 2)(z[t])\n  h[t] = [p[t]; q[t]]",
    ),
  },
  {
    name: "a stack of two GRUs",
    cell: "GRU",
    layers: [["g"], ["h"]],
    source: tagger("GRUResetAfter", "g[t] = GRUResetAfter(n)(x[t])\n  h[t] = GRUResetAfter(n)(g[t])"),
  },
  {
    name: "a stack of two bidirectional LSTMs",
    cell: "LSTM",
    layers: [
      ["f", "g"],
      ["p", "q"],
    ],
    source: tagger(
      "LSTM",
      "f[t] = LSTM(n)(x[t])\n  g[t] = backward LSTM(n)(x[t])\n  z[t] = [f[t]; g[t]]\n  p[t] = LSTM(n)(z[t])\n  q[t] = backward LSTM(n)(z[t])\n  h[t] = [p[t]; q[t]]",
    ),
  },
  { name: "an encoder and a decoder with attention", cell: "attention", layers: [], source: attention },
];

const prepared = cases.map((given, i) => {
  const model = compiledProgram(given.source);
  const generator = xoroshiro128plus(i + 1);
  const examples = Array.from({ length: 4 }, () => randomExample(model.model, generator, { least: 1, greatest: 7 }));
  const initial = model.init(i + 1);
  const params: Params = Object.fromEntries(
    Object.entries(initial).map(([path, values]) => [
      path,
      values.map((value, at) => value + 0.2 * Math.sin(at + i)) as Values,
    ]),
  );
  return { ...given, model, examples, params, batch: model.pack(examples) };
});

interface Judged {
  readonly loss: number;
  readonly gradient: Readonly<Record<string, ReadonlyArray<number>>>;
  readonly curve: ReadonlyArray<number>;
}

const judged = answerOf<ReadonlyArray<Judged>>(
  "oracle.py",
  prepared.map(({ cell, layers, model, params, examples }) => ({
    cell,
    layers,
    examples,
    ...parametersAsked(model, params),
  })),
);

prepared.forEach(({ name, model, params, batch }, i) => {
  test(`PyTorch gives the same loss and gradient: ${name}`, { skip }, () => {
    const expected = judged![i]!;
    const { loss, gradient } = model.gradient(params, batch);
    mustAgree("the loss", [loss], [expected.loss], 1e-10);
    for (const [path, values] of Object.entries(expected.gradient))
      mustAgree(`the gradient by ${path}`, gradient[path]!, values, 1e-10);
  });

  test(`PyTorch trains along the same curve for 100 steps: ${name}`, { skip }, () => {
    let now = params;
    const curve = judged![i]!.curve.map(() => {
      const { loss, gradient } = model.gradient(now, batch);
      now = Object.fromEntries(
        Object.entries(now).map(([path, values]) => [
          path,
          values.map((value, at) => value - 0.1 * gradient[path]![at]!) as Values,
        ]),
      );
      return loss;
    });
    mustAgree("the curve", curve, judged![i]!.curve, 1e-8);
  });
});
