import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { noCoding } from "../../src/data/coding/coding.ts";
import { declaredIn } from "../../src/data/coding/declared.ts";
import { frequenciesOf } from "../../src/measure/frequencies.ts";
import { type Lessons, seasonProblem, taughtBy } from "../../src/measure/learn.ts";
import { seasonOf } from "../../src/measure/season.ts";
import type { Situation, Situations } from "../../src/measure/situation.ts";
import { targetsOf } from "../../src/measure/target.ts";
import type { Example } from "../../src/runtime/interface.ts";
import { compiledProgram } from "../property/programs.ts";
import { normals } from "./observed.ts";

const situation = (example: Example): Situation => ({ example, sample: undefined });
const situations = (examples: ReadonlyArray<Example>): Situations => ({
  count: examples.length,
  at: (index) => situation(examples[index]!),
});

/** What each baseline of a program's first target says of an example, by name, taught by others. */
const taught = (source: string, training: ReadonlyArray<Example>, more: Partial<Lessons> = {}) => {
  const { model } = compiledProgram(source);
  const declared = declaredIn(source, "m.rnn");
  const targets = targetsOf(model, noCoding, null);
  const lessons: Lessons = {
    model,
    declared,
    stretch: { window: undefined, ahead: 1 },
    training: situations(training),
    weigh: undefined,
    season: undefined,
    ...more,
  };
  const baselines = taughtBy(lessons, targets).get(targets[0]!)!;
  return (example: Example, places: ReadonlyArray<number>) =>
    Object.fromEntries(
      baselines.map(({ name, says }) => [name, says(situation(example), Int32Array.from(places))] as const),
    );
};

const tagger = `model Tagger {
  axis t in 1..T
  input w[t] : symbol[4]
  param b : R[3] = 0
  y[t] : symbol[3] ~ categorical(softmax(b))
}`;
const sentence = fc.array(fc.tuple(fc.nat(3), fc.nat(2)), { minLength: 1, maxLength: 9 });
const asExample = (words: ReadonlyArray<readonly [number, number]>): Example => ({
  w: words.map(([w]) => w),
  y: words.map(([, y]) => y),
});

test("the commonest class is that of the training part, and by a symbol the commonest that stood beside it there", () => {
  fc.assert(
    fc.property(fc.array(sentence, { minLength: 1, maxLength: 6 }), sentence, (training, asked) => {
      const said = taught(tagger, training.map(asExample))(
        asExample(asked),
        asked.map((_, i) => i),
      );
      const counts = (of: ReadonlyArray<readonly [number, number]>) =>
        [0, 1, 2].map((y) => of.filter(([, other]) => other === y).length);
      const all = counts(training.flat());
      assert.ok(said["commonest class"]!.expected.every((y) => all[y] === Math.max(...all)));
      for (const [i, [w]] of asked.entries()) {
        const beside = counts(training.flat().filter(([other]) => other === w));
        const known = beside.some((count) => count > 0) ? beside : all;
        assert.equal(known[said["commonest by w"]!.expected[i]!], Math.max(...known));
      }
    }),
  );
});

const classifier = `model Names {
  axis t in 1..T
  input w[t] : symbol[3]
  param b : R[3] = 0
  y : symbol[3] ~ categorical(softmax(b))
}`;

test("of a class for a whole sequence, the commonest by its last two symbols is that of the training part", () => {
  const name = fc.record({ w: fc.array(fc.nat(2), { minLength: 1, maxLength: 4 }), y: fc.nat(2) });
  fc.assert(
    fc.property(fc.array(name, { minLength: 1, maxLength: 30 }), name, (training, asked) => {
      const said = taught(classifier, training)(asked, [0])["commonest by the last two of w"]!;
      const end = ({ w }: { readonly w: ReadonlyArray<number> }) => w.slice(-2).join();
      const counts = (of: ReadonlyArray<{ readonly y: number }>) =>
        [0, 1, 2].map((y) => of.filter((each) => each.y === y).length);
      const alike = counts(training.filter((each) => end(each) === end(asked)));
      const known = alike.some((count) => count > 0) ? alike : counts(training);
      assert.equal(known[said.expected[0]!], Math.max(...known));
    }),
    { numRuns: 30 },
  );
});

