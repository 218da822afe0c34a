import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { body, close, compiled, gradientOf, outputsOf, paramsOf, runs, sequence } from "../std/compiled.ts";
import { alike, renaming } from "./alike.ts";
import { plus, rows } from "./matrices.ts";

const seeds = fc.integer({ min: 1, max: 100_000 });
const around = (value: string, options = {}) =>
  compiled(body(`input x[t] : R[k]\noutput h[t] = ${value}\nminimize sum[t](sumsq(h[t] - 0.2))`), options);
const values = (tensors: ReturnType<typeof paramsOf>) =>
  Object.fromEntries(Object.entries(tensors).map(([path, data]) => [path, [...data]]));

test("a stack of one layer is the layer", () => {
  const names = renaming(Object.fromEntries(["W", "U", "b"].map((name) => [`h.${name}`, `h.z.1.${name}`])));
  fc.assert(
    fc.property(seeds, (seed) =>
      alike(around("RNN(n)(x[t])"), around("Stack(RNN, n, 1)(x[t])"), names, { x: sequence(seed, 3, 2) }, seed),
    ),
    runs(),
  );
});

test("where the raw input enters every layer, its gradient is the sum of those through each layer", () => {
  const stack = around("StackWithInput(RNN, n, 2)(x[t])", { wrt: ["x"] });
  const written = (first: string, second: string) =>
    compiled(
      body(`input x[t] : R[k]
param W, U, W2, U2
param b, b2 = 0
z[0] = 0
z[t] : R[n] = tanh(W z[t-1] + U ${first} + b)
h[0] = 0
output h[t] : R[n] = tanh(W2 h[t-1] + U2 [z[t]; ${second}] + b2)
minimize sum[t](sumsq(h[t] - 0.2))`),
      { wrt: ["x"] },
    );
  const params = values(paramsOf(stack.model, 6));
  const own = { W: "1.W", U: "1.U", b: "1.b", W2: "2.W", U2: "2.U", b2: "2.b" };
  const x = sequence(6, 4, 2);
  const byInput = (model: ReturnType<typeof written>) => {
    const given = Object.fromEntries(Object.entries(own).map(([name, path]) => [name, params[`h.z.${path}`]!]));
    return gradientOf(model, paramsOf(model.model, 6, given), { x }).gradient.x!;
  };
  const whole = gradientOf(stack, paramsOf(stack.model, 6), { x }).gradient.x!;
  close(whole, plus(byInput(written("x[t]", "stop(x[t])")), byInput(written("stop(x[t])", "x[t]"))));
});

test("bidirectional layers stack: the sizes of the upper ones follow from those below", () => {
  const { params } = around("BiStack(GRU, n, 3)(x[t])").model;
  assert.deepEqual(params.find(({ path }) => path === "h.z.1.f.Wz")?.shape, [3, 2]);
  assert.deepEqual(params.find(({ path }) => path === "h.z.3.g.Wz")?.shape, [3, 6]);
});

/** The halves of a bidirectional layer share their parameters. */
const tied = (model: ReturnType<typeof around>, seed: number) => {
  const params = values(paramsOf(model.model, seed));
  return paramsOf(
    model.model,
    seed,
    Object.fromEntries(Object.entries(params).map(([path]) => [path, params[path.replace(".g.", ".f.")]!])),
  );
};

test("with tied parameters, reversing the input reverses the output in time and swaps its halves", () => {
  for (const cell of ["RNN", "LSTM"]) {
    const model = around(`Bi(${cell}, n)(x[t])`);
    fc.assert(
      fc.property(seeds, fc.nat(4), (seed, length) => {
        const x = sequence(seed, length, 2);
        const there = rows(outputsOf(model, tied(model, seed), { x }).h!, 6);
        const back = rows(outputsOf(model, tied(model, seed), { x: [...x].reverse() }).h!, 6);
        const swapped = [...back].reverse().map((row) => [...row.slice(3), ...row.slice(0, 3)]);
        close(there.flat(), swapped.flat());
      }),
      runs(),
    );
  }
});

