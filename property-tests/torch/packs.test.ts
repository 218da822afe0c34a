import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { randomExample } from "../../src/check/random-example.ts";
import type { Compiled } from "../../src/compile.ts";
import { classNameOf, pytorchText } from "../../src/export/pytorch/module.ts";
import type { Example } from "../../src/runtime/interface.ts";
import { at, placesIn, replaced } from "../border/misuses.ts";
import { isThorough } from "../often.ts";
import { cases } from "../programs/cases.ts";
import { compiledProgram } from "../property/programs.ts";
import { answerOf, skip } from "./python.ts";

/** What a program may ask of examples: positions that exist, ends, values that are read back, ragged lengths, weights, noise. */
const sources = {
  positions: `model Positions {
  axis t in 1..T
  axis i in 1..N
  axis k in 1..2
  input x[t] : R
  input p[i] : position[T]
  input f[k] : R[2]
  input s[i] : symbol[3]
  output o[i] = x[p[i]] + f[1][1] + x[T]
  output q[i] = if s[i] == 1 then x[p[i]] else 0
  output last = x[T-1]
}`,
  computed: `model Computed {
  axis t in 1..T
  axis i in 1..N
  input x[t] : R
  input w[i] : R
  output o[i] = x[2*i-1] + w[i]
}`,
  ended: `model Ended {
  axis t in 1..T
  axis i in 1..N until y[i] == 0
  input x[t] : R
  param a = 0
  param E : R[3] ~ normal(0, 1)
  y[0] = 0
  s = sum[t](x[t])
  y[i] : symbol[3] ~ categorical(softmax(E * (s + a)))
}`,
  readBack: `model ReadBack {
  axis t in 1..T
  param a = 0.3
  y[0] = 0
  y[t] ~ normal(a * y[t-1], 1)
  b[t] ~ bernoulli(sigmoid(a))
  c ~ bernoulli(sigmoid(a))
}`,
  ragged: `model Ragged {
  axis t in 1..T
  axis i in 1..N[t]
  input x[t,i] : R[2]
  input v[t] : R
  noise m[t] : bernoulli(0.5)
  param a = 0.3
  z[t] ~ normal(a * m[t] * v[t] * sum[i](sum(x[t,i])), 1)
}`,
  counted: `model Counted {
  axis t in 1..T
  input w : R
  param P : R[3]
  y[t] ~ normal(P[t], 1) weight exp(w)
  output o[t] = P[t]
}`,
  alike: `model Alike {
  axis t in 1..T
  axis s in 1..T
  axis i in 1..N
  input x[t,s] : R
  output o[i] = sum[t](sum[s](x[t,s]))
}`,
} as const;

interface Case {
  readonly name: string;
  readonly model: Compiled;
  readonly given: ReadonlyArray<ReadonlyArray<unknown>>;
}

/** JSON in the place of what is right. */
const pool = [
  null,
  -1,
  0,
  1,
  2,
  3,
  1.5,
  2 ** 31,
  true,
  "a",
  {},
  [],
  [0],
  [null],
  [[]],
  [[[[]]]],
  [1, 2, 3, 4],
] as const;

const near = (right: unknown): ReadonlyArray<unknown> =>
  Array.isArray(right) ? [[...right, ...right.slice(-1)], right.slice(1), right.map(() => null), [...right, null]] : [];

const without = (given: unknown, [key, ...rest]: ReadonlyArray<string>): unknown => {
  const record = given as Readonly<Record<string, unknown>>;
  if (rest.length > 0) return replaced(given, [key!], without(record[key!], rest));
  return Object.fromEntries(Object.entries(record).filter(([name]) => name !== key));
};

