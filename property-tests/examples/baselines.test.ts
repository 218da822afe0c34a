import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { aligned, alignedLetters } from "../../examples/tasks/baselines/aligned.ts";
import {
  commonestOf,
  commonestOfEach,
  commonestSequence,
  commonestValue,
  sharesOfValues,
} from "../../examples/tasks/baselines/commonest.ts";
import { commonestByEnding } from "../../examples/tasks/baselines/endings.ts";
import { symbolPairs } from "../../examples/tasks/baselines/pairs.ts";
import { meanOfSeasons } from "../../examples/tasks/baselines/seasonal.ts";
import { kneserNey, trigrams } from "../../examples/tasks/baselines/trigrams.ts";
import { distance, errorRate } from "../../examples/tasks/distance.ts";
import type { Example } from "../../src/runtime/interface.ts";

const near = (found: number, wanted: number): void =>
  assert.ok(Math.abs(found - wanted) <= 1e-9 * Math.max(1, Math.abs(wanted)), `${found}, not ${wanted}`);
const symbols = fc.nat({ max: 4 });
const texts = fc.array(fc.array(symbols, { minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 8 });
const asTargets = (all: ReadonlyArray<ReadonlyArray<number>>): ReadonlyArray<Example> => all.map((y) => ({ y }));

test("nothing occurs more often than the commonest", () => {
  fc.assert(
    fc.property(fc.array(symbols, { minLength: 1 }), (all) => {
      const times = (symbol: number): number => all.filter((other) => other === symbol).length;
      const best = commonestOf(all)!;
      assert.ok(all.every((symbol) => times(symbol) <= times(best)));
    }),
  );
  assert.equal(commonestOf([]), undefined);
});

test("always the commonest value is right as often as it occurs, on what it was counted on as often as any", () => {
  const training = asTargets([[1, 1, 0], [2]]);
  near(commonestValue().measure(training, asTargets([[1, 0], [1]])), 2 / 3);
  fc.assert(
    fc.property(texts, symbols, (all, guess) => {
      const values = all.flat();
      const right = commonestValue().measure(asTargets(all), asTargets(all));
      assert.ok(right >= values.filter((value) => value === guess).length / values.length);
    }),
  );
});

test("the commonest sequence is right where it is the whole target", () => {
  const training = asTargets([[1, 2], [1, 2], [3]]);
  near(commonestSequence.measure(training, asTargets([[1, 2], [1], [1, 2, 0], [1, 2]])), 1 / 2);
});

test("each word has its commonest label, a new word the commonest of all; words may be known by several symbols", () => {
  const training = [
    { w: [7, 7, 7, 8], c: [0, 0, 1, 0], y: [1, 1, 2, 2] },
    { w: [8], c: [0], y: [2] },
  ];
  near(commonestOfEach().measure(training, [{ w: [7, 8, 9], c: [1, 0, 0], y: [2, 2, 2] }]), 2 / 3);
  near(commonestOfEach(["w", "c"]).measure(training, [{ w: [7, 8, 9], c: [1, 0, 0], y: [2, 2, 2] }]), 1);
});

test("the loss by the frequencies of values, on what they were counted on, is their entropy", () => {
  const all = asTargets([[1, 2, 2, 3]]);
  near(sharesOfValues().measure(all, all), 1.5 * Math.LN2);
});

test("an ending of three letters decides, where it is not known one of two, and so on", () => {
  const training = [
    { w: [1, 2, 3, 4], y: 0 },
    { w: [9, 3, 4], y: 1 },
    { w: [8, 3, 4], y: 1 },
    { w: [4], y: 2 },
  ];
  const of = (w: ReadonlyArray<number>, y: number): number => commonestByEnding(3).measure(training, [{ w, y }]);
  assert.deepEqual([of([5, 2, 3, 4], 0), of([5, 3, 4], 1), of([4], 2), of([6, 6], 1)], [1, 1, 1, 1]);
});

test("letter pairs: one is added to every count, and 0 stands before the first", () => {
  near(symbolPairs(2).measure(asTargets([[1, 1]]), asTargets([[1]])), -Math.log(2 / 3));
  near(symbolPairs(2).measure(asTargets([[1, 1]]), asTargets([[1, 0]])), (-Math.log(2 / 3) - Math.log(1 / 3)) / 2);
});

test("a series that repeats itself is forecast without an error from any number of its seasons, and scales with it", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 2, maxLength: 7 }),
      fc.integer({ min: 1, max: 3 }),
      fc.integer({ min: 1, max: 5 }),
      (season, seasons, off) => {
        const x = Array.from({ length: 3 * season.length }, (_, i) => season[i % season.length]!);
        const next = (value: number) => [{ x, y: [...x.slice(1), value] }];
        near(meanOfSeasons(season.length, seasons, 10).measure([], next(season[0]!)), 0);
        near(meanOfSeasons(season.length, seasons, 10).measure([], next(season[0]! + off)), 10 * off);
      },
    ),
  );
});

