import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { checkGradient } from "../../src/check/gradient.ts";
import type { Compiled } from "../../src/compile.ts";
import { valueAt } from "../../src/views/polynomial.ts";
import { scheduleOf } from "../../src/views/schedule/schedule.ts";
import {
  body,
  close,
  compiled,
  gradientOf,
  noise,
  outputsOf,
  paramsOf,
  refusal,
  runs,
  sequence,
} from "../std/compiled.ts";
import { alike, comparing, equivalent, joining, listsOf, type Packing, renaming, structureOf } from "./alike.ts";
import { apart, beside, plus, times, type Vector } from "./matrices.ts";

const seeds = fc.integer({ min: 1, max: 100_000 });
const sizes = fc.record({
  seed: seeds,
  n: fc.integer({ min: 1, max: 4 }),
  k: fc.integer({ min: 1, max: 3 }),
  length: fc.integer({ min: 0, max: 4 }),
});

const head = "input x[t] : R[k]\nparam U, W, V\nparam b, c = 0";
const tail = "y[t] : symbol[2] ~ categorical(p[t])";
const elman = body(
  `${head}\ns[0] = 0\na[t] = b + W s[t-1] + U x[t]\ns[t] : R[n] = tanh(a[t])\no[t] = c + V s[t]\noutput p[t] = softmax(o[t])\n${tail}`,
);
const classes = (length: number): ReadonlyArray<number> => Array.from({ length }, (_, t) => t % 2);

test("the slides' networks that differ in names alone are the same circuit", () => {
  const teacher = body(
    `${head}\nh[0] = 0\na[t] = b + W h[t-1] + U x[t]\nh[t] : R[n] = tanh(a[t])\no[t] = c + V h[t]\noutput ŷ[t] = softmax(o[t])\ny[t] : symbol[2] ~ categorical(ŷ[t])`,
  );
  assert.equal(structureOf(compiled(teacher)), structureOf(compiled(elman)));
});

test("activations are static parameters: with tanh and softmax the generic network is Elman's", () => {
  const generic = `model M(n = 3, k = 2, σ_h = tanh, σ_y = softmax) {
  axis t in 1..T
  input x[t] : R[k]
  param W_hx, W_hh, W_yh
  param b_h, b_y = 0
  h[0] = 0
  h[t] : R[n] = σ_h(W_hx x[t] + W_hh h[t-1] + b_h)
  output p[t] = σ_y(W_yh h[t] + b_y)
  ${tail}
}`;
  const names = renaming({ W_hx: "U", W_hh: "W", W_yh: "V", b_h: "b", b_y: "c" });
  fc.assert(
    fc.property(sizes, ({ seed, n, k, length }) => {
      const options = comparing({ n, k });
      const example = { x: sequence(seed, length, k), y: classes(length) };
      alike(compiled(generic, options), compiled(elman, options), names, example, seed);
    }),
    runs(),
  );
});

test("with the names a, g1 and g2 the network is the same", () => {
  const source = (state: string, params: ReadonlyArray<string>) => {
    const [aa, ax, ya, ba, by] = params;
    return `model M(n = 3, k = 2, g1 = sigmoid) {
  axis t in 1..T
  input x[t] : R[k]
  param ${aa}, ${ax}
  param ${ya} : R[2,n]
  param ${ba}, ${by} = 0
  ${state}[0] = 0
  ${state}[t] : R[n] = g1(${aa} ${state}[t-1] + ${ax} x[t] + ${ba})
  output y[t] = ${ya} ${state}[t] + ${by}
}`;
  };
  const [first, second] = [
    ["W_aa", "W_ax", "W_ya", "b_a", "b_y"],
    ["W_hh", "W_hx", "W_yh", "b_h", "b_z"],
  ] as const;
  const names = Object.fromEntries(first.map((name, i) => [name, second[i]!]));
  assert.equal(structureOf(compiled(source("a", first)), names), structureOf(compiled(source("h", second))));
});