/** One thing or two of examples are changed, left out, or given beside them. */
const damaged = (model: Compiled, seed: number): fc.Arbitrary<ReadonlyArray<unknown>> => {
  const generator = xoroshiro128plus(seed);
  const examples = Array.from({ length: 4 }, () =>
    Array.from({ length: 2 }, () => randomExample(model.model, generator, { least: 0, greatest: 4 })),
  );
  const { inputs, targets, noises, axes } = model.model;
  const names = [
    ...[...inputs, ...targets, ...noises].map(({ name }) => name),
    ...axes.flatMap(({ length }) => (typeof length === "string" ? [length] : [])),
    "strange",
  ];
  const once = (given: unknown): fc.Arbitrary<unknown> => {
    const places = placesIn(given).filter((path) => path.length > 1);
    const changed = fc.constantFrom(...(places.length === 0 ? [["0", names[0]!]] : places)).chain((path) => {
      const values = [...pool, ...(places.length === 0 ? [] : near(at(given, path)))];
      return fc.constantFrom(...values).map((value) => replaced(given, path, value));
    });
    const named = fc.tuple(fc.constantFrom("0", "1"), fc.constantFrom(...names));
    const beside = fc
      .tuple(named, fc.constantFrom(...pool))
      .map(([[b, name], value]) => replaced(given, [b, name], value));
    const left = named.map((path) => without(given, path));
    return fc.oneof(
      { weight: 4, arbitrary: changed },
      { weight: 1, arbitrary: beside },
      { weight: 1, arbitrary: left },
    );
  };
  return fc
    .constantFrom(...examples)
    .chain((given) => fc.oneof(fc.constant<unknown>(given), once(given), once(given), once(given).chain(once)))
    .map((given) => given as ReadonlyArray<unknown>);
};

/** What a draw may miss. */
const known: Readonly<Record<string, ReadonlyArray<ReadonlyArray<unknown>>>> = {
  ended: [[0], [0, 1], [1, 0], [2, 0, 2], [1, 2]].map((y) => [{ x: [1], y }]),
  readBack: [
    [1, null],
    [null, 1],
    [null, null],
  ].map((y) => [{ y, b: [1, 0], c: null }]),
};

const caseOf = (name: string, model: Compiled, seed: number, numRuns: number): Case => ({
  name,
  model,
  given: [...(known[name] ?? []), ...fc.sample(damaged(model, seed), { numRuns, seed })],
});

const seed = 7;
const many = isThorough ? 2000 : 150;
const all: ReadonlyArray<Case> = [
  ...Object.entries(sources).map(([name, source], i) => caseOf(name, compiledProgram(source), seed + i, many)),
  ...fc
    .sample(cases({ smooth: false }), { numRuns: isThorough ? 60 : 8, seed })
    .map(({ source }, i) => caseOf(source, compiledProgram(source), seed + i, many / 5)),
];

const refusedBy = ({ model }: Case, examples: ReadonlyArray<unknown>): string | null => {
  try {
    model.pack(examples as ReadonlyArray<Example>);
    return null;
  } catch (error) {
    assert.equal((error as Error).name, "RnncError");
    return (error as Error).message;
  }
};

test("PyTorch's pack takes what the compiled model's pack takes, and refuses what it refuses, by the same example", {
  skip,
}, () => {
  const answers = answerOf<ReadonlyArray<ReadonlyArray<string | null>>>(
    "packs.py",
    all.map(({ model, given }) => ({
      text: pytorchText(model.elaborated, { loss: "mean", sourceOf: () => undefined }),
      name: classNameOf(model.elaborated.name),
      given,
    })),
  )!;
  let taken = 0;
  all.forEach((each, i) => {
    each.given.forEach((examples, j) => {
      const [own, found] = [refusedBy(each, examples), answers[i]![j]!];
      const about = `${each.name}\n${JSON.stringify(examples)}\nrnnc: ${own}\nPyTorch: ${found}`;
      assert.equal(found === null, own === null, about);
      assert.doesNotMatch(found ?? "", /Traceback/, about);
      assert.match(found ?? "examples[0]", /^examples\[[01]\]/, about);
      taken += own === null ? 1 : 0;
    });
  });
  const count = all.flatMap(({ given }) => given).length;
  assert.ok(taken > count / 10 && taken < count / 2, `${taken} of ${count} were taken`);
});
