import assert from "node:assert/strict";
import { test } from "node:test";
import type { Compiled } from "../../src/compile.ts";
import { mustAgree } from "../../src/property/law.ts";
import type { Example } from "../../src/runtime/interface.ts";
import { someOf } from "../often.ts";
import { applications } from "../std/cells.ts";
import { compiled, noise, outputsOf, paramsOf, sequence } from "../std/compiled.ts";

/** Masks that take all, nothing and a part, and episodes that begin here and there. */
const masks = [1, 0, 0.5, 1, 0, 0, -0.25, 1];
const beginnings = [0, 0, 1, 0, 1, 0, 0, 1];

const exampleOf = (seed: number, length: number): Example => ({
  x: sequence(seed, length, 2),
  m: masks.slice(seed % 3, (seed % 3) + length),
  e: beginnings.slice(seed % 2, (seed % 2) + length),
  u: sequence(seed + 50, length, 3),
  z: noise(seed + 70, 3),
});

const examples = [exampleOf(1, 5), exampleOf(2, 1), exampleOf(3, 4)];

/** The equations of an LSTM, with `k` and `d` for the last states and `p` for the mask of each position. */
const lstm = (last: string, mixed: string): string => `cell Plain(n)(x[t], m[t], e[t]) -> (h[t], c[t]) {
  param Wf, Wi, Wo, Wc
  param Uf, Ui, Uo, Uc
  param bf, bi, bo, bc = 0
  h[0] = 0
  c[0] = 0
  k[t] = ${last.replaceAll("S", "h")}
  d[t] = ${last.replaceAll("S", "c")}
  f[t] = sigmoid(Wf x[t] + Uf k[t] + bf)
  i[t] = sigmoid(Wi x[t] + Ui k[t] + bi)
  o[t] = sigmoid(Wo x[t] + Uo k[t] + bo)
  g[t] = tanh(Wc x[t] + Uc k[t] + bc)
  cn[t] : R[n] = f[t] * d[t] + i[t] * g[t]
  hn[t] : R[n] = o[t] * tanh(cn[t])
  c[t] = ${mixed.replaceAll("N", "cn[t]").replaceAll("L", "d[t]")}
  h[t] = ${mixed.replaceAll("N", "hn[t]").replaceAll("L", "k[t]")}
}
`;

const kept = "S[t-1]";
const begun = "if e[t] == 1 then S[0] else S[t-1]";
const all = "N";
const part = "m[t] * N + (1 - m[t]) * L";

/** A model in which `line` is the equation, or the two equations, of `h`. */
const modelOf = (cells: string, line: string): string => `import LSTM, GRU from "std"
${cells}model M(n = 3, k = 2) {
  axis t in 1..T
  input x[t] : R[k]
  input m[t], e[t] : R
  input u[t] : R[n]
  input z : R[n]
  ${line}
  output h
  minimize sum[t](sumsq(h[t]) * t) + sumsq(u[T]) + sumsq(z) + sum[t](m[t] + e[t])
}
`;

