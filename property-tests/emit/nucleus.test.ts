import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { GenerateOptions } from "../../src/runtime/interface.ts";
import { compiledProgram } from "../property/programs.ts";

const symbols = 6;
const model = compiledProgram(`model M {
  axis t in 1..T
  param o : R[${symbols}]
  y[t] : symbol[${symbols}] ~ categorical(softmax(o))
}`);
const drawn = (o: ReadonlyArray<number>, options: GenerateOptions): ReadonlyArray<number> =>
  model.generate({ o: Float64Array.from(o) }, options).values.y![0] as ReadonlyArray<number>;

const logits = fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: symbols, maxLength: symbols });
const seeds = fc.nat(10_000);
const temperatures = fc.double({ min: 0.2, max: 4, noNaN: true });
const counts = fc.integer({ min: 1, max: symbols + 2 });
const shares = fc.double({ min: 0.05, max: 1, noNaN: true });

/** The probabilities that are drawn by: those of the nucleus, renormalised. */
const nucleus = (o: ReadonlyArray<number>, { temperature = 1, topK = symbols, topP = 1 }: Partial<GenerateOptions>) => {
  const weights = o.map((value) => Math.exp(value / temperature));
  const most = weights.map((weight, symbol) => ({ weight, symbol })).sort((a, b) => b.weight - a.weight).slice(0, topK); // biome-ignore format: one line
  const among = most.reduce((sum, { weight }) => sum + weight, 0);
  const kept: Array<(typeof most)[number]> = [];
  for (const each of most) {
    kept.push(each);
    if (kept.reduce((sum, { weight }) => sum + weight, 0) >= topP * among) break;
  }
  const total = kept.reduce((sum, { weight }) => sum + weight, 0);
  return new Map(kept.map(({ symbol, weight }) => [symbol, weight / total]));
};

test("a nucleus of all probability, or of as many symbols as there are, is drawn as without one, to the bit", () => {
  fc.assert(
    fc.property(logits, seeds, temperatures, fc.integer({ min: symbols, max: 99 }), (o, seed, temperature, topK) => {
      const plain = drawn(o, { seed, temperature, length: 20 });
      for (const more of [{ topP: 1 }, { topK }, { topK, topP: 1 }, { topP: 1 - 2 ** -40 }])
        assert.deepEqual(drawn(o, { seed, temperature, length: 20, ...more }), plain);
    }),
    { numRuns: 50 },
  );
});

test("the most probable symbol alone is the mode, and so is a nucleus of next to no probability", () => {
  fc.assert(
    fc.property(logits, seeds, (o, seed) => {
      const mode = drawn(o, { length: 5, choose: "mode" });
      assert.deepEqual(drawn(o, { seed, length: 5, topK: 1 }), mode);
      assert.deepEqual(drawn(o, { seed, length: 5, topP: 1e-9 }), mode);
    }),
    { numRuns: 50 },
  );
});

test("what is drawn lies in the nucleus, and by a seed it is the same again", () => {
  fc.assert(
    fc.property(logits, seeds, temperatures, counts, shares, (o, seed, temperature, topK, topP) => {
      const options = { seed, temperature, topK, topP, length: 30 };
      const found = drawn(o, options);
      assert.deepEqual(drawn(o, options), found);
      const allowed = nucleus(o, options);
      for (const symbol of found) assert.ok(allowed.has(symbol), `${symbol} of ${[...allowed.keys()]}`);
    }),
    { numRuns: 100 },
  );
});

test("draws have the frequencies of the nucleus, renormalised (Pearson's chi-square)", () => {
  const o = [1.2, 0.4, -0.3, 0.9, -1.5, 0.1];
  const draws = 6000;
  for (const options of [{ topK: 3 }, { topP: 0.8 }, { topK: 5, topP: 0.7, temperature: 1.5 }, { topP: 0.95 }]) {
    const expected = nucleus(o, options);
    const found = drawn(o, { seed: 11, length: draws, ...options });
    const statistic = [...expected].reduce((sum, [symbol, probability]) => {
      const observed = found.filter((other) => other === symbol).length;
      return sum + (observed - draws * probability) ** 2 / (draws * probability);
    }, 0);
    // Five degrees of freedom at most: beyond 20.5 one time in a thousand.
    assert.ok(expected.size > 2 && statistic < 20.5, `${JSON.stringify(options)}: ${statistic}`);
  }
});

test("of truths the nucleus is the more probable one alone, or both", () => {
  const truths = compiledProgram("model M {\n  axis t in 1..T\n  param p : R = 0.3\n  y[t] ~ bernoulli(p)\n}");
  const found = (options: Partial<GenerateOptions>) =>
    truths.generate(truths.init(1), { seed: 2, length: 50, ...options }).values.y![0];
  const plain = found({});
  for (const options of [{ topK: 2 }, { topP: 1 }, { topP: 0.71 }]) assert.deepEqual(found(options), plain);
  for (const options of [{ topK: 1 }, { topP: 0.69 }]) assert.deepEqual(found(options), found({ choose: "mode" }));
});

test("what is drawn of a sequence over another axis does not depend on a longer one beside it", () => {
  const rows = compiledProgram(`model M {
  axis j in 1..J
  axis t in 1..T
  input x[j] : R
  y[t,j] : symbol[4] ~ categorical(softmax([x[j]; 1; 0; 1]))
}`);
  const options = { seed: 3, length: 6 };
  const [short, long] = [{ x: [1, 2] }, { x: [0, 1, 2] }];
  const alone = rows.generate({}, { ...options, inputs: [short] }).values.y![0];
  assert.deepEqual(rows.generate({}, { ...options, inputs: [short, long] }).values.y![0], alone);
});
