import assert from "node:assert/strict";
import { test } from "node:test";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import { targetNames } from "../../src/emit/targets.ts";
import { mustAgree } from "../../src/property/law.ts";
import type { Example } from "../../src/runtime/interface.ts";
import { compiled, paramsOf, sequence } from "../std/compiled.ts";
import { answerOf, parametersAsked, skip } from "./python.ts";

/** A program, a ragged batch, and what the script is told of it beside parameters. */
interface Case {
  readonly name: string;
  readonly source: string;
  readonly statics: Readonly<Record<string, number>>;
  readonly examples: ReadonlyArray<Example>;
  readonly asked: Readonly<Record<string, unknown>> & { readonly kind: string };
}

const temporal = (minimized: string): string => `import CTC from "std"
model M(V, k) {
  axis t in 1..T
  axis s in 1..S
  input x[t] : R[k]
  input y[s] : symbol[V]
  param W : R[V,k]
  output l = CTC(W x[t], y[s])
  minimize ${minimized}
}`;

const transducer = `import Transducer from "std"
model M(V, k, n) {
  axis t in 1..T
  axis u in 1..U
  input x[t] : R[k]
  input g[u] : R[n]
  input y[u] : symbol[V]
  param g0 : R[n]
  param A : R[n,k]
  param O : R[V,n]
  output l = Transducer(O tanh(A x[t] + g[u]), O tanh(A x[t] + g0), y[u])
  minimize -l
}`;

const numbers = (seed: number): ((from: number, to: number) => number) => {
  const generator: RandomGenerator = xoroshiro128plus(seed);
  return (from, to) => uniformInt(generator, from, to);
};

/** Labels that fit into so many positions: between two that are equal stands a blank. */
const labelsFor = (T: number, V: number, any: (from: number, to: number) => number): ReadonlyArray<number> => {
  const labels = Array.from({ length: any(0, T) }, () => any(1, V - 1));
  const needed = labels.length + labels.filter((label, s) => label === labels[s - 1]).length;
  return needed <= T ? labels : labels.slice(0, Math.ceil(T / 2));
};

const temporalCases = [1, 2, 3, 4, 5].map((seed): Case => {
  const any = numbers(seed);
  const [V, k] = [any(2, 5), any(2, 4)];
  const examples = Array.from({ length: 6 }, (_, i) => {
    const T = any(1, 9);
    return { x: sequence(100 * seed + i, T, k), y: labelsFor(T, V, any) };
  });
  const asked = { kind: "ctc", skips: false };
  return { name: `CTC of ${V} symbols`, source: temporal("-l"), statics: { V, k }, examples, asked };
});

const tooShort = [
  { x: sequence(1, 2, 3), y: [1, 2, 3] },
  { x: sequence(2, 5, 3), y: [1, 2, 2] },
  { x: sequence(3, 2, 3), y: [2, 2] },
  { x: sequence(4, 3, 3), y: [] },
];
const impossible: Case = {
  name: "CTC where labels that do not fit are left out",
  source: temporal("if l > log(0) then -l else 0"),
  statics: { V: 4, k: 3 },
  examples: tooShort,
  asked: { kind: "ctc", skips: true },
};

const transducerCases = [1, 2, 3].map((seed): Case => {
  const any = numbers(seed + 50);
  const [V, k, n] = [any(2, 5), any(1, 3), any(1, 4)];
  const examples = Array.from({ length: 4 }, (_, i) => {
    const [T, U] = [any(1, 5), i === 0 ? 0 : any(0, 4)];
    const [x, g] = [sequence(200 * seed + i, T, k), sequence(300 * seed + i, U, n)];
    return { x, g, y: Array.from({ length: U }, () => any(1, V - 1)) };
  });
  return {
    name: `transducer of ${V} symbols`,
    source: transducer,
    statics: { V, k, n },
    examples,
    asked: { kind: "transducer" },
  };
});