const pairs: ReadonlyArray<readonly [law: string, gated: string, cells: string, plain: string]> = [
  ["when", "h[t] = LSTM(n)(x[t]) when m[t]", lstm(kept, part), "h[t] = Plain(n)(x[t], m[t], e[t])"],
  ["reset", "h[t] = LSTM(n)(x[t]) reset e[t]", lstm(begun, all), "h[t] = Plain(n)(x[t], m[t], e[t])"],
  [
    "when and reset",
    "h[t] = LSTM(n)(x[t]) when m[t] reset e[t]",
    lstm(begun, part),
    "h[t] = Plain(n)(x[t], m[t], e[t])",
  ],
  [
    "when, reset and with",
    "h[t] = LSTM(n)(x[t]) when m[t] reset e[t] with h[0] = tanh(z), c[0] = z",
    lstm(begun, part),
    "h[t] = Plain(n)(x[t], m[t], e[t]) with h[0] = tanh(z), c[0] = z",
  ],
  [
    "when and reset of two results",
    "(a[t], c[t]) = LSTM(n)(x[t]) when m[t] reset e[t]\n  h[t] = a[t] + c[t]",
    lstm(begun, part),
    "(a[t], c[t]) = Plain(n)(x[t], m[t], e[t])\n  h[t] = a[t] + c[t]",
  ],
  [
    "when and reset of what runs backward",
    "h[t] = backward LSTM(n)(x[t]) when m[t] reset e[t] with h[T+1] = z",
    lstm(begun, part),
    "h[t] = backward Plain(n)(x[t], m[t], e[t]) with h[T+1] = z",
  ],
  [
    "when with a mask for each unit",
    "h[t] = LSTM(n)(x[t]) when u[t]",
    lstm(kept, part),
    "h[t] = Plain(n)(x[t], u[t], e[t])",
  ],
  [
    "when with an expression",
    "h[t] = LSTM(n)(x[t]) when if m[t] < 0 then 1 - m[t] m[t] else m[t] reset m[t] == 0",
    lstm(begun, part),
    "r[t] = if m[t] < 0 then 1 - m[t] m[t] else m[t]\n  q[t] = if m[t] == 0 then 1 else 0\n  h[t] = Plain(n)(x[t], r[t], q[t])",
  ],
];

const agree = (one: Compiled, other: Compiled, wanted: ReadonlyArray<Example> = examples): void => {
  const params = paramsOf(one.model, 7);
  assert.deepEqual(one.model.params.map(({ path }) => path).sort(), other.model.params.map(({ path }) => path).sort());
  for (const example of wanted)
    mustAgree("h", outputsOf(one, params, example).h!, outputsOf(other, params, example).h!, 1e-12);
  const [found, expected] = [one, other].map((model) => model.gradient(params, model.pack(wanted)));
  mustAgree("the loss", [found!.loss], [expected!.loss], 1e-12);
  for (const [path, values] of Object.entries(expected!.gradient))
    mustAgree(`the gradient by ${path}`, found!.gradient[path]!, values, 1e-11);
};

for (const [turn, [law, gated, cells, plain]] of pairs.entries())
  for (const target of someOf(["js", "wasm"] as const, turn, 2))
    test(`${law}: what the equations say that are written out by hand, values and all gradients (${target})`, () => {
      const wrt = ["x", "m", "u", "z"];
      agree(compiled(modelOf("", gated), { target, wrt }), compiled(modelOf(cells, plain), { target, wrt }));
    });

const stacked = `cell Stack(n)(x[t]) -> (b[t], y[t]) {
  param V : R[n,n]
  y[0] = 0
  a[t] = GRU(n)([x[t]; y[t-1]])
  b[t] = LSTM(n)(a[t]) with h[0] = 0.5
  y[t] : R[n] = V b[t]
}
`;

const stackedByHand = `${lstm(begun, part).replace("(h[t], c[t])", "(h[t], hn[t])")}
cell Stack(n)(x[t], m[t], e[t]) -> (b[t], y[t]) {
  param V : R[n,n]
  y[0] = 0
  l[t] = if e[t] == 1 then y[0] else y[t-1]
  a[t] = Gru(n)([x[t]; l[t]], m[t], e[t])
  (b[t], q[t]) = Plain(n)(a[t], m[t], e[t]) with h[0] = 0.5
  y[t] : R[n] = m[t] * V q[t] + (1 - m[t]) * l[t]
}
cell Gru(n)(x[t], m[t], e[t]) -> k[t] {
  param Wz, Wr, Wh
  param Uz, Ur, Uh
  param bz, br, bh = 0
  h[0] = 0
  l[t] = if e[t] == 1 then h[0] else h[t-1]
  z[t] = sigmoid(Wz x[t] + Uz l[t] + bz)
  r[t] = sigmoid(Wr x[t] + Ur l[t] + br)
  g[t] = tanh(Wh x[t] + Uh (r[t] * l[t]) + bh)
  k[t] : R[n] = (1 - z[t]) * l[t] + z[t] * g[t]
  h[t] : R[n] = m[t] * k[t] + (1 - m[t]) * l[t]
}
`;

