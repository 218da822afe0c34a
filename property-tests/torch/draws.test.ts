import assert from "node:assert/strict";
import { test } from "node:test";
import { classNameOf, pytorchText } from "../../src/export/pytorch/module.ts";
import type { Params } from "../../src/runtime/interface.ts";
import { compiledProgram } from "../property/programs.ts";
import { answerOf, parametersAsked, skip } from "./python.ts";

const model = compiledProgram(`model Drawn {
  axis t in 1..T
  param a : R = 0.7
  param p : R = 0.3
  param E : R[5] ~ normal(0, 1)
  y[t] ~ normal(a, 2)
  b[t] ~ bernoulli(p)
  c[t] : symbol[5] ~ categorical(softmax(E))
}`);
const params: Params = { ...model.init(1), E: Float64Array.of(0.1, -0.7, 1.3, 0.4, -2) };
const [p] = params.p!;

interface Taste {
  readonly temperature?: number;
  readonly top_k?: number;
  readonly top_p?: number;
}

const tastes: ReadonlyArray<Taste> = [
  {},
  { temperature: 0.5 },
  { temperature: 4 },
  { top_k: 1 },
  { top_k: 2, temperature: 2 },
  { top_p: 0.75 },
  { top_p: 0.72, temperature: 0.9, top_k: 4 },
  { top_k: 9 },
];
const refused: ReadonlyArray<Taste> = [
  ...[0, -1].map((temperature) => ({ temperature })),
  ...[0, 1.5].map((top_k) => ({ top_k })),
  ...[0, 1.5].map((top_p) => ({ top_p })),
];

interface Draws {
  readonly y: ReadonlyArray<number>;
  readonly b: ReadonlyArray<number>;
  readonly c: ReadonlyArray<number>;
}

const count = 20_000;
const questions = [...tastes, ...refused, { mode: true }];
const answers = answerOf<ReadonlyArray<Draws | string>>("draws.py", {
  text: pytorchText(model.elaborated, { loss: "mean", sourceOf: () => undefined }),
  name: classNameOf(model.elaborated.name),
  ...parametersAsked(model, params),
  options: questions,
  count,
});

/** Probabilities to the power 1 / temperature, of the `top_k` greatest, of the fewest of these that have `top_p` of them. */
const tasted = (given: ReadonlyArray<number>, { temperature = 1, top_k = given.length, top_p = 1 }: Taste) => {
  const normalized = (weights: ReadonlyArray<number>) => {
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    return weights.map((weight) => weight / total);
  };
  const powers = normalized(given.map((weight) => weight ** (1 / temperature)));
  const ordered = powers.map((_, i) => i).sort((i, j) => powers[j]! - powers[i]!);
  const kept = new Set(ordered.slice(0, top_k));
  const most = normalized(powers.map((weight, i) => (kept.has(i) ? weight : 0)));
  let before = 0;
  const nucleus = new Set<number>();
  for (const i of ordered) {
    if (before < top_p) nucleus.add(i);
    before += most[i]!;
  }
  return normalized(most.map((weight, i) => (nucleus.has(i) ? weight : 0)));
};

const mustBeShares = (draws: ReadonlyArray<number>, expected: ReadonlyArray<number>, about: string): void => {
  expected.forEach((share, value) => {
    const found = draws.filter((each) => each === value).length / count;
    const error = Math.abs(found - share);
    assert.ok(
      share === 0 || share === 1 ? error === 0 : error < 5 * Math.sqrt(share / count),
      `${about}: ${found} of ${value}, not ${share}`,
    );
  });
};

test("PyTorch draws from the density to the power 1 / temperature, of the top_k and the nucleus", { skip }, () => {
  const weights = Array.from(params.E!, Math.exp);
  tastes.forEach((taste, i) => {
    const { y, b, c } = answers![i] as Draws;
    const about = JSON.stringify(taste);
    const mean = y.reduce((sum, value) => sum + value, 0) / count;
    const variance = y.reduce((sum, value) => sum + (value - mean) ** 2, 0) / count;
    const expected = 4 * (taste.temperature ?? 1);
    assert.ok(Math.abs(mean - 0.7) < 5 * Math.sqrt(expected / count), `${about}: the mean is ${mean}`);
    assert.ok(Math.abs(variance / expected - 1) < 5 * Math.sqrt(2 / count), `${about}: the variance is ${variance}`);
    mustBeShares(b, tasted([1 - p!, p!], taste), about);
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    mustBeShares(
      c,
      tasted(
        weights.map((weight) => weight / total),
        taste,
      ),
      about,
    );
  });
});

test("with mode PyTorch takes the likeliest, and what is no temperature, top_k or top_p is refused by its name", {
  skip,
}, () => {
  const { y, b, c } = answers!.at(-1) as Draws;
  assert.deepEqual([new Set(y), new Set(b), new Set(c)], [new Set([0.7]), new Set([0]), new Set([2])]);
  questions.slice(tastes.length, -1).forEach((taste, i) => {
    const said = answers![tastes.length + i];
    assert.ok(typeof said === "string" && said.startsWith(`${Object.keys(taste)[0]}: expected `), JSON.stringify(said));
  });
});
