import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Compiled } from "../../src/compile.ts";
import {
  batchOrderDoesNotMatter,
  gradientAgreesWithDifferences,
  type Law,
  paddingDoesNotMatter,
  stepEqualsForward,
} from "../../src/property/index.ts";
import { mustAgree } from "../../src/property/law.ts";
import { everywhere, withGradient } from "../check/wrong.ts";
import { compiledExample } from "../emit/examples.ts";
import { compiledProgram } from "./programs.ts";

const elman = compiledExample("elman.rnn", { statics: { k: 2, n: 3, m: 2 } });

const counterexample = <Given extends [unknown, ...Array<unknown>]>(law: Law<Given>): Given => {
  const { failed, counterexample: found } = fc.check(law, { numRuns: 50, seed: 1 });
  assert.ok(failed && found !== null, "the fault is not found");
  return found;
};

test("a gradient that is wrong in one element is found, and the direction shrinks to that element", () => {
  const wrong: Compiled = {
    ...elman,
    gradient: (params, batch, state) => {
      const result = elman.gradient(params, batch, state);
      result.gradient.W![4]! += 0.1;
      return result;
    },
  };
  const [, , direction] = counterexample(gradientAgreesWithDifferences(wrong));
  const moved = Object.entries(direction).flatMap(([path, values]) =>
    Array.from(values).flatMap((value, i) => (value === 0 ? [] : [`${path}[${i}]`])),
  );
  assert.deepEqual(moved, ["W[4]"]);
});

test("an output that depends on padding is found, with one example of one position", () => {
  const wrong: Compiled = {
    ...elman,
    forward: (params, batch) => {
      const found = elman.forward(params, batch);
      return { ...found, p: { ...found.p!, data: found.p!.data.map((value) => value + 1e-6 * batch.longest.T!) } };
    },
  };
  const [, { examples }] = counterexample(paddingDoesNotMatter(wrong));
  assert.deepEqual(examples, [{ x: [[0, 0]], y: [0] }]);
});

test("a loss that depends on the order of the examples is found", () => {
  const wrong: Compiled = {
    ...elman,
    gradient: (params, batch, state) => {
      const found = elman.gradient(params, batch, state);
      return { ...found, loss: found.loss + 0.01 * batch.values.y![0]! };
    },
  };
  assert.equal(counterexample(batchOrderDoesNotMatter(wrong))[1].examples.length, 2);
});

test("a step that forgets its state is found, with the two positions that it takes", () => {
  const wrong: Compiled = {
    ...elman,
    step: (params, _, input) => elman.step(params, elman.start(params), input),
  };
  assert.equal((counterexample(stepEqualsForward(wrong))[1].x as ReadonlyArray<unknown>).length, 2);
});

const bent = ["relu(w)", "abs(w)", "max(w, 0)", "w * sign(w)", "if w < 0 then 0 else w"];
for (const expression of bent)
  test(`at a kink there is nothing to compare: ${expression}`, () => {
    const model = compiledProgram(`model M { param w = 0\n param v = 0\n minimize ${expression} + v^2 }`);
    const atKink = { w: Float64Array.of(0), v: Float64Array.of(0.5) };
    const law = gradientAgreesWithDifferences({ ...model, init: () => atKink });
    assert.equal(fc.check(law, { numRuns: 60, seed: 3 }).failed, false);
  });

test("a wrong gradient beside a kink is found all the same", () => {
  const model = compiledProgram("model M { param w = 0\n minimize abs(w) + w^2 }");
  counterexample(
    gradientAgreesWithDifferences(
      withGradient(
        model,
        everywhere((value) => 1.1 * value),
      ),
    ),
  );
});

test("a gradient of 0 is found wrong at any size of the loss, and so is one that is not a number", () => {
  for (const factor of [1e-9, 1e-3, 1, 1e9])
    for (const wrong of [0, Number.NaN, Number.POSITIVE_INFINITY]) {
      const model = compiledProgram(`model M { param w = 1\n minimize ${factor} * w^2 }`);
      counterexample(
        gradientAgreesWithDifferences(
          withGradient(
            model,
            everywhere(() => wrong),
          ),
        ),
      );
    }
});

test("what is not a number agrees with nothing, itself included", () => {
  assert.throws(() => mustAgree("a value", [Number.NaN], [Number.NaN], 1e-10));
  assert.throws(() => mustAgree("a value", [1], [Number.NaN], 1e-10));
  mustAgree("a value", [Number.NEGATIVE_INFINITY, 1], [Number.NEGATIVE_INFINITY, 1], 1e-10);
});