test("the states of cells within the cell are kept and begin anew with it; within a step they are new", () => {
  const gated = modelOf(stacked, "(h[t], y[t]) = Stack(n)(x[t]) when m[t] reset e[t] with y[0] = z");
  const plain = modelOf(stackedByHand, "(h[t], y[t]) = Stack(n)(x[t], m[t], e[t]) with y[0] = z");
  agree(compiled(gated), compiled(plain));
});

const inSentences = (line: string, cells: string): string => `import LSTM from "std"
${cells}model M(n = 3, k = 2) {
  axis s in 1..2
  axis t in 1..T
  input x[s,t] : R[k]
  input v[t] : R[k]
  input m[s,t], e[s] : R
  output h[s,t] = ${line}
  minimize sum[s,t](sumsq(h[s,t]) * t) + 0 * sumsq(x[1,T] + v[T]) + 0 * (sum[s,t](m[s,t]) + sum[s](e[s]))
}
`;

test("what a mask varies along, the states vary along, though the arguments do not", () => {
  const example: Example = {
    x: [sequence(1, 3, 2), sequence(2, 3, 2)],
    v: sequence(3, 3, 2),
    m: [
      [0, 1, 0.5],
      [1, 0, 1],
    ],
    e: [1, 0],
  };
  for (const x of ["x[s,t]", "v[t]"])
    agree(
      compiled(inSentences(`LSTM(n)(${x}) when m[s,t] reset e[s] with h[0] = 1`, "")),
      compiled(inSentences(`Plain(n)(${x}, m[s,t], e[s] + 0 * m[s,t]) with h[0] = 1`, lstm(begun, part))),
      [example],
    );
});

/** Standard cells that ask for no position. */
const recurrent = Object.keys(applications).filter((cell) =>
  /^(?:Output|Peephole|Projected|Chrono|S|M|RW|L)?(?:RNN|LSTM|GRU|MGU|LRU|WKV|KV|MinGRU)|^Stack|^Bi|^Selective|^Delta|^GatedLinear/.test(
    cell,
  ),
);

for (const cell of someOf(recurrent, 1))
  test(`a step whose mask is 0 is as if it were not there, where one is 1 an episode begins: ${cell}`, () => {
    const { value } = applications[cell]!;
    const names = Object.keys(applications).filter((name) => new RegExp(`\\b${name}\\b`).test(value));
    const source = (gates: string): string =>
      `import ${names.join(", ")} from "std"
model M(n = 3, k = 2) {
  axis t in 1..T
  input x[t] : R[k]
  input m[t], e[t] : R
  output h[t] = ${value}${gates}
  minimize 0 * sum[t](m[t] + e[t]) + 0 * sum(h[T])
}
`;
    const [plain, kept, begun] = ["", " when m[t]", " reset e[t]"].map((gates) => compiled(source(gates)));
    const params = paramsOf(plain!.model, 3);
    const x = sequence(5, 6, 2);
    const outputs = (model: Compiled, given: Example): ReadonlyArray<ReadonlyArray<number>> => {
      const [T, flat] = [(given.x as ReadonlyArray<unknown>).length, outputsOf(model, params, given).h!];
      return Array.from({ length: T }, (_, t) => flat.slice((t * flat.length) / T, ((t + 1) * flat.length) / T));
    };
    const m = [0, 1, 1, 0, 0, 1];
    const isKept = (_: unknown, t: number): boolean => m[t] === 1;
    const zeros = [0, 0, 0];
    const expected = outputs(plain!, { x: x.filter(isKept), m: zeros, e: zeros });
    const found = outputs(kept!, { x, m, e: x.map(() => 0) }).filter(isKept);
    mustAgree("what is kept", found.flat(), expected.flat(), 1e-12);
    if (cell.startsWith("Bi")) return;
    const e = [0, 0, 1, 0, 0, 0];
    const episodes = [x.slice(0, 2), x.slice(2)].flatMap((own) =>
      outputs(plain!, { x: own, m: own.map(() => 0), e: own.map(() => 0) }),
    );
    mustAgree("episodes", outputs(begun!, { x, m: e, e }).flat(), episodes.flat(), 1e-12);
  });