test("every output of a bidirectional layer depends on every input, those of a unidirectional one on the past", () => {
  const dependence = (value: string) => {
    const model = around(value);
    const params = paramsOf(model.model, 3);
    const x = sequence(3, 4, 2);
    const size = model.model.outputs[0]!.shape[0]!;
    const base = rows(outputsOf(model, params, { x }).h!, size);
    return x.map((row, j) => {
      const moved = rows(
        outputsOf(model, params, {
          x: x.with(
            j,
            row.map((value) => value + 0.1),
          ),
        }).h!,
        size,
      );
      return base.map((before, t) => before.some((value, i) => value !== moved[t]![i]));
    });
  };
  assert.ok(dependence("Bi(RNN, n)(x[t])").flat().every(Boolean));
  assert.deepEqual(
    dependence("RNN(n)(x[t])"),
    [0, 1, 2, 3].map((j) => [0, 1, 2, 3].map((t) => t >= j)),
  );
});

test("the directions are merged by concatenation, sum, mean or maximum", () => {
  const whole = around("Bi(RNN, n)(x[t])");
  const x = sequence(11, 4, 2);
  const params = paramsOf(whole.model, 11);
  const halves = rows(outputsOf(whole, params, { x }).h!, 6);
  const merged = (cell: string) => {
    const model = around(`${cell}(RNN, n)(x[t])`);
    return outputsOf(model, paramsOf(model.model, 11, values(params)), { x }).h!;
  };
  const by = (f: (a: number, b: number) => number) =>
    halves.flatMap((row) => row.slice(0, 3).map((value, i) => f(value, row[3 + i]!)));
  close(
    merged("BiSum"),
    by((a, b) => a + b),
  );
  close(
    merged("BiMean"),
    by((a, b) => (a + b) / 2),
  );
  close(merged("BiMax"), by(Math.max));
});

test("where both directions are equal, the gradient of their maximum is one subgradient, not their sum", () => {
  const model = around("BiMax(RNN, n)(x[t])");
  const single = around("RNN(n)(x[t])");
  const x = sequence(2, 1, 2);
  const params = tied(model, 2);
  const alone = paramsOf(single.model, 2, {
    "h.W": [...params["h.f.W"]!],
    "h.U": [...params["h.f.U"]!],
    "h.b": [...params["h.f.b"]!],
  });
  const { gradient } = gradientOf(model, params, { x });
  close(plus(gradient["h.f.U"]!, gradient["h.g.U"]!), gradientOf(single, alone, { x }).gradient["h.U"]!);
});

test("in a padded batch a bidirectional LSTM gives each example what it gives it alone", () => {
  const model = around("Bi(LSTM, n)(x[t])");
  const params = paramsOf(model.model, 5);
  const examples = [4, 1, 2].map((length) => ({ x: sequence(length, length, 2) }));
  const { data, shape } = model.forward(params, model.pack(examples)).h!;
  const [, batch, size] = shape as readonly [number, number, number];
  examples.forEach((example, b) => {
    const own = example.x.flatMap((_, t) => [...data.slice((t * batch + b) * size, (t * batch + b + 1) * size)]);
    close(own, outputsOf(model, params, example).h!);
  });
});

test("a hierarchy reads each sentence to its own end and then the document, ragged at both levels", () => {
  const model = compiled(
    `import Hierarchy, LSTM, GRU from "std"
model M(n = 3) {
  axis s in 1..S
  axis w in 1..W[s]
  input x[s,w] : R[2]
  output h[s] = Hierarchy(LSTM, n, GRU, 2)(x[s,w])
}`,
  );
  const params = paramsOf(model.model, 7);
  const [low, high] = ["low", "h"].map((part) =>
    Object.fromEntries(
      Object.entries(values(params))
        .filter(([path]) => path.startsWith(`h.${part}.`))
        .map(([path, data]) => [path.replace(`h.${part}.`, "h."), data]),
    ),
  );
  const lowCell = around("LSTM(n)(x[t])");
  const highCell = compiled(body("input x[t] : R[k]\noutput h[t] = GRU(n)(x[t])"), { statics: { n: 2, k: 3 } });
  const x = [sequence(1, 3, 2), sequence(2, 1, 2), sequence(3, 2, 2)];
  const sentences = x.map((sentence) =>
    outputsOf(lowCell, paramsOf(lowCell.model, 1, low), { x: sentence }).h!.slice(-3),
  );
  close(
    outputsOf(model, params, { x }).h!,
    outputsOf(highCell, paramsOf(highCell.model, 1, high), { x: sentences }).h!,
  );
});