test("weights side by side over states end to end are the split weights, and so are their gradients", () => {
  fc.assert(
    fc.property(sizes, ({ seed, n, k, length }) => {
      const model = (cell: string) =>
        compiled(body(`input x[t] : R[k]\noutput h[t] = ${cell}(n)(x[t])\nminimize sum[t](sumsq(h[t]))`), {
          statics: { n, k },
        });
      const packing = joining({ "h.W": ["h.W", "h.U"] }, n, k);
      alike(model("RNN"), model("RNNConcat"), packing, { x: sequence(seed, length, k) }, seed);
    }),
    runs(),
  );
});

test("packing two matrices side by side loses nothing", () => {
  fc.assert(
    fc.property(seeds, fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }), (seed, n, k) => {
      const [a, b] = [noise(seed, n * n), noise(seed + 1, n * k)];
      assert.deepEqual(apart(beside(a, n, b, k), n, k), [a, b]);
    }),
  );
});

test("sizes declared once are inferred elsewhere, and two matrices swapped are refused by their sizes", () => {
  const source = (expression: string) =>
    `model M(d = 4, k = 3) {\n  axis t in 1..T\n  input x[t] : R[k]\n  param U : R[d,d]\n  param W : R[d,k]\n  param b\n  h[0] = 0\n  output h[t] = tanh(${expression} + b)\n}`;
  const { model } = compiled(source("U h[t-1] + W x[t]"));
  assert.deepEqual(model.params.find(({ path }) => path === "b")?.shape, [4]);
  const told = refusal(source("W h[t-1] + U x[t]"));
  assert.ok(told.some(({ code }) => code === "RNN130"));
  assert.match(told.map(({ message, labels }) => message + labels.map(({ text }) => text).join()).join(), /4.*3|3.*4/);
});

const byMatrices = body(
  "input x[t] : R[k]\nparam U, W\nparam b = 0\ns[0] = 0\noutput s[t] : R[n] = tanh(U s[t-1] + W x[t] + b)\nminimize sum[t](sumsq(s[t] - 0.1))",
);

test("row by row, the network is the one of matrices, and so is its gradient", () => {
  const rowwise = (n: number) => {
    const all = (index: string) => `[${Array.from({ length: n }, (_, i) => `h[${i + 1},${index}]`).join("; ")}]`;
    return body(
      `input x[t] : R[k]
for i in 1..n {
  param u[i] : R[n]
  param w[i] : R[k]
  param b[i] : R = 0
  h[i,0] = 0
  h[i,t] : R = tanh(dot(u[i], ${all("t-1")}) + dot(w[i], x[t]) + b[i])
}
output s[t] = ${all("t")}
minimize sum[t](sumsq(s[t] - 0.1))`,
    );
  };
  fc.assert(
    fc.property(sizes, ({ seed, n, k, length }) => {
      const options = comparing({ n, k });
      const rowOf = (values: Vector, i: number): Vector =>
        values.slice((i * values.length) / n, ((i + 1) * values.length) / n);
      const toRows: Packing = (tensors) =>
        Object.fromEntries(
          Object.entries({ u: "U", w: "W", b: "b" }).flatMap(([row, matrix]) =>
            Array.from({ length: n }, (_, i) => [`${row}.${i + 1}`, rowOf(tensors[matrix]!, i)]),
          ),
        );
      alike(
        compiled(byMatrices, options),
        compiled(rowwise(n), options),
        toRows,
        { x: sequence(seed, length, k) },
        seed,
      );
    }),
    runs(8),
  );
});

test("index by index, the network takes the parameters and does the operations of the one of matrices, and gives the same numbers", () => {
  const indexed = body(
    `axis i in 1..n
axis j in 1..n
axis l in 1..k
input x[t] : R[k]
param U : R[n,n]
param W : R[n,k]
param b : R[n] = 0
h[i,0] = 0
h[i,t] : R = tanh(sum[j](U[i,j] * h[j,t-1]) + sum[l](W[i,l] * x[t,l]) + b[i])
output s[t,i] = h[i,t]
minimize sum[t](sum[i]((h[i,t] - 0.1)^2))`,
  );
  fc.assert(
    fc.property(sizes, ({ seed, n, k, length }) => {
      const [byIndex, whole] = [indexed, byMatrices].map((source) => compiled(source, comparing({ n, k })));
      assert.deepEqual(byIndex!.model.params, whole!.model.params);
      for (const program of ["forward", "gradient"] as const) {
        const [one, other] = [byIndex!, whole!].map((model) => scheduleOf(model, program)!.work);
        assert.deepEqual(one, other);
      }
      alike(whole!, byIndex!, (tensors) => tensors, { x: sequence(seed, length, k) }, seed);
    }),
    runs(8),
  );
});