const inverse = `cell Inverse()(x[t]) -> s[t] {
  s[0] = 1
  s[t] = s[t-1] / x[t] + log(x[t])
}
model M {
  axis t in 1..T
  input x[t], m[t] : R
  param w = 2
  output s[t] = Inverse()(w * x[t]) when m[t]
  minimize s[T]
}
`;

test("an argument that the cell reads one position back is a state; a result that is none comes as it is", () => {
  const source = (line: string, cells: string): string => `${cells}
model M {
  axis t in 1..T
  input x[t], m[t], e[t] : R
  param w = 3
  x[_] = w
  output h[t] = ${line}
  minimize sum[t](h[t]^2 * t) + 0 * sum[t](m[t] + e[t])
}
`;
  const plain = `cell Two(x[t], m[t], e[t]) -> y[t] {
  param a = 2
  k[0] = 3
  k[t] = m[t] * x[t] + (1 - m[t]) * l[t]
  l[t] = if e[t] == 1 then k[0] else k[t-1]
  y[t] = x[t] + a * l[t] + t * l[t]
}`;
  const gated = `cell Two(x[t]) -> y[t] {
  param a = 2
  y[t] = x[t] + Twice(a, x[t-1]) + t * x[t-1]
}
cell Twice(a, x) = a * x`;
  const given = masks.slice(0, 6);
  const example = { x: noise(3, 6), m: given, e: beginnings.slice(0, 6) };
  const [one, other] = [
    compiled(source("Two(x[t]) when m[t] reset e[t]", gated), { wrt: ["x", "m"] }),
    compiled(source("Two(x[t], m[t], e[t]) with k[0] = w", plain), { wrt: ["x", "m"] }),
  ];
  agree(one!, other!, [example]);
});

test("what a cell sums over the axis, and what it reads at a position, is the state as it is kept", () => {
  const source = (line: string, gates: string): string => `cell Sum(n)(x[t]) -> (h[t], s, last, w[t]) {
  h[0] = 0.5
  h[t] : R[n] = tanh(h[t-1] + x[t])
  s = sum[t](t * h[t])
  last = h[T]
  w[t] = t * x[t] * sum[t](h[t])
  axis t in 1..T
}
model M {
  axis t in 1..T
  input x[t] : R[2]
  input m[t] : R
  (a[t], b, c, d[t]) = Sum(2)(x[t])${gates}
  output h[t] = ${line}
  minimize sum[t](sumsq(h[t]) * t) + 0 * sum[t](m[t]) + 0 * sumsq(a[T] + b + c + d[T])
}
`;
  const example = { x: sequence(6, 5, 2), m: masks.slice(0, 5) };
  agree(
    compiled(source("a[t] + b * t + c + d[t]", " when m[t]"), { wrt: ["x", "m"] }),
    compiled(source("a[t] + sum[t](t * a[t]) * t + a[T] + t * x[t] * sum[t](a[t])", " when m[t]"), { wrt: ["x", "m"] }),
    [example],
  );
});