const convolution = (equations: string): string => `import Convolution, StridedConvolution from "std"
model M(m, k, K, dilation, before, stride) {
  axis t in 1..T
  axis i in 1..N
  input x[t] : R[k]
  ${equations}
  minimize sum[i](i * sum(sin(y[i])))
}`;
const padded = convolution("c[t] = Convolution(m, K, dilation, before)(x[t])\n  y[i] = c[stride * (i - 1) + 1]");
const unpadded = convolution("c[i] = StridedConvolution(m, K, stride)(x[t])\n  y[i] = c[i]");

const convolutionCases = [1, 2, 3, 4].flatMap((seed): ReadonlyArray<Case> => {
  const any = numbers(seed + 90);
  const [m, k, K, dilation, stride] = [any(1, 4), any(1, 3), any(1, 4), any(1, 3), seed === 1 ? 1 : any(2, 3)];
  const behind = dilation * (K - 1);
  const before = any(0, behind);
  const examples = (most: (T: number) => number): ReadonlyArray<Example> =>
    [0, 1, 2, 3].map((i) => {
      const T = any(K, 10);
      return { x: sequence(400 * seed + i, T, k), N: most(T) };
    });
  const statics = { m, k, K, dilation, before, stride };
  return [
    {
      name: `convolution of ${K}, ${dilation} apart, ${before} before, every ${stride}`,
      source: padded,
      statics,
      examples: examples((T) => Math.ceil(T / stride)),
      asked: { kind: "convolution", stride, dilation, pad: [before, behind - before] },
    },
    {
      name: `convolution of ${K} without padding, every ${stride}`,
      source: unpadded,
      statics,
      examples: examples((T) => Math.floor((T - K) / stride) + 1),
      asked: { kind: "convolution", stride, dilation: 1, pad: [0, 0] },
    },
  ];
});

const prepared = [...temporalCases, impossible, ...transducerCases, ...convolutionCases].flatMap((each, i) =>
  targetNames.map((target) => {
    const model = compiled(each.source, { target, statics: each.statics });
    return { ...each, target, model, params: paramsOf(model.model, i + 1) };
  }),
);

interface Judged {
  /** Null for infinity. */
  readonly losses: ReadonlyArray<number | null>;
  readonly gradient: Readonly<Record<string, ReadonlyArray<number>>>;
}

const judgedBy = (cases: ReadonlyArray<(typeof prepared)[number]>): ReadonlyArray<Judged> | undefined =>
  answerOf(
    "sequences.py",
    cases.map(({ asked, examples, model, params }) => ({ ...asked, examples, ...parametersAsked(model, params) })),
  );

const judged = judgedBy(prepared);

prepared.forEach(({ name, target, model, params, examples }, i) => {
  test(`PyTorch gives the same loss and gradient of a ragged batch: ${name}, ${target}`, { skip }, () => {
    const { losses, gradient: expected } = judged![i]!;
    const { loss, gradient } = model.gradient(params, model.pack(examples));
    const each = losses.map((value) => value ?? Number.POSITIVE_INFINITY);
    mustAgree("the loss", [loss], [each.reduce((a, b) => a + b, 0) / each.length], 1e-11);
    examples.forEach((example, j) => {
      mustAgree("alone", [model.loss(params, model.pack([example]))], [each[j]!], 1e-11);
    });
    for (const [path, values] of Object.entries(expected))
      mustAgree(`the gradient by ${path}`, gradient[path]!, values, 1e-10);
  });
});

for (const target of targetNames)
  test(`labels that do not fit, and blanks for labels, have probability 0: CTC, ${target}`, () => {
    const model = compiled(temporal("-l"), { target, statics: { V: 4, k: 3 } });
    const params = paramsOf(model.model, 1);
    const lossOf = (example: Example): number => model.loss(params, model.pack([example]));
    const blank = { x: sequence(1, 4, 3), y: [1, 0] };
    for (const example of [tooShort[0]!, tooShort[2]!, blank]) assert.equal(lossOf(example), Number.POSITIVE_INFINITY);
    for (const example of [tooShort[1]!, tooShort[3]!]) assert.ok(Number.isFinite(lossOf(example)));
    // Nothing is a way to write no labels into no positions, the only one.
    assert.equal(Math.abs(lossOf({ x: [], y: [] })), 0);
    assert.equal(lossOf({ x: [], y: [1] }), Number.POSITIVE_INFINITY);
  });
