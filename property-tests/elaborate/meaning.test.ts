import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { body, close, exampleNamed, modelOf, noiseAt, parametersOf, valuesOf } from "./programs.ts";

const real = fc.double({ min: -2, max: 2, noNaN: true });
const sequence = (size: number) => fc.array(fc.array(real, { minLength: size, maxLength: size }), { maxLength: 5 });

const times = (matrix: ArrayLike<number>, x: ReadonlyArray<number>): ReadonlyArray<number> =>
  Array.from({ length: matrix.length / x.length }, (_, i) =>
    x.reduce((sum, value, j) => sum + matrix[i * x.length + j]! * value, 0),
  );
const plus = (...vectors: ReadonlyArray<ArrayLike<number>>): ReadonlyArray<number> =>
  Array.from(vectors[0]!, (_, i) => vectors.reduce((sum, vector) => sum + vector[i]!, 0));
const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

test("Elman's network is the loop that one would write by hand", () => {
  const model = modelOf(exampleNamed("elman"), { k: 2, n: 3, m: 3 });
  const parameters = parametersOf(model);
  const { U, W, V, b, c } = parameters as Readonly<Record<"U" | "W" | "V" | "b" | "c", ReadonlyArray<number>>>;
  fc.assert(
    fc.property(sequence(2), fc.array(fc.nat(2), { minLength: 5, maxLength: 5 }), (x, classes) => {
      const y = classes.slice(0, x.length);
      let s: ReadonlyArray<number> = [0, 0, 0];
      let loss = 0;
      const p = x.flatMap((input, t) => {
        s = plus(b, times(W, s), times(U, input)).map(Math.tanh);
        const o = plus(c, times(V, s)).map(Math.exp);
        const total = o.reduce((sum, value) => sum + value, 0);
        loss -= Math.log(o[y[t]!]! / total);
        return o.map((value) => value / total);
      });
      const found = valuesOf(model, { parameters, inputs: { x, y }, lengths: { T: x.length } });
      close(found.p!, p);
      close(found.loss!, [loss]);
    }),
    { numRuns: 20 },
  );
});

test("the LSTM with split weights is the LSTM over the last output and the input end to end", () => {
  const cell = (name: string) =>
    modelOf(`import ${name} from "std"\n${body(`input x[t] : R[2]\noutput h[t] = ${name}(n)(x[t])`)}`);
  const [split, joined] = [cell("LSTM"), cell("LSTMConcat")];
  const parameters = parametersOf(split);
  const sideBySide = ["f", "i", "o", "c"].map((gate) => {
    const [u, w] = [parameters[`h.U${gate}`]!, parameters[`h.W${gate}`]!];
    const rows = [0, 1, 2].flatMap((i) => [
      ...Array.from(u).slice(3 * i, 3 * i + 3),
      ...Array.from(w).slice(2 * i, 2 * i + 2),
    ]);
    return [`h.W${gate}`, rows] as const;
  });
  fc.assert(
    fc.property(sequence(2), (x) => {
      const data = { inputs: { x }, lengths: { T: x.length } };
      const together = parametersOf(joined, Object.fromEntries(sideBySide));
      const biases = Object.fromEntries(Object.entries(parameters).filter(([path]) => path.startsWith("h.b")));
      close(
        valuesOf(joined, { ...data, parameters: { ...together, ...biases } }).h!,
        valuesOf(split, { ...data, parameters }).h!,
      );
    }),
    { numRuns: 20 },
  );
});

test("a backward cell gives what the cell gives on the reversed sequence, reversed", () => {
  const source = (cell: string) =>
    `import GRU from "std"\n${body(`input x[t] : R[2]\noutput h[t] = ${cell}(n)(x[t])`)}`;
  const [forward, backward] = [modelOf(source("GRU")), modelOf(source("backward GRU"))];
  const parameters = parametersOf(forward);
  const reversedRows = (values: ReadonlyArray<number>): ReadonlyArray<number> =>
    Array.from({ length: values.length / 3 }, (_, t) => values.slice(3 * t, 3 * t + 3))
      .reverse()
      .flat();
  fc.assert(
    fc.property(sequence(2), (x) => {
      const lengths = { T: x.length };
      const there = valuesOf(forward, { parameters, inputs: { x: [...x].reverse() }, lengths }).h!;
      close(valuesOf(backward, { parameters, inputs: { x }, lengths }).h!, reversedRows(there));
    }),
    { numRuns: 20 },
  );
});