test("what is held out changes nothing of what a baseline expects", () => {
  fc.assert(
    fc.property(fc.array(sentence, { minLength: 1, maxLength: 5 }), sentence, fc.nat(2), (training, asked, turn) => {
      const says = taught(tagger, training.map(asExample));
      const places = asked.map((_, i) => i);
      const [one, other] = [0, turn].map((by) =>
        says(asExample(asked.map(([w, y]) => [w, (y + by) % 3] as const)), places),
      );
      for (const name of Object.keys(one!)) assert.deepEqual(one![name]!.expected, other![name]!.expected);
    }),
  );
});

test("the probabilities of frequencies add up to one, in all and after any symbol, seen or not", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(3), fc.option(fc.nat(5), { nil: undefined }))), fc.nat(6), (seen, after) => {
      const { count, probability } = frequenciesOf(4);
      for (const [symbol, context] of seen) count(symbol, context);
      for (const context of [undefined, after]) {
        const all = [0, 1, 2, 3].map((symbol) => probability(symbol, context));
        assert.ok(all.every((p) => p > 0));
        assert.ok(Math.abs(all.reduce((a, b) => a + b) - 1) < 1e-12);
      }
    }),
  );
});

test("what weighs nothing in the training part teaches nothing, nor does what is missing", () => {
  const masked = `model Masked {
  axis t in 1..T
  input m[t]
  param b : R[3] = 0
  y[t] : symbol[3] ~ categorical(softmax(b)) weight m[t]
}`;
  const training = [
    { m: [0, 0, 0, 1], y: [2, 2, 2, 1] },
    { m: [1, 1, 1], y: [null, null, 1] },
  ];
  const weigh = (examples: ReadonlyArray<Example>) => examples.map(({ m }) => ({ "$judged.weight.y": m! }));
  const model = {
    ...compiledProgram(masked).model,
    outputs: [{ name: "$judged.weight.y", indices: ["t"], shape: [] }],
  };
  const { expected, nats } = taught(masked, training, { weigh, model })({ y: [0] }, [0])["commonest class"]!;
  assert.deepEqual([...expected], [1]);
  // Of two that count both are 1; one is added to each of three.
  assert.ok(Math.abs(nats![0]! - Math.log(5)) < 1e-12);
});

const series = `model Series {
  axis t in 1..T
  input x[t]
  param w = 0.1
  z[t] ~ normal(w * x[t], 1)
}`;

test("of a series the last value is the one before, and the first is the mean of the training part", () => {
  const values = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(values, values, fc.integer({ min: 1, max: 5 }), (training, asked, season) => {
      const example = (z: ReadonlyArray<number>): Example => ({ x: z, z });
      const said = taught(series, [example(training)], { season })(
        example(asked),
        asked.map((_, i) => i),
      );
      const mean = training.reduce((a, b) => a + b, 0) / training.length;
      const near = (found: number, right: number): void => assert.ok(Math.abs(found - right) < 1e-9);
      for (const [t] of asked.entries()) {
        near(said.mean!.expected[t]!, mean);
        near(said["last value"]!.expected[t]!, asked[t - 1] ?? mean);
        near(said[`season of ${season}`]!.expected[t]!, asked[t - season] ?? asked[t - 1] ?? mean);
      }
    }),
  );
});

test("the season of what repeats itself is found under a trend and noise, and noise alone has none", () => {
  for (const [season, slope] of [2, 5, 12, 24].flatMap((season) =>
    [0.05, -0.5].map((slope) => [season, slope] as const),
  ))
    for (const seed of [1, 2, 3]) {
      const normal = normals(seed);
      const pattern = Array.from({ length: season }, normal);
      const all = [90, 200].map((length) =>
        Array.from({ length }, (_, i) => slope * i + 2 * pattern[i % season]! + 0.3 * normal()),
      );
      assert.equal(seasonOf(all, 60), season);
    }
  for (const seed of [1, 2, 3]) assert.equal(seasonOf([Array.from({ length: 300 }, normals(seed))], 60), undefined);
});

test("a season is refused where nothing is a series, or no window reaches so far back", () => {
  const given = (source: string, window: number | undefined) => {
    const { model } = compiledProgram(source);
    const lessons = { model, declared: declaredIn(source, "m.rnn"), stretch: { window, ahead: 2 } };
    return seasonProblem(lessons, targetsOf(model, noCoding, null), 12);
  };
  assert.match(given(tagger, undefined)!, /no target of Tagger is a series/);
  assert.match(given(series, 10)!, /a window of 10 rows and 2 ahead/);
  assert.equal(given(series, 11), undefined);
  assert.equal(given(series, undefined), undefined);
});
