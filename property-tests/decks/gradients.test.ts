import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { termed } from "../../src/flow/terms.ts";
import { schedule } from "../../src/schedule/schedule.ts";
import { differentiate } from "../../src/transform/differentiate.ts";
import { body, close, compiled, gradientOf, noise, outputsOf, paramsOf, runs, sequence } from "../std/compiled.ts";
import { equivalent } from "./alike.ts";
import { identity, outer, plus, product, rows, scaledRows, times, transposed, type Vector } from "./matrices.ts";

const seeds = fc.integer({ min: 1, max: 100_000 });
const length = 4;

/** Elman's network with a squared loss whose steps are weighed by an input, so that each can be had alone. */
const network = (previous: string, extra = "") =>
  compiled(
    body(
      `input x[t] : R[2]
input weight[t] : R
param U, W, V
param b, c = 0
param s0 : R[3] ~ normal(0, 1)
s[0] = s0
output s[t] : R[3] = tanh(b + W ${previous} + U x[t])
o[t] : R[2] = c + V s[t]
${extra}
minimize sum[t](weight[t] * sumsq(o[t]) / 2)`,
      "k = 2",
    ),
  );
const whole = network("s[t-1]");
const seed = 12;
const params = paramsOf(whole.model, seed);
const x = sequence(seed, length, 2);
const only = (wanted: number): Vector => x.map((_, t) => Number(t === wanted));
const all = x.map(() => 1);
const gradientAt = (weight: Vector, model = whole) => gradientOf(model, params, { x, weight }).gradient;
const [_U, W, V, c, s0] = ["U", "W", "V", "c", "s0"].map((name): Vector => [...params[name]!]) as [
  Vector,
  Vector,
  Vector,
  Vector,
  Vector,
];
const states = rows(outputsOf(whole, params, { x, weight: all }).s!, 3);
const before = (t: number): Vector => (t === 0 ? s0 : states[t - 1]!);
/** ∂s[t]/∂s[t-1] = diag(1 - s[t]^2) W. */
const step = (t: number): Vector =>
  scaledRows(
    states[t]!.map((value) => 1 - value * value),
    W,
  );
/** ∂s[t]/∂s[k]: the product of the steps between, the latest on the left. */
const jacobian = (t: number, k: number): Vector =>
  Array.from({ length: t - k }, (_, i) => step(t - i)).reduce((left, right) => product(left, right, 3), identity(3));
const outputError = (t: number): Vector => plus(c, times(V, states[t]!));
const atState = (t: number): Vector => times(transposed(V, 3), outputError(t));
/** What step t contributes to the gradient of W by the state at k. */
const contribution = (t: number, k: number, between = jacobian(t, k)): Vector => {
  const reached = times(transposed(between, 3), atState(t));
  return outer(
    reached.map((value, i) => value * (1 - states[k]![i]! ** 2)),
    before(k),
  );
};
const upTo = (t: number) => Array.from({ length: t + 1 }, (_, k) => k);

test("the gradient of a sum over time is the sum of the gradients, and steps that do not count contribute exactly 0", () => {
  const parts = upTo(length - 1).map((t) => gradientAt(only(t)));
  for (const [path, values] of Object.entries(gradientAt(all)))
    close(values, plus(...parts.map((part) => part[path]!)));
  for (const values of Object.values(gradientAt(x.map(() => 0)))) assert.ok(values.every((value) => value === 0));
});

