import assert from "node:assert/strict";
import { test } from "node:test";
import { targetNames } from "../../src/emit/targets.ts";
import { stateOf } from "../../src/module/state-of.ts";
import { mustAgree } from "../../src/property/law.ts";
import { compiledProgram } from "../property/programs.ts";

const counting = `model Counting {
  axis t in 1..T
  input x[t] : R
  s[0] = 0
  s[t] = if mod(t, 3) == 0 then t else s[t-1] + x[t]
  output y[t] = s[t]
}
`;

const nine = `model Nine(n = 9, V = 4) {
  axis t in 1..T
  axis j in 1..3
  input w[t] : symbol[V]
  input z[j,t] : R
  noise m[t] : normal
  param E : R[V,n]
  param W, O : R[n,n]
  h[0] = 0
  h[t] = tanh(W h[t-1] + E[w[t]] + m[t] + sum[j](z[j,t] * j))
  output o[t] = O h[t]
  output q[j,t] = z[j,t] * 2
}
`;

for (const target of targetNames) {
  test(`each stream counts its own positions, from where it was begun (${target})`, () => {
    const { stream, forward, pack } = compiledProgram(counting, { target });
    const { process, reset } = stream({}, { streams: 2 });
    const y = new Float64Array(10);
    process(new Float64Array(8).fill(1), y, 4);
    reset(1);
    process(new Float64Array(10).fill(1), y, 5);
    const { data } = forward({}, pack([{ x: Array(9).fill(1) }])).y!;
    assert.deepEqual(Array.from(y), [...data.slice(4, 9), ...data.slice(0, 5)]);
  });

  test(`arrays have other axes as they are written, noise that is not given is its mean, and outputs may be left out (${target})`, () => {
    const model = compiledProgram(nine, { target, precision: "f32" });
    const params = model.init(2);
    const w = [1, 3, 0, 2];
    const z = [[1, 2, 3, 4], [5, 6, 7, 8], [-1, -2, -3, -4]]; // biome-ignore format: a table
    const expected = compiledProgram(nine, { target: "js" }).forward(params, model.pack([{ w, z }])).o!.data;
    const { process } = model.stream(params);
    const [o, q] = [new Float64Array(36), new Float32Array(12)];
    process({ w: Uint8Array.from(w), z: Float32Array.from(w.flatMap((_, t) => z.map((row) => row[t]!))) }, { o }, 4);
    mustAgree("o", o, expected, 1e-5);
    process({ w: Uint8Array.from(w), z: Float32Array.from({ length: 12 }, (_, i) => i) }, { q }, 4);
    assert.deepEqual(
      Array.from(q),
      Array.from({ length: 12 }, (_, i) => 2 * i),
    );
  });

  test(`a symbol that is none is refused with its place, and nothing is changed (${target})`, () => {
    const model = compiledProgram(nine, { target });
    const params = model.init(2);
    const [one, other] = [model.stream(params), model.stream(params)];
    const given = (w: ReadonlyArray<number>) => ({ w: Int32Array.from(w), z: new Float64Array(3 * w.length) });
    const after = ({ process }: typeof one) => {
      const o = new Float64Array(9);
      process(given([2]), { o }, 1);
      return Array.from(o);
    };
    for (const { process } of [one, other]) process(given([1, 2]), {}, 2);
    for (const wrong of [4, -1])
      assert.throws(() => one.process(given([0, 1, wrong]), {}, 3), {
        name: "RnncError",
        message: `inputs.w[2], of stream 0, position 2 of the block: expected a symbol: an integer from 0 to 3, found ${wrong}`,
      });
    assert.throws(() => one.process({ w: Float64Array.of(0.5), z: new Float64Array(3) }, {}, 1), /expected a symbol/);
    assert.throws(() => one.process({ w: Int32Array.of(0), z: Float64Array.of(1, Number.NaN, 0) }, {}, 1), /a number/);
    assert.throws(() => one.process(given([0]), { p: new Float64Array(9) } as never, 1), /"o".*found "p"/);
    assert.deepEqual(after(one), after(other));
  });

  test(`one array is input and output where both have its layout (${target})`, () => {
    const { stream } = compiledProgram(counting, { target });
    const [apart, within] = [stream({}), stream({})];
    const x = Float64Array.from({ length: 400 }, (_, i) => i % 5);
    const y = new Float64Array(400);
    apart.process(x, y, 400);
    within.process(x, x, 400);
    assert.deepEqual(x, y);
  });
}