test("a gate within what a gate stands behind keeps what is left of its own new value", () => {
  const source = (inner: string, outer: string): string => `import RNN from "std"
cell Inner(n)(x[t], p[t]) -> h[t] {
  h[t] = RNN(n)(x[t])${inner}
}
model M(n = 3) {
  axis t in 1..T
  input x[t] : R[2]
  input m[t], p[t] : R
  output h[t] = Inner(n)(x[t], p[t])${outer}
  minimize sum[t](sumsq(h[t]) * t) + 0 * sum[t](m[t] + p[t])
}
`;
  const nested = compiled(source(" when p[t]", " when m[t]"));
  const product = compiled(source("", " when m[t] * p[t]"));
  agree(nested, product, [{ x: sequence(4, 6, 2), m: masks.slice(0, 6), p: [0.5, 1, 0, 0.25, 1, 1] }]);
});

test("where the mask is 0 the last is exactly kept, though the new value or its slope is infinite or no number", () => {
  for (const target of ["js", "wasm"] as const) {
    const model = compiled(inverse, { target, wrt: ["x"] });
    const params = { w: Float64Array.of(2) };
    const [holed, whole] = [
      { x: [1, 0, 0.5], m: [1, 0, 1] },
      { x: [1, 0.5], m: [1, 1] },
    ].map((example) => model.gradient(params, model.pack([example])));
    mustAgree("the loss", [holed!.loss], [whole!.loss], 1e-14);
    mustAgree("the gradient by w", holed!.gradient.w!, whole!.gradient.w!, 1e-14);
    mustAgree("the gradient by x", holed!.gradient.x!, [whole!.gradient.x![0]!, 0, whole!.gradient.x![1]!], 1e-14);
    const { data } = model.forward(params, model.pack([{ x: [3, 0, 0], m: [1, 0, 0] }])).s!;
    assert.deepEqual([data[1], data[2]], [data[0], data[0]]);
  }
});

test("the derivative by a mask that is 0 is the new value less the last: an estimator may go straight through", () => {
  const model = compiled(modelOf("", "h[t] = LSTM(n)(x[t]) when m[t]"), { wrt: ["m"] });
  const params = paramsOf(model.model, 2);
  const at = (m: number): number => model.loss(params, model.pack([{ ...exampleOf(4, 3), m: [1, m, 1] }]));
  const { gradient } = model.gradient(params, model.pack([{ ...exampleOf(4, 3), m: [1, 0, 1] }]));
  mustAgree("by m", [gradient.m![1]!], [(at(1e-6) - at(-1e-6)) / 2e-6], 1e-7);
});

test("step by step, and cut in two, a gated model gives what it gives at once", () => {
  const source = `import LSTM from "std"
model M(n = 3) {
  axis t in 1..T
  input x[t] : R[2]
  input m[t], e[t] : R
  input z : R[n]
  output h[t] = LSTM(n)(x[t]) when m[t] reset e[t] with h[0] = z
  minimize sum[t](sumsq(h[t]) * t)
}
`;
  const model = compiled(source, { loss: "sum" });
  const params = paramsOf(model.model, 9);
  const { u: _, z, ...sequences } = exampleOf(1, 6) as Readonly<Record<string, ReadonlyArray<never>>>;
  const whole = outputsOf(model, params, { z: z!, ...sequences }).h!;
  let state = model.start(params, { z: z! });
  const steps = sequences.x!.flatMap((x, t) => {
    const { state: after, output } = model.step(params, state, { x, m: sequences.m![t]!, e: sequences.e![t]! });
    state = after;
    return [...output.h!];
  });
  mustAgree("steps", steps, whole, 1e-12);
  const piece = (from: number, to?: number): Example => ({
    z: z!,
    ...Object.fromEntries(Object.entries(sequences).map(([name, values]) => [name, values.slice(from, to)])),
  });
  const first = model.gradient(params, model.pack([piece(0, 4)]));
  const second = model.gradient(params, model.pack([piece(4)]), first.state);
  mustAgree("pieces", [first.loss + second.loss], [model.loss(params, model.pack([piece(0)]))], 1e-12);
});