test("what each step adds to the gradient of W is told, from every earlier position apart, and all of it together is the gradient", () => {
  const sizes = fc.record({
    drawn: seeds,
    n: fc.integer({ min: 1, max: 4 }),
    k: fc.integer({ min: 1, max: 3 }),
    T: fc.integer({ min: 1, max: 5 }),
  });
  fc.assert(
    fc.property(sizes, ({ drawn, n, k, T }) => {
      const model = compiled(
        body(
          `input x[t] : R[k]\ninput weight[t] : R\nparam U, W\nparam b = 0\ns[0] = 0.1\ns[t] : R[n] = tanh(b + W s[t-1] + U x[t])\nminimize sum[t](weight[t] * sumsq(s[t]) / 2)`,
        ),
        { statics: { n, k } },
      );
      const [own, inputs] = [paramsOf(model.model, drawn), sequence(drawn, T, k)];
      const gradientOfW = (weight: Vector): Vector => gradientOf(model, own, { x: inputs, weight }).gradient.W!;
      const [along] = termed(model.elaborated);
      const parts = upTo(T - 1).map((t) => {
        const terms = rows([...along!.termsAt(own, { x: inputs, weight: inputs.map(() => 1) }, t, T)[0]!], n * n);
        assert.ok(
          terms.slice(t + 1).every((term) => term.every((value) => value === 0)),
          "none from later positions",
        );
        return plus(...terms);
      });
      parts.forEach((part, t) => {
        equivalent({ W: part }, { W: gradientOfW(inputs.map((_, s) => Number(s === t))) });
      });
      equivalent({ W: plus(...parts) }, { W: gradientOfW(inputs.map(() => 1)) });
    }),
    runs(8),
  );
});

test("the gradient of W is the double sum over steps t and k <= t, through an ordered product of Jacobians", () => {
  for (const t of upTo(length - 1))
    close(gradientAt(only(t)).W!, plus(...upTo(t).map((k) => contribution(t, k))), 1e-11);
  const double = upTo(length - 1).flatMap((t) => upTo(t).map((k) => contribution(t, k)));
  close(gradientAt(all).W!, plus(...double), 1e-11);
});

test("with the Jacobians in the other order, or one too many of them, the sum is another", () => {
  const t = length - 1;
  const reversed = (k: number): Vector =>
    Array.from({ length: t - k }, (_, i) => step(k + 1 + i)).reduce(
      (left, right) => product(left, right, 3),
      identity(3),
    );
  const fromTheFirst = (): Vector => jacobian(t, 0);
  const differs = (between: (k: number) => Vector) => {
    const wrong = plus(...upTo(t).map((k) => contribution(t, k, between(k))));
    assert.ok(gradientAt(only(t)).W!.some((value, i) => Math.abs(value - wrong[i]!) > 1e-4));
  };
  differs(reversed);
  differs(fromTheFirst);
});

test("the derivative at the state instead of at the pre-activation is not the gradient", () => {
  const t = length - 1;
  const misread = (k: number): Vector =>
    Array.from({ length: t - k }, (_, i) =>
      scaledRows(
        before(t - i).map((value) => 1 - Math.tanh(value) ** 2),
        W,
      ),
    ).reduce((left, right) => product(left, right, 3), identity(3));
  const wrong = plus(...upTo(t).map((k) => contribution(t, k, misread(k))));
  assert.ok(gradientAt(only(t)).W!.some((value, i) => Math.abs(value - wrong[i]!) > 1e-4));
});

test("the immediate term alone, with the last state held constant, is not the gradient but the forward pass is the same", () => {
  const truncated = network("stop(s[t-1])");
  const t = length - 1;
  close(outputsOf(truncated, params, { x, weight: all }).s!, states.flat());
  close(gradientAt(only(t), truncated).W!, contribution(t, t), 1e-11);
  assert.ok(gradientAt(only(t)).W!.some((value, i) => Math.abs(value - contribution(t, t)[i]!) > 1e-4));
});

test("the gradient of V needs no time: it has one term a step, and no loop runs backwards for it", () => {
  close(gradientAt(only(2)).V!, outer(outputError(2), states[2]!));
  const circuit = whole.circuits.loss!;
  const ofParameter = (path: string) => {
    const leaf = circuit.nodes.find(({ op }) => op.tag === "parameter" && op.path === path)!.op;
    const { blocks } = schedule(
      differentiate({ wrt: [leaf as Extract<typeof leaf, { readonly tag: "parameter" }>] })(circuit),
    );
    return blocks.filter(({ title }) => title.startsWith("scan")).length;
  };
  assert.deepEqual([ofParameter("V"), ofParameter("W")], [1, 2]);
});

