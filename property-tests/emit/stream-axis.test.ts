import assert from "node:assert/strict";
import { test } from "node:test";
import { compiledProgram } from "../property/programs.ts";

/** A grid whose rows have a fixed number: it streams along the axis whose length is known at run time. */
const grid = (axes: string): string => `model M {
  ${axes}
  input x[t] : R
  param a = 0.5
  h[0,k] = 0
  h[t,0] = x[t]
  h[t,k] = tanh(a * h[t-1,k] + h[t,k-1])
  output o[t] = h[t,3]
  minimize sum[t](h[t,3]^2)
}`;

for (const axes of ["axis t in 1..T\n  axis k in 1..3", "axis k in 1..3\n  axis t in 1..T"])
  test(`a model streams along the axis of a length of its own, wherever a fixed one is declared: ${axes.slice(0, 6)} first`, () => {
    const { init, pack, gradient, loss, start, step, forward, model } = compiledProgram(grid(axes), {
      precision: "f64",
      loss: "sum",
    });
    const params = init(1);
    const xs = [1, -2, 3, -4];
    const first = gradient(params, pack([{ x: xs.slice(0, 2) }]));
    const second = gradient(params, pack([{ x: xs.slice(2) }]), first.state);
    const whole = pack([{ x: xs }]);
    assert.equal(model.streamable, "t");
    assert.ok(Math.abs(first.loss + second.loss - loss(params, whole)) < 1e-12);
    let state = start(params);
    const stepped = xs.map((x) => {
      const { state: next, output } = step(params, state, { x });
      state = next;
      return output.o![0];
    });
    assert.deepEqual(stepped, Array.from(forward(params, whole).o!.data));
  });

/** A sequence is generated that depends on another one as a whole. */
const generator = (axes: string): string => `model M(V = 3) {
  ${axes}
  input x[s] : R
  param E : R[V,V] ~ glorot
  param v : R[V] = 0.1
  g[0] = 0
  g[s] = tanh(g[s-1] + x[s])
  y[0] = 0
  y[t] : symbol[V] ~ categorical(softmax(E[y[t-1]] + sum[s](g[s]) * v))
}`;

for (const axes of [
  "axis t in 1..N until y[t] == 2\n  axis s in 1..S",
  "axis s in 1..S\n  axis t in 1..N until y[t] == 2",
])
  test(`a model streams along the axis that something is drawn along, wherever its context is declared: ${axes.slice(0, 6)} first`, () => {
    const { init, generate, model } = compiledProgram(generator(axes));
    assert.equal(model.streamable, "t");
    const { values, lengths } = generate(init(1), { seed: 1, length: 6, inputs: { x: [1, -2] } });
    assert.equal(values.y![0]!.length, lengths[0]);
    assert.ok([6, values.y![0]!.indexOf(2) + 1].includes(lengths[0]!));
  });

test("no step goes beyond a fixed axis", () => {
  const { start, step } = compiledProgram(
    "model M {\n  axis k in 1..3\n  input x[k] : R\n  h[0] = 0\n  h[k] = h[k-1] + x[k]\n  output h\n}",
  );
  let state = start({});
  for (const _ of [1, 2, 3]) state = step({}, state, { x: 1 }).state;
  assert.throws(() => step({}, state, { x: 1 }), {
    name: "RnncError",
    message: /axis k has 3 positions, found position 4/,
  });
});