test("of an empty sequence the last state is the first, the outputs are empty, and gradients are zero", () => {
  const model = compiled(elman);
  const params = paramsOf(model.model, 3);
  assert.deepEqual(outputsOf(model, params, { x: [], y: [] }).p, []);
  const { loss, gradient } = gradientOf(model, params, { x: [], y: [] });
  close([loss], [0]);
  for (const values of Object.values(gradient)) assert.ok(values.every((value) => value === 0));
  const [U, b] = [[...params.U!], [...params.b!]];
  const h = compiled(body("input x[t] : R[k]\noutput h[t] = RNN(n)(x[t])"));
  const one = outputsOf(h, paramsOf(h.model, 1, { "h.U": U, "h.b": b }), { x: [[1, -1]] });
  close(one.h!, plus(times(U, [1, -1]), b).map(Math.tanh));
});

test("a transition is a cell of its own: systems with and without an input are driven by any f", () => {
  const source = `cell f(s, x) -> r {\n  param W, U\n  r = sin(W s + U x)\n}
cell Driven(f, n)(x[t]) -> s[t] {\n  s[0] = 0.5\n  s[t] : R[n] = f(s[t-1], x[t])\n}
cell Alone(g, n)(z[t]) -> s[t] {\n  s[0] = 0.5\n  s[t] : R[n] = g(s[t-1]) + 0 * z[t]\n}
model M {\n  axis t in 1..T\n  input x[t] : R[2]\n  output s[t] = Driven(f, 3)(x[t])\n  output r[t] = Alone(cos, 3)(sum(x[t]))\n  minimize sum[t](sumsq(s[t]))\n}`;
  const model = compiled(source);
  const params = paramsOf(model.model, 5);
  const x = sequence(5, 3, 2);
  const { s, r } = outputsOf(model, params, { x });
  const [W, U] = ["W", "U"].map((name) => [...Object.entries(params).find(([path]) => path.endsWith(name))![1]]);
  let state: ReadonlyArray<number> = [0.5, 0.5, 0.5];
  close(
    s!,
    x.flatMap((input) => (state = plus(times(W!, state), times(U!, input)).map(Math.sin))),
  );
  close(r!.slice(3, 6), [Math.cos(Math.cos(0.5)), Math.cos(Math.cos(0.5)), Math.cos(Math.cos(0.5))]);
  assert.ok(checkGradient(model, { seed: 2 }).passed);
});

test("a system without an input runs for as many steps as each call says, alone and beside others", () => {
  const model = compiled(
    "model M(n = 3, f = sin) {\n  axis t in 1..T\n  param W : R[n,n]\n  param s0 : R[n] ~ normal(0, 1)\n  s[0] = s0\n  output s[t] : R[n] = f(W s[t-1])\n  minimize sum[t](sumsq(s[t]))\n}",
  );
  assert.deepEqual(model.model.inputs, []);
  assert.ok(checkGradient(model, { seed: 3 }).passed);
  fc.assert(
    fc.property(seeds, fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 4 }), (seed, lengths) => {
      const params = paramsOf(model.model, seed);
      const [W, s0] = [[...params.W!], [...params.s0!]];
      const iterated = (length: number): ReadonlyArray<Vector> =>
        Array.from({ length }).reduce<ReadonlyArray<Vector>>(
          (states) => [...states, times(W, states.at(-1) ?? s0).map(Math.sin)],
          [],
        );
      for (const T of lengths) equivalent(outputsOf(model, params, { T }), { s: iterated(T).flat() });
      const together = model.forward(params, model.pack(lengths.map((T) => ({ T })))).s!;
      lengths.forEach((T, b) => {
        const own = Array.from({ length: T }, (_, t) => [
          ...together.data.slice(3 * (t * lengths.length + b), 3 * (t * lengths.length + b + 1)),
        ]);
        equivalent({ s: own.flat() }, { s: iterated(T).flat() });
      });
    }),
    runs(40),
  );
});