test("past the last position of an axis of fixed size a stream is refused until it is begun anew", () => {
  const { stream } = compiledProgram(counting.replace("1..T", "1..5"));
  const { process, reset } = stream({});
  process(new Float64Array(4), new Float64Array(4), 4);
  assert.throws(() => process(new Float64Array(2), new Float64Array(2), 2), {
    name: "RnncError",
    message: "stream 0: axis t has 5 positions, of which 4 were read; found 2 more (reset begins anew)",
  });
  process(new Float64Array(1), new Float64Array(1), 1);
  reset();
  process(new Float64Array(5), new Float64Array(5), 5);
});

test("after the symbol that ends a stream nothing follows until it is begun anew", () => {
  const model = compiledProgram(`model Ended(V = 3) {
  axis t in 1..T until y[t] == 2
  param E : R[V,V]
  y[0] = 1
  output p[t] = softmax(E[y[t-1]])
  y[t] : symbol[V] ~ categorical(p[t])
}
`);
  const { process, reset } = model.stream(model.init(1), { streams: 2 });
  const p = new Float64Array(12);
  const refused = { name: "RnncError", message: /nothing after the symbol 2 of y, which ended axis t/ };
  assert.throws(() => process(Int32Array.of(0, 1, 2, 0), p, 2), refused);
  process(Int32Array.of(0, 1, 1, 2), p, 2);
  assert.throws(() => process(Int32Array.of(0, 0), p, 1), refused);
  reset(1);
  process(Int32Array.of(0, 0), p, 1);
});

test("a model that looks ahead, or puts nothing out along its axis, has no streams, as it has no steps", () => {
  const { stream, step } = compiledProgram(counting.replace("s[t-1]", "s[t+1]").replace("s[0]", "s[T+1]"));
  assert.throws(() => step({}, {} as never, {}), /expected a model that only looks back, found one that cannot/);
  assert.throws(() => stream({}), {
    name: "RnncError",
    message: "Counting: expected a model that only looks back, with an output along its axis, found another",
  });
  assert.throws(
    () => compiledProgram(counting.replace("y[t] = s[t]", "s[T]")).stream({}),
    /with an output along its axis/,
  );
});

test("forward asks for nothing that its outputs do not depend on, and its state is beside them", () => {
  const model = compiledProgram(`model Beside(n = 2) {
  axis t in 1..T
  input x[t] : R
  h[0] = 0
  h[t] = h[t-1] + x[t]
  y[0] = 0
  output o[t] = h[t]
  y[t] ~ normal(h[t] + y[t-1], 1)
}
`);
  const first = model.forward({}, model.pack([{ x: [1, 2] }]));
  assert.deepEqual(Object.keys(first), ["o"]);
  const state = stateOf(first)!;
  assert.equal(state.position, 2);
  assert.equal(Object.keys(state.values).length, 1);
  const second = model.forward({}, model.pack([{ x: [3] }]), state);
  assert.deepEqual(Array.from(second.o!.data), [6]);
  const ahead = compiledProgram(counting.replace("s[t-1]", "s[t+1]").replace("s[0]", "s[T+1]"));
  assert.throws(() => ahead.forward({}, ahead.pack([{ x: [1] }]), state), /does not only look back/);
});

/** The last column of a product of nine stands alone beside a panel of eight, those of three fill none. */
test("sums that fill no vector are those of JavaScript", () => {
  for (const n of [3, 8, 9, 34]) {
    const source = `model Plain(n = ${n}) {
  axis t in 1..T
  input x[t] : R[n]
  param W, O : R[n,n]
  h[0] = 0
  h[t] = tanh(W h[t-1] + x[t])
  output o[t] = O h[t]
}
`;
    const [found, expected] = (["wasm", "js"] as const).map((target) => {
      const model = compiledProgram(source, { target, precision: "f32" });
      const o = new Float32Array(4 * n);
      model.stream(model.init(1)).process(
        Float32Array.from({ length: 4 * n }, (_, i) => Math.sin(i)),
        o,
        4,
      );
      return o;
    });
    mustAgree(`o of ${n}`, found!, expected!, 1e-5);
  }
});
