import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { confusionOf, scoresOf } from "../../src/measure/confusion.ts";
import { metricOf, normals, observed, uniforms } from "./observed.ts";

const symbol = fc.nat(4);
const pairs = fc.array(fc.tuple(symbol, symbol), { minLength: 1, maxLength: 12 });
const manyPairs = fc.array(pairs, { minLength: 1, maxLength: 8 });
const number = fc.double({ min: -50, max: 50, noNaN: true });
const manyNumbers = fc.array(fc.array(fc.tuple(number, number), { minLength: 1, maxLength: 9 }), {
  minLength: 1,
  maxLength: 6,
});

type Pairs = ReadonlyArray<ReadonlyArray<readonly [number, number]>>;
const asObserved = (all: Pairs) =>
  all.map((each) =>
    observed(
      each.map(([actual]) => actual),
      each.map(([, expected]) => expected),
    ),
  );
const near = (found: number | undefined, right: number, told = ""): void =>
  assert.ok(
    found !== undefined && Math.abs(found - right) <= 1e-9 * Math.max(1, Math.abs(right)),
    `${told} ${found} ${right}`,
  );

test("the accuracy is the share of observations, of whatever example, that are told right", () => {
  fc.assert(
    fc.property(manyPairs, (all) => {
      const flat = all.flat();
      near(metricOf("classes", "accuracy", asObserved(all)), flat.filter(([a, b]) => a === b).length / flat.length);
    }),
  );
});

test("a row of the confusion adds up to how often the class occurs, a column to how often it was predicted, the diagonal to what is right", () => {
  fc.assert(
    fc.property(manyPairs, (all) => {
      const confusion = confusionOf(asObserved(all));
      const flat = all.flat();
      const entry = (row: number, column: number): number => confusion.get(row)?.get(column) ?? 0;
      const symbols = [0, 1, 2, 3, 4];
      for (const s of symbols) {
        const sum = (of: (other: number) => number): number => symbols.reduce((total, other) => total + of(other), 0);
        assert.equal(
          sum((other) => entry(s, other)),
          flat.filter(([actual]) => actual === s).length,
        );
        assert.equal(
          sum((other) => entry(other, s)),
          flat.filter(([, expected]) => expected === s).length,
        );
        assert.equal(entry(s, s), flat.filter(([a, b]) => a === s && b === s).length);
      }
    }),
  );
});

test("F1 is the harmonic mean of precision and recall, and the macro F1 its mean over the classes that occur or are predicted", () => {
  fc.assert(
    fc.property(manyPairs, (all) => {
      const flat = all.flat();
      const share = (of: typeof flat, right: (pair: readonly [number, number]) => boolean): number =>
        of.length === 0 ? 0 : of.filter(right).length / of.length;
      const scores = scoresOf(confusionOf(asObserved(all)));
      assert.deepEqual(
        scores.map((score) => score.symbol),
        [...new Set(flat.flat())].sort(),
      );
      for (const { symbol: s, precision, recall, f1, support } of scores) {
        const [taken, there] = [flat.filter(([, b]) => b === s), flat.filter(([a]) => a === s)];
        near(
          precision,
          share(taken, ([a]) => a === s),
        );
        near(
          recall,
          share(there, ([, b]) => b === s),
        );
        near(f1, precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall));
        assert.equal(support, there.length);
      }
      const mean = scores.reduce((total, { f1 }) => total + f1, 0) / scores.length;
      near(metricOf("classes", "macroF1", asObserved(all)), mean);
    }),
  );
});

test("a small classification has the numbers that are worked out by hand", () => {
  // cat cat cat dog dog owl owl owl owl owl, told as cat dog cat dog owl owl owl owl cat owl
  const all = [observed([0, 0, 0, 1], [0, 1, 0, 1]), observed([1, 2, 2], [2, 2, 2]), observed([2, 2, 2], [2, 0, 2])];
  const [cat, dog, owl] = scoresOf(confusionOf(all));
  assert.deepEqual(cat, { symbol: 0, precision: 2 / 3, recall: 2 / 3, f1: 2 / 3, support: 3 });
  assert.deepEqual(dog, { symbol: 1, precision: 1 / 2, recall: 1 / 2, f1: 1 / 2, support: 2 });
  assert.deepEqual(owl, { symbol: 2, precision: 4 / 5, recall: 4 / 5, f1: 4 / 5, support: 5 });
  near(metricOf("classes", "accuracy", all), 0.7);
  near(metricOf("classes", "macroF1", all), 59 / 90);
});

test("a class that never occurs has no recall, one that is never predicted no precision, and both count in the macro F1", () => {
  const all = [observed([0, 0, 1], [0, 2, 0])];
  assert.deepEqual(
    scoresOf(confusionOf(all)).map(({ precision, recall, f1, support }) => [precision, recall, f1, support]),
    [
      [0.5, 0.5, 0.5, 2],
      [0, 0, 0, 1],
      [0, 0, 0, 0],
    ],
  );
  near(metricOf("classes", "macroF1", all), 0.5 / 3);
});

test("MAE is the mean distance, RMSE the root of the mean of its square", () => {
  fc.assert(
    fc.property(manyNumbers, (all) => {
      const flat = all.flat();
      const mean = (of: (a: number, b: number) => number): number =>
        flat.reduce((total, [a, b]) => total + of(a, b), 0) / flat.length;
      near(
        metricOf("reals", "mae", asObserved(all)),
        mean((a, b) => Math.abs(a - b)),
      );
      near(metricOf("reals", "rmse", asObserved(all)), Math.sqrt(mean((a, b) => (a - b) * (a - b))));
    }),
  );
});

test("perplexity is the exponential of the cross-entropy per observation, and bits are its share of a bit", () => {
  const losses = fc.array(fc.array(fc.double({ min: 0, max: 5, noNaN: true }), { minLength: 1, maxLength: 9 }), {
    minLength: 1,
    maxLength: 6,
  });
  fc.assert(
    fc.property(losses, (all) => {
      const seen = all.map((nats) =>
        observed(
          nats.map(() => 0),
          nats.map(() => 0),
          { nats },
        ),
      );
      const flat = all.flat();
      const mean = flat.reduce((a, b) => a + b, 0) / flat.length;
      near(metricOf("classes", "crossEntropy", seen), mean);
      near(metricOf("words", "perplexity", seen), Math.exp(mean));
      near(metricOf("characters", "bits", seen), mean / Math.log(2));
    }),
  );
});

test("of what is drawn from normal distributions, eight in ten and nine in ten lie in the intervals of these distributions", () => {
  const [uniform, normal] = [uniforms(7), normals(8)];
  const all = Array.from({ length: 200 }, () => {
    const [means, deviation] = [Array.from({ length: 20 }, () => 9 * normal()), Array.from({ length: 20 }, uniform)];
    return observed(
      means.map((mean, i) => mean + deviation[i]! * normal()),
      means,
      { deviation },
    );
  });
  assert.ok(Math.abs(metricOf("reals", "coverage80", all)! - 0.8) < 0.02);
  assert.ok(Math.abs(metricOf("reals", "coverage90", all)! - 0.9) < 0.02);
});

test("what is said without a deviation has no coverage, and an example without observations counts nothing", () => {
  assert.equal(metricOf("reals", "coverage90", [observed([1], [2])]), undefined);
  near(metricOf("reals", "mae", [observed([1, 3], [2, 5]), observed([], [])]), 1.5);
});
