import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { checkGradient } from "../../src/check/gradient.ts";
import type { CompileOptions } from "../../src/compile.ts";
import { body, close, compiled, gradientOf, noise, outputsOf, paramsOf, runs, sequence } from "../std/compiled.ts";
import { alike, comparing, equivalent, joining, type Packing, renaming } from "./alike.ts";
import { beside } from "./matrices.ts";

const settings = fc.record({
  seed: fc.integer({ min: 1, max: 100_000 }),
  n: fc.integer({ min: 1, max: 4 }),
  k: fc.integer({ min: 1, max: 4 }),
  length: fc.integer({ min: 0, max: 5 }),
});

const loss = "minimize sum[t](sumsq(h[t] - 0.1))";
const around = (cell: string, options: CompileOptions = {}) =>
  compiled(body(`input x[t] : R[k]\noutput h[t] = ${cell}(n)(x[t])\n${loss}`), options);
const lstm = (weights: (gate: string) => string, declarations: string): string =>
  body(`input x[t] : R[k]
${declarations}
param bf, bi, bC, bo = 0
h[0] = 0
C[0] = 0
f[t] = sigmoid(${weights("f")} + bf)
i[t] = sigmoid(${weights("i")} + bi)
G[t] = tanh(${weights("C")} + bC)
C[t] : R[n] = f[t] * C[t-1] + i[t] * G[t]
o[t] = sigmoid(${weights("o")} + bo)
output h[t] = o[t] * tanh(C[t])
${loss}`);
const concat = lstm((gate) => `W${gate} [h[t-1]; x[t]]`, "param Wf, Wi, WC, Wo");
const split = lstm((gate) => `W${gate} x[t] + U${gate} h[t-1]`, "param Wf, Wi, WC, Wo, Uf, Ui, UC, Uo");
const xFirst = lstm((gate) => `W${gate} [x[t]; h[t-1]]`, "param Wf, Wi, WC, Wo");
const gates = ["f", "i", "C", "o"];
const standard = { f: "f", i: "i", C: "c", o: "o" } as Readonly<Record<string, string>>;

const toStandard = renaming(
  Object.fromEntries(gates.flatMap((g) => ["W", "U", "b"].map((name) => [`${name}${g}`, `h.${name}${standard[g]}`]))),
);
/** The columns of `W`, for the input, before those of `U`, for the state. */
const toXFirst =
  (n: number, k: number): Packing =>
  (tensors) =>
    Object.fromEntries(
      Object.entries(tensors).flatMap(([path, values]) =>
        path.startsWith("U")
          ? []
          : [[path, path.startsWith("W") ? beside(values, k, tensors[path.replace("W", "U")]!, n) : values]],
      ),
    );

test("the LSTM of the slides is the standard one: split, side by side, and with the input first", () => {
  fc.assert(
    fc.property(settings, ({ seed, n, k, length }) => {
      const [example, options] = [{ x: sequence(seed, length, k) }, comparing({ n, k })];
      const ofSlide = compiled(split, options);
      const toConcat = joining(Object.fromEntries(gates.map((g) => [`W${g}`, [`U${g}`, `W${g}`]])), n, k);
      alike(ofSlide, around("LSTM", options), toStandard, example, seed);
      alike(ofSlide, compiled(concat, options), toConcat, example, seed);
      alike(ofSlide, compiled(xFirst, options), toXFirst(n, k), example, seed);
    }),
    runs(8),
  );
});

test("a loop over LSTM cells, each given the state of the one before, gives what one call over the sequence gives", () => {
  fc.assert(
    fc.property(settings, fc.constantFrom("js", "wasm"), ({ seed, n, k, length }, target) => {
      const model = around("LSTM", { statics: { n, k }, target });
      const [params, x] = [paramsOf(model.model, seed), sequence(seed, length, k)];
      let state = model.start(params);
      const h = x.flatMap((element) => {
        const stepped = model.step(params, state, { x: element });
        state = stepped.state;
        return [...stepped.output.h!];
      });
      equivalent({ h }, outputsOf(model, params, { x }));
    }),
    runs(8),
  );
});

test("the gradient of the concatenated LSTM agrees with differences for its eight parameters and both initial states", () => {
  const model = compiled(
    body(`input x[t] : R[k]
param h0, c0 : R[n] ~ normal(0, 1)
output h[t] = LSTMConcat(n)(x[t]) with h[0] = h0, c[0] = c0
${loss}`),
  );
  assert.equal(model.model.params.length, 10);
  for (const seed of [1, 2]) assert.ok(checkGradient(model, { seed, elements: 8 }).passed);
});

