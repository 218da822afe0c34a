import assert from "node:assert/strict";
import { test } from "node:test";
import { compileModel } from "../../src/compile.ts";
import { noCoding } from "../../src/data/coding/coding.ts";
import { valuesIn } from "../../src/data/examples.ts";
import { predict } from "../../src/data/predicted.ts";
import { measured } from "../../src/measure/measure.ts";
import { metrics } from "../../src/measure/metrics.ts";
import { lossOf, observationsOf } from "../../src/measure/observations.ts";
import { targetsOf } from "../../src/measure/target.ts";
import { settingsOf } from "../../src/module/settings.ts";
import type { Example } from "../../src/runtime/interface.ts";
import { judged, weighed } from "../../src/transform/judged.ts";
import { compiledProgram } from "../property/programs.ts";

/** Every family, over no, one and two axes that are not in the order of their declaration, scalars and vectors, weighed. */
const source = `model All(V = 4) {
  axis t in 1..T
  axis s in 1..S
  input x[t], m[t]
  param E : R[V] ~ normal(0, 1)
  param F : R[V] ~ normal(0, 1)
  param u : R[2] ~ normal(0, 1)
  param a = 0.3
  h[t] = tanh(a * x[t])
  output p[t] = softmax(E * h[t] + F)
  y[t] : symbol[V] ~ categorical(p[t]) weight m[t]
  output q[s,t] = sigmoid(a * x[t] - 0.2)
  z[s,t] ~ bernoulli(q[s,t])
  output mu[t] = u * h[t]
  v[t] : R[2] ~ normal(mu[t], 0.5 + 0.1 * m[t])
  c : symbol[V] ~ categorical(softmax(F))
  minimize 0.25 * a * T
}`;
const compiled = compiledProgram(source);
const params = { ...compiled.init(3), a: Float64Array.of(0.7) };
const examples: ReadonlyArray<Example> = [
  {
    x: [1, -2, 0.5],
    m: [1, 0, 2],
    y: [0, 3, 2],
    z: [
      [1, 0, 1],
      [0, 0, 1],
    ],
    v: [
      [0.1, 1],
      [2, -1],
      [0, 0],
    ],
    c: 1,
  },
  { x: [0.3], m: [1], y: [null], z: [[1]], v: [null], c: 3 },
  {
    x: [2, 1],
    m: [0, 0.5],
    y: [1, 1],
    z: [
      [null, 1],
      [0, 0],
      [1, 1],
    ],
    v: [null, [3, 4]],
    c: null,
  },
];

for (const target of ["js", "wasm"] as const) {
  const model = compileModel(settingsOf({ precision: "f64", target, exports: ["pack", "forward"] }))(
    judged(compiled.elaborated),
  );
  const predictions = predict(model, params, examples);

  test(`what a model judges adds up to its own loss of each example, weights, gaps and what is minimized besides among it (${target})`, () => {
    for (const [i, example] of examples.entries()) {
      const right = compiled.loss(params, compiled.pack([example]));
      const found = lossOf(model.model, example, predictions[i]!);
      assert.ok(Math.abs(found - right) < 1e-12 * Math.max(1, Math.abs(right)), `${found} ${right}`);
    }
  });

  test(`what is expected of a target is the best of its own distribution, in the order of its indices (${target})`, () => {
    const outputs = predict(compiled, params, examples) as ReadonlyArray<Record<string, never>>;
    const [y, z, v] = targetsOf(model.model, noCoding, null);
    for (const [i, example] of examples.entries()) {
      const said = [y!, z!, v!].map((each) => observationsOf(model.model, each, example, predictions[i]!));
      const { p, q, mu } = outputs[i]! as unknown as Record<"p" | "q" | "mu", number[][]>;
      for (const [k, place] of said[0]!.places.entries())
        assert.equal(said[0]!.said.expected[k], p[place]!.indexOf(Math.max(...p[place]!)));
      for (const [k, place] of said[1]!.places.entries())
        assert.equal(said[1]!.said.expected[k], q.flat()[place]! > 0.5 ? 1 : 0);
      for (const [k, place] of said[2]!.places.entries())
        assert.ok(Math.abs(said[2]!.said.expected[k]! - mu.flat()[place]!) < 1e-12);
    }
  });

  test(`each value counts once if it is given and weighs something, however much (${target})`, () => {
    const counts = targetsOf(model.model, noCoding, null).map((each) =>
      examples.map((example, i) => observationsOf(model.model, each, example, predictions[i]!).places.length),
    );
    assert.deepEqual(counts, [
      [2, 0, 1],
      [6, 1, 5],
      [6, 0, 2],
      [1, 1, 0],
    ]);
  });
}

test("the model that tells weights alone tells the same of them", () => {
  const scales = compileModel(settingsOf({ precision: "f64", exports: ["pack", "forward"] }))(
    weighed(compiled.elaborated),
  );
  assert.deepEqual(
    scales.model.outputs.map(({ name }) => name),
    ["$judged.weight.y"],
  );
  assert.deepEqual(
    predict(scales, params, examples).map((each) => each["$judged.weight.y"]),
    examples.map(({ m }) => m),
  );
});

test("of symbols that are as probable the first is expected", () => {
  const even = compiledProgram(
    "model M {\n  axis t in 1..T\n  param b : R[3] = 0\n  y[t] : symbol[3] ~ categorical(softmax(b))\n}",
  );
  const model = compileModel(settingsOf({ exports: ["pack", "forward"] }))(judged(even.elaborated));
  const [said] = predict(model, even.init(1), [{ y: [2, 1] }]);
  assert.deepEqual(said!["$judged.best.y"], [0, 0]);
});

test("a report runs the model once for every example, and has a row for it and each baseline with every metric of the kind", () => {
  const model = compileModel(settingsOf({ precision: "f64", exports: ["pack", "forward"] }))(
    judged(compiled.elaborated),
  );
  const targets = targetsOf(model.model, noCoding, null);
  let ran = 0;
  const report = measured({
    model: model.model,
    targets,
    situations: { count: examples.length, at: (index) => ({ example: examples[index]!, sample: undefined }) },
    predict: (chunk) => {
      ran += chunk.length;
      return predict(model, params, chunk);
    },
    size: 2,
    baselines: new Map([
      [targets[0]!, [{ name: "zero", says: (_, at) => ({ expected: new Float64Array(at.length) }) }]],
    ]),
    resampling: { seed: 1, resamples: 20 },
  });
  assert.equal(ran, examples.length);
  assert.deepEqual(
    report.targets.map(({ rows }) => rows.map(({ name }) => name)),
    [["model", "zero"], ["model"], ["model"], ["model"]],
  );
  for (const { target, rows } of report.targets)
    for (const { estimates } of rows) assert.equal(estimates.length, metrics[target.kind].length);
  assert.deepEqual(
    report.targets[0]!.rows[1]!.estimates.map((estimate) => estimate === undefined),
    [false, false, true, true],
  );
  const total = examples.reduce((sum, example) => sum + compiled.loss(params, compiled.pack([example])), 0);
  const values = examples.reduce((sum, example) => sum + valuesIn(compiled.model, example), 0);
  assert.ok(Math.abs(report.loss.value - total / values) < 1e-12);
});