test("a backward cell with a boundary is the equation with an advance and that boundary", () => {
  const model = modelOf(exampleNamed("backward-boundary"));
  const written = parametersOf(model);
  const shared = { "g.W": written.W!, "g.U": written.U!, "g.b": written.b!, g0: written.q0! };
  const parameters = { ...written, ...shared };
  const x = [0, 1, 2].map((t) => [noiseAt("x", t), noiseAt("x'", t)]);
  let q: ReadonlyArray<number> = Array.from(written.q0!);
  const expected = [...x].reverse().map((input) => {
    q = plus(Array.from(written.b!), times(written.W!, q), times(written.U!, input)).map(Math.tanh);
    return q.reduce((sum, value) => sum + value * value, 0);
  });
  close(valuesOf(model, { parameters, inputs: { x }, lengths: { T: 3 } }).s!, expected.reverse());
});

test("each delay reads its own boundary values before the start", () => {
  const model = modelOf(
    body("input x[t] : R\nx[0] = 10\nx[-1] = 20\nx[T+1] = 30\nx[_] = 40\noutput o[t] = [x[t-3]; x[t-1]; x[t+1]]"),
  );
  const { o } = valuesOf(model, { parameters: {}, inputs: { x: [1, 2, 3] }, lengths: { T: 3 } });
  assert.deepEqual(o, [40, 10, 2, 20, 1, 3, 10, 2, 30]);
});

test("a cell runs along the last axis of its argument, and the others ride along", () => {
  const cell = "cell Sum(x[t]) -> s[t] {\n  s[0] = 0\n  s[t] = s[t-1] + x[t]\n}\n";
  const model = modelOf(
    `${cell}model M {\n axis i in 1..I\n axis t in 1..T\n input x[i,t] : R\n output a[i,t] = Sum(x[i,t])\n output b[t,i] = Sum(x[i,t])\n}`,
  );
  const { a, b } = valuesOf(model, {
    parameters: {},
    inputs: {
      x: [
        [1, 2],
        [3, 4],
      ],
    },
    lengths: { I: 2, T: 2 },
  });
  assert.deepEqual(a, [1, 3, 3, 7]);
  assert.deepEqual(b, [1, 2, 4, 6]);
});

test("applications of one instance share its parameters, and have states of their own", () => {
  const model = modelOf(
    `import RNN from "std"\n${body("input x[t] : R[2]\nlet enc = RNN(n)\noutput f[t] = enc(x[t])\noutput g[t] = enc(2 * x[t])")}`,
  );
  assert.deepEqual(
    model.parameters.map(({ path }) => path),
    ["enc.W", "enc.U", "enc.b"],
  );
  const x = [[0.3, -0.2]];
  const { f, g } = valuesOf(model, { parameters: parametersOf(model), inputs: { x }, lengths: { T: 1 } });
  assert.notDeepEqual(f, g);
});

test("a boundary stated for the name of a cell's result is the cell's own", () => {
  const source = (boundary: string) =>
    `import RNN from "std"\n${body(`input x[t] : R[2]\nparam h0 : R[n]\noutput h[t] = RNN(n)(x[t])${boundary}\noutput last[t] = h[t-1]`)}`;
  const variants = [" with h[0] = h0", "\nh[0] = h0"].map((boundary) => modelOf(source(boundary)));
  const x = [
    [0.3, -0.2],
    [0.1, 0.4],
  ];
  const [first, second] = variants.map((model) =>
    valuesOf(model, { parameters: parametersOf(model), inputs: { x }, lengths: { T: 2 } }),
  );
  assert.deepEqual(first, second);
  close(
    first!.last!.slice(0, 3),
    [0, 1, 2].map((i) => noiseAt("h0", i)),
  );
});

