import assert from "node:assert/strict";
import { test } from "node:test";
import * as E from "fp-ts/lib/Either.js";
import { startersFrom } from "../../playground/build/starters.ts";
import type { Dataset } from "../../playground/src/dataset.ts";
import { datasetIn, datasetText } from "../../playground/src/dataset-text.ts";
import { insightsOf } from "../../playground/src/worker/insights.ts";
import { compile } from "../../src/index.ts";

const starters = startersFrom(new URL("../../", import.meta.url));

const rightOf = <A>(result: E.Either<unknown, A>): A => {
  if (E.isLeft(result)) assert.fail(JSON.stringify(result.left));
  return result.right;
};

test("there are twenty models to begin from, each under a name of its own", () => {
  assert.equal(starters.length, 20);
  for (const of of ["name", "title"] as const) assert.equal(new Set(starters.map((each) => each[of])).size, 20);
});

test("each is right without a warning, has something to learn, and takes its data", () => {
  for (const { name, program, dataset } of starters) {
    const compiled = rightOf(compile(program.source, { statics: program.statics, target: "js" }));
    assert.deepEqual(compiled.warnings, [], name);
    assert.ok(compiled.model.hasLoss, name);
    if (dataset === null) continue;
    assert.ok(Number.isFinite(compiled.loss(compiled.init(1), compiled.pack(dataset.examples))), name);
  }
});

for (const looked of ["mlp", "tagger", "name-generation", "hamiltonian"])
  test(`what ${looked} makes of its data is as long as these are`, () => {
    const { program, dataset } = starters.find(({ name }) => name === looked)!;
    const compiled = rightOf(compile(program.source, { statics: program.statics, target: "js" }));
    const { examples, words } = dataset!;
    const { samples, maps } = insightsOf(compiled, new Map(), examples, words)(compiled.init(1), true)!;
    assert.equal(samples.length, compiled.model.randoms.length * 5);
    for (const { wanted, predicted } of samples) assert.equal(predicted.split(" ").length, wanted.split(" ").length);
    for (const { values } of maps) assert.ok(values.length > 0 && values.flat().every(Number.isFinite));
  });

test("data that are written down and read again are the same, with words or without", () => {
  const given = starters.flatMap(({ dataset }): ReadonlyArray<Dataset> => (dataset === null ? [] : [dataset]));
  assert.ok(given.some(({ words }) => Object.keys(words).length > 0));
  for (const dataset of given) assert.deepEqual(rightOf(datasetIn(datasetText(dataset), dataset.words)), dataset);
});

test("letters may run together, and what is no example says where it stands", () => {
  const words = { y: ["h", "e", "l", "o"] };
  assert.deepEqual(rightOf(datasetIn('{"y":"ello"}', words)).examples, [{ y: [1, 2, 2, 3] }]);
  for (const [text, told] of [
    ['{"y":"hex"}', /^Line 1 .* the unknown word "hex" for y/],
    ['{"y":[0]}\n\n{"y":', /^Line 3 .* is not JSON/],
    ["[1]", /^Line 1 .* is not an object/],
    ['{"y":[true]}', /neither numbers nor words for y/],
    ["\n", /no data/],
  ] as const) {
    const result = datasetIn(text, words);
    assert.ok(E.isLeft(result));
    assert.match(result.left, told);
  }
});

test("what a translation attends to at each word is a whole, under the words of its source", () => {
  const { program, dataset } = starters.find(({ name }) => name === "translation")!;
  const compiled = rightOf(compile(program.source, { statics: program.statics, target: "js" }));
  const orders = new Map([["a", ["i", "j"]]]);
  const words = { x: Array.from({ length: 8 }, (_, i) => `w${i}`) };
  const { maps } = insightsOf(compiled, orders, dataset!.examples, words)(compiled.init(1), true)!;
  const attention = maps.find(({ title }) => title === "a[i,j]")!;
  assert.equal(attention.values.length, (dataset!.examples[0]!.y as number[]).length);
  assert.deepEqual(
    attention.sides[1]!.labels,
    (dataset!.examples[0]!.x as number[]).map((symbol) => `w${symbol}`),
  );
  for (const row of attention.values) assert.ok(Math.abs(row.reduce((a, b) => a + b, 0) - 1) < 1e-9);
});