test("after whatever stands before, the probabilities of all symbols sum to 1, and none is 0", () => {
  fc.assert(
    fc.property(
      texts,
      fc.option(symbols, { nil: undefined }),
      fc.option(symbols, { nil: undefined }),
      (all, last, before) => {
        const probability = kneserNey(5, all);
        const each = [0, 1, 2, 3, 4].map((symbol) => probability(symbol, last, before));
        assert.ok(each.every((p) => p > 0));
        near(
          each.reduce((a, b) => a + b, 0),
          1,
        );
      },
    ),
  );
});

test("trigrams count as Kneser and Ney have it: the discount of a context goes to what follows a shorter one", () => {
  // After 0 1 stood 2 twice; after 1 stood 2 alone, after one symbol; of the pairs 01 and 12 one ends in 2.
  const all = [
    [0, 1, 2],
    [0, 1, 2],
  ];
  const single = (1 + 1) / (2 + 3);
  const pair = (1 - 0.75 + 0.75 * single) / 1;
  const triple = (2 - 0.75 + 0.75 * pair) / 2;
  near(kneserNey(3, all)(2), single);
  near(kneserNey(3, all)(2, 1), pair);
  near(kneserNey(3, all)(2, 1, 0), triple);
  near(kneserNey(3, all)(2, 1, 2), pair);
  near(trigrams(3).measure(asTargets(all), asTargets([[2]])), 1 / single);
});

test("a distance is a metric, and at most the greater length", () => {
  const words = fc.array(symbols, { maxLength: 6 });
  fc.assert(
    fc.property(words, words, words, (a, b, c) => {
      assert.equal(distance(a, b), distance(b, a));
      assert.equal(distance(a, b) === 0, a.join() === b.join());
      assert.ok(distance(a, c) <= distance(a, b) + distance(b, c));
      assert.ok(distance(a, b) <= Math.max(a.length, b.length));
    }),
  );
  assert.equal(
    errorRate(
      [[1, 2, 3], []],
      [
        [1, 3],
        [4, 5],
      ],
    ),
    3 / 4,
  );
});

const pairs = fc.array(
  fc.record({
    letters: fc.array(symbols, { minLength: 1, maxLength: 6 }),
    phonemes: fc.array(symbols, { minLength: 1, maxLength: 8 }),
  }),
  { minLength: 1, maxLength: 6 },
);
test("aligning cuts the phonemes of each word into as many pieces as it has letters, and loses none", () => {
  fc.assert(
    fc.property(pairs, (all) => {
      const possible = all.filter(({ letters, phonemes }) => phonemes.length <= 3 * letters.length);
      aligned(possible).forEach(({ letters, chunks }, i) => {
        assert.equal(chunks.length, letters.length);
        assert.deepEqual(chunks.flat(), possible[i]!.phonemes);
      });
    }),
  );
});

test("letters that are always spoken alike are aligned, silent ones too, and new words of them are spoken right", () => {
  const spoken = [[11], [12, 13], []];
  const word = (letters: ReadonlyArray<number>): Example => ({
    x: letters,
    y: [...letters.flatMap((l) => spoken[l]!), 1],
  });
  const one = [[0], [1], [2]];
  const two = one.flatMap((before) => one.map((after) => [...before, ...after]));
  const training = [...one, ...two].filter((letters) => letters.some((letter) => letter !== 2)).map(word);
  assert.equal(
    alignedLetters.measure(
      training,
      [
        [0, 1, 0, 2],
        [1, 1, 2],
        [0, 2, 2, 0],
      ].map(word),
    ),
    0,
  );
});