test("the LSTM of 1997 is the LSTM whose forget gate is 1, and has no parameters for it", () => {
  const [old, gated] = [around("LSTM1997"), around("LSTM")];
  assert.ok(old.model.params.every(({ path }) => !path.endsWith("f")));
  const closed: Packing = (tensors) => ({
    ...tensors,
    "h.Wf": noise(1, 6).map(() => 0),
    "h.Uf": noise(1, 9).map(() => 0),
    "h.bf": [1000, 1000, 1000],
  });
  fc.assert(
    fc.property(settings, ({ seed }) => {
      const params = paramsOf(old.model, seed);
      const opened = paramsOf(gated.model, seed, closed(params as never));
      const example = { x: sequence(seed, 4, 2) };
      close(outputsOf(old, params, example).h!, outputsOf(gated, opened, example).h!);
      const [mine, theirs] = [gradientOf(old, params, example), gradientOf(gated, opened, example)];
      for (const [path, values] of Object.entries(mine.gradient)) close(theirs.gradient[path]!, values);
    }),
    runs(),
  );
});

const belt = compiled(
  body(
    `input x[t] : R[k]
input v : R[n]
param c0 : R[n] ~ normal(0, 1)
(h[t], c[t]) = LSTM(n)(x[t]) with c[0] = c0
output last = c[T]
minimize dot(v, c[T])`,
  ),
);
const constantGates = (forget: number, input: number) => ({
  "h.bf": [forget, forget, forget],
  "h.bi": [input, input, input],
});

test("with the forget gate at 1 and the input gate at 0 the cell state and its gradient come through to the bit", () => {
  fc.assert(
    fc.property(settings, fc.integer({ min: 1, max: 6 }), ({ seed }, length) => {
      const c0 = noise(seed, 3);
      const params = paramsOf(belt.model, seed, { ...constantGates(1000, -1000), c0 });
      const example = { x: sequence(seed, length, 2), v: [1, 10, 100] };
      assert.deepEqual(outputsOf(belt, params, example).last, c0);
      assert.deepEqual(gradientOf(belt, params, example).gradient.c0, [1, 10, 100]);
    }),
    runs(),
  );
});

test("along the cell state alone, one step's Jacobian is the diagonal of the forget gate", () => {
  const model = compiled(
    body(`input x[t] : R[k]
input v : R[n]
param c0 : R[n] ~ normal(0, 1)
param W, U, A
c[0] = c0
output f[t] = sigmoid(W x[t])
c[t] : R[n] = f[t] * c[t-1] + sigmoid(U x[t]) * tanh(A x[t])
minimize dot(v, c[T])`),
  );
  const params = paramsOf(model.model, 4);
  const example = { x: sequence(4, 1, 2), v: [1, 2, 3] };
  const { f } = outputsOf(model, params, example);
  close(
    gradientOf(model, params, example).gradient.c0!,
    f!.map((gate, i) => gate * (i + 1)),
  );
});

test("a forget gate at 0 forgets: nothing of the last cell state is left, and no gradient reaches it", () => {
  const example = { x: sequence(2, 1, 2), v: [1, 1, 1] };
  const at = (c0: ReadonlyArray<number>) => {
    const params = paramsOf(belt.model, 2, { ...constantGates(-1000, 0), c0 });
    return { last: outputsOf(belt, params, example).last, gradient: gradientOf(belt, params, example).gradient.c0! };
  };
  assert.deepEqual(at([1, 2, 3]).last, at([-7, 0, 9]).last);
  close(at([1, 2, 3]).gradient, [0, 0, 0]);
});

test("a sigmoid gate lies between 0 and 1, and is never -1, 0 or 1 for numbers of ordinary size", () => {
  const model = compiled("model M {\n  input a : R[5]\n  output gate = sigmoid(a)\n}");
  const real = fc.double({ min: -30, max: 30, noNaN: true });
  fc.assert(
    fc.property(fc.array(real, { minLength: 5, maxLength: 5 }), (a) => {
      assert.ok(outputsOf(model, {}, { a }).gate!.every((gate) => gate > 0 && gate < 1));
    }),
  );
});

test("the parts of a gate keep their names in the circuit", () => {
  const names = new Set(around("LSTM").elaborated.circuit.nodes.map(({ name }) => name));
  // `f` is the activation that a cell is given, so the forget gate is called by what it does.
  for (const part of ["keep", "i", "o", "g", "c"])
    assert.ok(
      [...names].some((name) => name === part || name?.endsWith(`.${part}`)),
      part,
    );
});