test("the adjoint is the slide's recurrence, W^T (1 - h^2) * g from the step after and V^T d from the step itself", () => {
  const adjoint = compiled(
    body(
      `input h[t] : R[3]
input d[t] : R[2]
param W : R[3,3]
param V : R[2,3]
h[T+1] = 0
g[T+1] = 0
output g[t] = W^T ((1 - h[t+1]^2) * g[t+1]) + V^T d[t]`,
      "",
    ),
  );
  const d = upTo(length - 1).map(outputError);
  const g = rows(outputsOf(adjoint, paramsOf(adjoint.model, 1, { W, V }), { h: states, d }).g!, 3);
  close(g[length - 1]!, times(transposed(V, 3), d[length - 1]!));
  const atActivation = g.map((row, t) => row.map((value, i) => value * (1 - states[t]![i]! ** 2)));
  const { W: byW, U: byU, b, s0: byState } = gradientAt(all);
  close(b!, plus(...atActivation), 1e-11);
  close(byW!, plus(...atActivation.map((row, t) => outer(row, before(t)))), 1e-11);
  close(byU!, plus(...atActivation.map((row, t) => outer(row, x[t]!))), 1e-11);
  close(byState!, times(transposed(W, 3), atActivation[0]!), 1e-11);
});

test("one step's Jacobian is diag(f') U: each of its rows is the gradient of one component", () => {
  const model = compiled(
    body(
      "input v : R[3]\ninput x[t] : R[2]\ninput h0 : R[3]\nparam W, U\nh[0] = h0\nh[t] = tanh(W h[t-1] + U x[t])\noutput last = h[T]\nminimize dot(v, h[T])",
      "k = 2",
    ),
    { wrt: ["h0"] },
  );
  fc.assert(
    fc.property(seeds, (drawn) => {
      const own = paramsOf(model.model, drawn);
      const example = { x: sequence(drawn, 1, 2), h0: noise(drawn + 5, 3) };
      const last = outputsOf(model, own, { ...example, v: [0, 0, 0] }).last!;
      const byRows = [0, 1, 2].flatMap(
        (i) => gradientOf(model, own, { ...example, v: [0, 1, 2].map((j) => Number(i === j)) }).gradient.h0!,
      );
      close(
        byRows,
        scaledRows(
          last.map((value) => 1 - value * value),
          [...own.W!],
        ),
        1e-11,
      );
    }),
    runs(),
  );
});

test("a gradient has the layout of its parameter: the transposed program has the transposed gradient", () => {
  const model = (product: string, shape: string) =>
    compiled(`model M {\n  input x : R[2]\n  param A : ${shape}\n  minimize sum(sin(${product}))\n}`);
  const [plain, turned] = [model("A x", "R[3,2]"), model("A^T x", "R[2,3]")];
  const A = noise(3, 6);
  const at = { x: [0.4, -0.7] };
  const first = gradientOf(plain, paramsOf(plain.model, 1, { A }), at).gradient.A!;
  const second = gradientOf(turned, paramsOf(turned.model, 1, { A: transposed(A, 2) }), at).gradient.A!;
  assert.deepEqual([first.length, second.length], [6, 6]);
  close(transposed(first, 2), second);
});

test("of the log-likelihood of a softmax, the gradient by the logits is p - y, finite at any logits", () => {
  const model = compiled(body("input o[t] : R[3]\noutput p[t] = softmax(o[t])\ny[t] ~ categorical(p[t])", ""), {
    wrt: ["o"],
  });
  fc.assert(
    fc.property(seeds, fc.constantFrom(1, 1000), (drawn, scale) => {
      const o = sequence(drawn, 3, 3).map((row) => row.map((value) => scale * value));
      const y = [0, 1, 2];
      const { gradient, loss } = gradientOf(model, {}, { o, y });
      const p = rows(outputsOf(model, {}, { o, y }).p!, 3);
      assert.ok(Number.isFinite(loss));
      close(
        gradient.o!,
        p.flatMap((row, t) => row.map((value, i) => value - Number(i === y[t]))),
      );
    }),
    runs(10),
  );
});