test("a network without biases is the one whose biases are 0, without their parameters and without their additions", () => {
  const source = (b: string, c: string) =>
    body(`input x[t] : R[k]
param W, U
param V : R[2,n]
${b === "" ? "" : "param b, c = 0"}
s[0] = 0
output s[t] : R[n] = tanh(W s[t-1] + U x[t]${b})
output o[t] = sigmoid(V s[t]${c})
minimize sum[t](sumsq(o[t]))`);
  fc.assert(
    fc.property(sizes, ({ seed, n, k, length }) => {
      const [free, biased] = [source("", ""), source(" + b", " + c")].map((text) =>
        compiled(text, comparing({ n, k })),
      );
      assert.deepEqual(free!.model.params.map(({ path }) => path).sort(), ["U", "V", "W"]);
      const flops = (model: Compiled): number => valueAt(scheduleOf(model, "forward")!.work.flops, [1, 1]);
      assert.equal(flops(biased!) - flops(free!), n + 2);
      const zero = (size: number): Vector => Array.from({ length: size }, () => 0);
      const withZeros: Packing = (tensors) => ({ ...tensors, b: zero(n), c: zero(2) });
      const [params, example] = [paramsOf(free!.model, seed), { x: sequence(seed, length, k) }];
      const others = paramsOf(biased!.model, seed, withZeros(listsOf(params)));
      equivalent(outputsOf(free!, params, example), outputsOf(biased!, others, example));
      const { gradient } = gradientOf(biased!, others, example);
      equivalent(gradientOf(free!, params, example).gradient, { U: gradient.U!, V: gradient.V!, W: gradient.W! });
    }),
    runs(8),
  );
});

test("an input now and one step ago and the last output enter one state, and their first values must be said", () => {
  const taps = (boundaries: string) =>
    body(`input x[t] : R[k]
param A, D, B, C
${boundaries}
h[t] : R[n] = tanh(A x[t] + D x[t-1] + B y[t-1])
output y[t] : R[2] = C h[t]
minimize sum[t](sumsq(y[t] - 1))`);
  const model = compiled(taps("x[0] = 0\ny[0] = 0"));
  assert.ok(checkGradient(model, { seed: 4 }).passed);
  const params = paramsOf(model.model, 9);
  const [A, D, B, C] = ["A", "D", "B", "C"].map((name) => [...params[name]!]);
  const x = sequence(9, 3, 2);
  let y: ReadonlyArray<number> = [0, 0];
  const expected = x.flatMap((input, t) => {
    const h = plus(times(A!, input), times(D!, x[t - 1] ?? [0, 0]), times(B!, y)).map(Math.tanh);
    y = times(C!, h);
    return y;
  });
  close(outputsOf(model, params, { x }).y!, expected);
  assert.deepEqual(
    refusal(taps("y[0] = 0")).map(({ code }) => code),
    ["RNN133"],
  );
  assert.match(refusal(taps("x[0] = 0"))[0]!.message, /y\[0\]/);
});

test("tanh squashes 5, 0.01 and -0.5 to what the slide shows", () => {
  const { y } = outputsOf(compiled("model M {\n  input x : R[3]\n  output y = tanh(x)\n}"), {}, { x: [5, 0.01, -0.5] });
  close(y!, [0.9999092, 0.00999967, -0.46211716], 1e-8);
});

test("the network whose output recurs is the same with W and U side by side, and so are its gradients", () => {
  const source = (value: string, params: string) =>
    compiled(
      body(
        `input X[t] : R[4]\n${params}\nO[0] = 0\noutput O[t] : R[3] = sigmoid(${value})\nminimize sum[t](sumsq(O[t]))`,
        "n = 3",
      ),
    );
  const split = source("W O[t-1] + U X[t]", "param W, U");
  const joined = source("W [O[t-1]; X[t]]", "param W");
  assert.deepEqual(
    split.model.params.map(({ shape }) => shape),
    [
      [3, 3],
      [3, 4],
    ],
  );
  fc.assert(
    fc.property(seeds, (seed) => {
      alike(split, joined, joining({ W: ["W", "U"] }, 3, 4), { X: sequence(seed, 3, 4) }, seed);
    }),
    runs(),
  );
});