test("what generates goes on through its masks", () => {
  const source = (applied: string, cells = ""): string => `import LSTM from "std"
${cells}model G {
  axis t in 1..T
  input m[t], e[t] : R
  param E : R[3,2] ~ normal(0, 1)
  param O : R[3,4] ~ normal(0, 1)
  y[0] = 0
  h[t] = ${applied}
  y[t] : symbol[3] ~ categorical(softmax(O h[t]))
}
`;
  const gated = compiled(source("LSTM(4)(E[y[t-1]]) when m[t] reset e[t]"));
  const plain = compiled(source("Plain(4)(E[y[t-1]], m[t], e[t])", lstm(begun, part)));
  const params = paramsOf(gated.model, 5);
  const inputs = { m: masks.slice(0, 7), e: beginnings.slice(0, 7) };
  const options = { seed: 3, length: 7, inputs };
  assert.deepEqual(gated.generate(params, options), plain.generate(params, options));
});

test("a clockwork network: groups of units that each keep their state but for every 2^g-th step", () => {
  const groups = (line: (g: number) => string, cells: string): string => `import RNN from "std"
${cells}model Clockwork {
  axis t in 1..T
  input x[t] : R[2]
  input c1[t], c2[t], c4[t] : R
${[1, 2, 4].map((g) => `  h${g}[t] = ${line(g)}\n`).join("")}  output h[t] = [h1[t]; h2[t]; h4[t]]
  minimize sum[t](sumsq(h[t]))
}
`;
  const clock = (every: number): ReadonlyArray<number> =>
    Array.from({ length: 6 }, (_, t) => Number((t + 1) % every === 0));
  const example: Example = { x: sequence(8, 6, 2), c1: clock(1), c2: clock(2), c4: clock(4) };
  const own = `cell Clocked(n)(x[t], c[t]) -> h[t] {
  param W, U, b
  h[0] = 0
  h[t] : R[n] = if c[t] == 1 then tanh(W h[t-1] + U x[t] + b) else h[t-1]
}
`;
  const rnn = `cell Tanh(n)(x[t]) -> h[t] {
  param W, U, b
  h[0] = 0
  h[t] : R[n] = tanh(W h[t-1] + U x[t] + b)
}
`;
  agree(
    compiled(groups((g) => `Tanh(2)(x[t]) when c${g}[t]`, rnn)),
    compiled(groups((g) => `Clocked(2)(x[t], c${g}[t])`, own)),
    [example],
  );
});

test("an agent's episodes in one sequence give what each gives alone: values, loss and gradient", () => {
  const agent = (gates: string): string => `import GRU from "std"
model Agent {
  axis t in 1..T
  input o[t] : R[2]
  input begins[t], r[t] : R
  param P : R[1,3] ~ normal(0, 1)
  h[t] = GRU(3)(o[t])${gates}
  output v[t] = sum(P h[t])
  minimize sum[t]((v[t] - r[t])^2) + 0 * sum[t](begins[t])
}
`;
  const model = compiled(agent(" reset begins[t]"), { loss: "sum" });
  const params = paramsOf(model.model, 1);
  const lengths = [3, 1, 4];
  const alone = lengths.map((length, i) => ({
    o: sequence(i, length, 2),
    r: noise(i + 9, length),
    begins: [1, ...Array<number>(length - 1).fill(0)],
  }));
  const joined = {
    o: alone.flatMap(({ o }) => o),
    r: alone.flatMap(({ r }) => r),
    begins: alone.flatMap(({ begins }) => begins),
  };
  const [one, many] = [[joined], alone].map((given) => model.gradient(params, model.pack(given)));
  mustAgree("the loss", [one!.loss], [many!.loss], 1e-12);
  for (const [path, values] of Object.entries(many!.gradient))
    mustAgree(`the gradient by ${path}`, one!.gradient[path]!, values, 1e-12);
});
