import assert from "node:assert/strict";
import { test } from "node:test";
import * as E from "fp-ts/lib/Either.js";
import { shuffleExamples } from "../../src/data/examples.ts";
import { streamText } from "../../src/data/streams.ts";
import type { Example } from "../../src/runtime/interface.ts";
import { divergenceOf } from "../../src/train/divergence.ts";
import { defaultSettings, type Settings } from "../../src/train/settings.ts";
import { beginTraining, diverged, trainStep } from "../../src/train/step.ts";
import { compiledProgram } from "../property/programs.ts";

const settings: Settings = { ...defaultSettings, schedule: { ...defaultSettings.schedule, warmup: 0 } };

/** What is found of the first step, which must diverge. */
const found = (source: string, examples: ReadonlyArray<Example>, precision: "f32" | "f64" = "f32", size = 8) => {
  const compiled = compiledProgram(source, { optimiser: "adam", precision, target: "js" });
  const feed = shuffleExamples(compiled.model, size)(examples);
  assert.ok(E.isRight(feed));
  const begun = beginTraining(compiled, settings);
  assert.ok(diverged(trainStep(compiled, settings, feed.right)(begun)));
  const divergence = divergenceOf(compiled, settings, feed.right, begun);
  const { examples: fed } = feed.right(begun.cursor);
  return { divergence, culprit: divergence.tag === "origin" ? fed[divergence.example] : undefined };
};

const growing = `model M {
  axis t in 1..T
  input x[t] : R
  input d[t] : R
  param s : R = 10
  y[t] = exp(s * x[t])
  z[t] = y[t] + 1
  minimize sum[t]((z[t] - d[t])^2)
}`;

test("what overflows is named by its equation, the position, its operand and the example", () => {
  const small = { x: [0.1, 0.2], d: [0, 0] };
  const large = { x: [0.5, 1, 9.5, 20], d: [0, 0, 0, 0] };
  const { divergence, culprit } = found(growing, [small, large, small]);
  assert.ok(divergence.tag === "origin");
  const { origin, of } = divergence;
  assert.deepEqual(culprit, large);
  assert.equal(of, "loss");
  assert.equal(origin.equation!.node.name, "y");
  assert.equal(origin.equation!.index.t, 3);
  assert.deepEqual(origin.node.op, { tag: "map", fn: "exp" });
  assert.equal(origin.operands.length, 1);
  assert.ok(Math.abs(origin.operands[0]!.least - 95) < 1e-4);
  assert.ok(Math.abs(origin.operands[0]!.greatest - 95) < 1e-4);
});

test("in double precision another position is the first, as its numbers reach further", () => {
  const { divergence } = found(growing, [{ x: [0.5, 9.5, 80], d: [0, 0, 0] }], "f64");
  assert.ok(divergence.tag === "origin");
  assert.equal(divergence.origin.equation!.index.t, 3);
});

test("what is a number in the form that is computed is no reason, though it overflows as it is written", () => {
  const source = `model M {
  axis t in 1..T
  input x[t] : R
  param s : R = 1
  big[t] = exp(200 * s)
  small[t] = log(big[t])
  y[t] = exp(s * x[t])
  minimize sum[t](small[t] + y[t])
}`;
  const { divergence } = found(source, [{ x: [1, 2, 90] }]);
  assert.ok(divergence.tag === "origin");
  assert.deepEqual([divergence.origin.equation!.node.name, divergence.origin.equation!.index.t], ["y", 3]);
});

test("of a recurrence it is the first step, not those that take it over; the range goes over the components", () => {
  const source = `model M {
  axis t in 1..T
  input x[t] : R[2]
  param W : R[2,2] = 1
  h[0] = 0
  h[t] : R[2] = W h[t-1] + 1 / x[t]
  minimize dot(h[T], h[T])
}`;
  const { divergence } = found(source, [
    {
      x: [
        [1, 2],
        [4, 0],
        [0, 0],
        [1, 1],
      ],
    },
  ]);
  assert.ok(divergence.tag === "origin");
  assert.equal(divergence.origin.equation!.node.name, "h");
  assert.equal(divergence.origin.equation!.index.t, 2);
  assert.deepEqual(divergence.origin.node.op, { tag: "map", fn: "div" });
  assert.deepEqual(divergence.origin.operands.at(-1), { least: 0, greatest: 4 });
});

test("of a long text it is found in the window that goes on from the others, whether steps add windows up or not", () => {
  const source = `model M {
  axis t in 1..T
  param b : R = 0
  param a : R[2] = 0
  h[0] = 1
  h[t] = 10 * h[t-1]
  y[0] = 0
  y[t] : symbol[2] ~ categorical(softmax([1e-10 * b * h[t]; a[y[t-1]]]))
}`;
  for (const accumulate of [1, 2]) {
    const compiled = compiledProgram(source, { optimiser: "sgd", precision: "f32", target: "js" });
    const text = Int32Array.from({ length: 400 }, (_, i) => (i * i) % 2);
    const feed = streamText("y", { streams: 2, window: 25 })(text);
    assert.ok(E.isRight(feed));
    // Nothing is learned: b stays 0.
    const still: Settings = {
      ...settings,
      optimiser: { name: "sgd", constants: {} },
      schedule: { rate: 1e-45, decay: "constant", warmup: 0, steps: 9 },
      accumulate,
    };
    let [before, after] = [beginTraining(compiled, still), beginTraining(compiled, still)];
    do [before, after] = [after, trainStep(compiled, still, feed.right)(after)];
    while (!diverged(after) && after.step < 9);
    const divergence = divergenceOf(compiled, still, feed.right, before);
    assert.ok(divergence.tag === "origin", divergence.tag);
    // 10^39 is beyond all numbers: the 14th of the second window.
    assert.equal(divergence.origin.equation!.node.name, "h");
    assert.equal(divergence.origin.equation!.index.t, 14);
    assert.equal(after.step, accumulate === 1 ? 2 : 1);
  }
});

test("where the loss is finite it is its gradient, or else the step", () => {
  const root = `model M {
  input x : R
  param s : R = 0
  minimize sqrt(s) * x
}`;
  const { divergence } = found(root, [{ x: 1 }]);
  assert.ok(divergence.tag === "origin");
  assert.equal(divergence.of, "gradient");
  const line = `model M {
  input x : R
  param s : R = 1e38
  minimize s * x
}`;
  const compiled = compiledProgram(line, { optimiser: "sgd", precision: "f32", target: "js" });
  const feed = shuffleExamples(compiled.model, 1)([{ x: 1 }]);
  assert.ok(E.isRight(feed));
  const far: Settings = {
    ...settings,
    optimiser: { name: "sgd", constants: {} },
    schedule: { rate: 1e39, decay: "constant", warmup: 0, steps: 1 },
  };
  const begun = beginTraining(compiled, far);
  assert.ok(diverged(trainStep(compiled, far, feed.right)(begun)));
  assert.deepEqual(divergenceOf(compiled, far, feed.right, begun), { tag: "step" });
});

test("a gradient whose norm no number holds diverges: it would be clipped to nothing in silence", () => {
  const source = `model M {
  input x : R
  param w : R[2] = 1
  minimize x * sum(w)
}`;
  const { divergence } = found(source, [{ x: 1e30 }]);
  assert.equal(divergence.tag, "step");
});