test("the products are those of linear algebra", () => {
  const model = modelOf(
    body(
      "param A : R[2,3]\nparam B : R[3,2]\nparam v : R[3]\noutput s = v^T v\noutput w = A v\noutput C = A B\noutput r = v^T B w\noutput D = outer(w, v)\noutput z = (A^T w) * 2",
    ),
  );
  const A = [1, 2, 3, 4, 5, 6];
  const B = [1, 0, 2, 1, 0, 3];
  const v = [1, -1, 2];
  const found = valuesOf(model, { parameters: { A, B, v }, inputs: {}, lengths: { T: 1 } });
  assert.deepEqual(found.s, [6]);
  assert.deepEqual(found.w, [5, 11]);
  assert.deepEqual(found.C, [5, 11, 14, 23]);
  assert.deepEqual(found.r, [5 * -1 + 11 * 5]);
  assert.deepEqual(found.D, [5, -5, 10, 11, -11, 22]);
  assert.deepEqual(found.z, [98, 130, 162]);
});

test("looking up a row is the product with a one-hot vector", () => {
  const model = modelOf(body("input w[t] : symbol[4]\nparam E : R[4,2]\noutput a[t] = E[w[t]] - E^T onehot(w[t])"));
  const { a } = valuesOf(model, { parameters: parametersOf(model), inputs: { w: [3, 0] }, lengths: { T: 2 } });
  assert.deepEqual(a, [0, 0, 0, 0]);
});

test("functions with kinks and their limits", () => {
  const names = ["relu", "elu", "abs", "sign", "gelu", "softplus", "sigmoid"];
  const model = modelOf(body(`input x : R\noutput o = [${names.map((name) => `${name}(x)`).join("; ")}]`));
  fc.assert(
    fc.property(fc.constantFrom(0, -1000, 1000, -0.5, 2), (x) => {
      const { o } = valuesOf(model, { parameters: {}, inputs: { x }, lengths: { T: 1 } });
      const bent = Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3));
      close(o!, [
        Math.max(x, 0),
        x > 0 ? x : Math.expm1(x),
        Math.abs(x),
        Math.sign(x),
        0.5 * x * (1 + bent),
        Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))),
        sigmoid(x),
      ]);
    }),
  );
});

test("a family is written out, and its members may have different shapes", () => {
  const model = modelOf(
    `import RNN from "std"\nmodel M(L = 3) {\n axis t in 1..T\n input x[t] : R[2]\n z[0,t] = x[t]\n for l in 1..L { z[l,t] = RNN(l + 1)(z[l-1,t]) }\n output o[t] = z[L,t]\n}`,
  );
  assert.deepEqual(
    model.parameters.map(({ path, shape }) => `${path} ${shape.join("x")}`),
    ["z.1.W 2x2", "z.1.U 2x2", "z.1.b 2", "z.2.W 3x3", "z.2.U 3x2", "z.2.b 3", "z.3.W 4x4", "z.3.U 4x3", "z.3.b 4"],
  );
});

test("a split gives the parts in order", () => {
  const model = modelOf(body("input x : R[6]\n[a; b; c] = 2 * x\noutput d : R[n] = a\noutput e : R = b\noutput f = c"));
  const found = valuesOf(model, { parameters: {}, inputs: { x: [1, 2, 3, 4, 5, 6] }, lengths: { T: 1 } });
  assert.deepEqual([found.d, found.e, found.f], [[2, 4, 6], [8], [10, 12]]);
});

test("a parameter may turn out to be a row", () => {
  const model = modelOf(body("param v : R[3]\nparam r\nparam u : R[3]\noutput s = (v^T + r) u"));
  const { s } = valuesOf(model, {
    parameters: { v: [1, 2, 3], r: [10, 20, 30], u: [1, 0, 1] },
    inputs: {},
    lengths: {},
  });
  assert.deepEqual(s, [44]);
});

test("positions along ragged axes, and means over them, are those of the lists", () => {
  const model = modelOf(
    `model M {
  axis s in 1..S
  axis w in 1..W[s]
  input x[s,w] : R
  output first = x[1,1]
  output last[s] = x[s,W]
  output corner = x[S,W]
  output m = mean[s,w](x[s,w])
  output c[s] = W * mean[w](x[s,w]) - sum[w](1)
}`,
  );
  const lengths = { S: 2, W: ({ s }: Readonly<Record<string, number>>) => s! };
  const found = valuesOf(model, { parameters: {}, inputs: { x: [[1], [2, 6]] }, lengths });
  const { first, last, corner, m, c } = found;
  assert.deepEqual({ first, last, corner, m, c }, { first: [1], last: [1, 6], corner: [6], m: [3], c: [0, 6] });
});
