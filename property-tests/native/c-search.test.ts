import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import type { VariableInfo } from "../../src/runtime/interface.ts";
import { livelyParams, searchedModels } from "../emit/beam-models.ts";
import { compiledExample } from "../emit/examples.ts";
import { often, someOf } from "../often.ts";
import { cases, ready } from "../programs/cases.ts";
import { compiledProgram } from "../property/programs.ts";
import { lightly, mustGiveTheSame, type Way } from "./c-cases.ts";
import { type CCase, expectedOf } from "./c-driver.ts";
import { exampleCase } from "./c-examples.ts";
import { randomStreams } from "./c-streams.ts";
import { ifNative } from "./here.ts";
import { ifClang, mustHold } from "./run-c.ts";

const gcc: Way = { compiler: "gcc", flags: ["-std=c11", lightly] };

/** Symbols and truths, one of which stands over another axis, in two rounds; a moving input, a context, a position that is counted. */
const many = `model Many(V = 5) {
  axis j in 1..J
  axis t in 1..T until y[t] == 1
  input x[t] : R[2]
  input k[j] : R[3]
  param W : R[V,4] ~ normal(0, 1)
  param E : R[4,V] ~ normal(0, 1)
  param A : R[4,2] ~ normal(0, 1)
  param K : R[4,3] ~ normal(0, 1)
  param u, w : R[4] ~ normal(0, 1)
  y[0] = 0
  h[0] = sum[j](K k[j])
  h[t] = tanh(E onehot(y[t-1]) + A x[t] + h[t-1] / 2 + u * mod(t, 3))
  y[t] : symbol[V] ~ categorical(softmax(W h[t]))
  b[j,t] ~ bernoulli(sigmoid(u^T (h[t] + E onehot(y[t]) + K k[j])))
  z[t] : R[2] ~ bernoulli(sigmoid([w^T h[t]; u^T h[t]]))
}`;

const examples = [
  "name-generation.rnn",
  "attention-seq2seq.rnn",
  "char-lm.rnn",
  "encoder-decoder.rnn",
  "caption-both.rnn",
  "translation.rnn",
];

test(
  "a search in C finds what the module's finds, as probable: with contexts, inputs, beginnings, ends, lengths that count",
  ifNative,
  () => {
    const models = [
      compiledProgram(many, {
        precision: "f64",
        target: "js",
      }),
      ...someOf(examples, 0, 6).map((name) => compiledExample(name, { precision: "f64", target: "js" })),
    ];
    const given = models.map((compiled, seed) => exampleCase(compiled, seed + 3));
    for (const each of given)
      assert.ok(
        [...expectedOf(each).keys()].some((name) => name.startsWith("search three of")),
        each.compiled.model.name,
      );
    assert.ok([...expectedOf(given[0]!).keys()].some((name) => name.startsWith("search a beam of seven")));
    mustGiveTheSame(given, gcc, 1e-11);
  },
);

test(
  "so does one of every kind of model that can be searched, with parameters that matter, and of random programs that draw",
  ifNative,
  () => {
    const kinds = someOf(searchedModels, 0, 3).map(({ source, statics = {} }, seed): CCase => {
      const compiled = compiledProgram(source, { precision: "f64", target: "js", statics });
      return { ...exampleCase(compiled, seed + 5), params: livelyParams(compiled, seed) };
    });
    const programs = fc.sample(cases({ smooth: false }), {
      numRuns: often(1200, 8),
      seed: Number(process.env.FC_SEED ?? 1),
    });
    const drawing = programs.flatMap((given): ReadonlyArray<CCase> => {
      if (!/~ (categorical|bernoulli)/.test(given.source)) return [];
      const { model, params, batch } = ready(given, { target: "js" });
      const isDrawn = ({ indices }: VariableInfo): boolean => indices.includes(`${model.model.streamable}`);
      if (!model.model.targets.some(isDrawn)) return [];
      return [{ compiled: model, params, batch, streams: randomStreams(model, xoroshiro128plus(given.seed)) }];
    });
    mustGiveTheSame([...kinds, ...drawing], gcc, 1e-11);
  },
);

const before = `
  static Many_params params;
  static float x[12], z[12], b[18];
  int32_t J[] = {3, 2}, y[] = {0, 2, 1, 3, -9, 4}, prefix[] = {2, 1}, steps[4];
  float k[18] = {0};
  Many_batch context;
  Many_search_inputs in;
  Many_beam beam = {2, 2, 3, 0};
  Many_found found;
  memset(&context, 0, sizeof context);
  memset(&in, 0, sizeof in);
  memset(&found, 0, sizeof found);
  context.sizes.batch = 2, context.sizes.J = 3, context.J = J, context.k = k;
  in.x = x, in.y = y, in.z = z, in.b = b, in.prefix = prefix;
  found.steps = steps;
  Many_init(&params, 2);
  void *const memory = malloc(Many_search_memory(context.sizes, beam));
`;

const search = "Many_search(&params, &context, &in, &beam, &found, memory)";

test(
  "a search in C refuses a beam that is none, beginnings that are too long or go on after their end, what is none or missing",
  ifClang,
  () => {
    const { c } = compiledProgram(many, { precision: "f32", exports: ["init", "search"] });
    assert.doesNotMatch(c.header, /_step\(|_generate\(/);
    mustHold(c.source, before, [
      // The first ends with the last of its beginning, the second is given one step: what stands behind that is not read.
      [search, "Many_ok"],
      ["steps[0]", "2"],
      ["steps[1]", "-1"],
      ["steps[2] >= 2 && steps[3] >= 2", "1"],
      [`y[2] = 0, ${search}`, "Many_ok"],
      ["steps[0]", "3"],
      [`y[0] = 1, ${search}`, "Many_ended"],
      [`y[0] = 5, ${search}`, "Many_wrong_value"],
      [`y[0] = 0, z[0] = 0.5f, ${search}`, "Many_wrong_value"],
      [`z[0] = 0, prefix[1] = 4, ${search}`, "Many_wrong_length"],
      [`prefix[1] = -1, ${search}`, "Many_wrong_length"],
      [`prefix[1] = 0, in.x = NULL, ${search}`, "Many_missing"],
      [`in.x = x, beam.width = 0, ${search}`, "Many_wrong_value"],
      [`beam.width = 1, ${search}`, "Many_wrong_value"],
      [`beam.width = 1048577, ${search}`, "Many_wrong_value"],
      ["Many_search_memory(context.sizes, beam) == SIZE_MAX", "1"],
      [`beam.width = 2, beam.length_penalty = -1, ${search}`, "Many_wrong_value"],
      [`beam.length_penalty = (double)rn_nan(), ${search}`, "Many_wrong_value"],
      [`beam.length_penalty = 0, beam.length = SIZE_MAX, ${search}`, "Many_wrong_size"],
      [`beam.length = INT32_MAX, context.sizes.batch = INT32_MAX, ${search}`, "Many_wrong_size"],
      [`beam.length = 0, context.sizes.batch = 2, ${search}`, "Many_wrong_length"],
      [`prefix[0] = 0, ${search}`, "Many_ok"],
      ["steps[0] == 0 && steps[1] == -1", "1"],
      [`context.sizes.batch = 0, ${search}`, "Many_wrong_size"],
      [`context.sizes.batch = 2, J[1] = 4, ${search}`, "Many_wrong_length"],
      [`J[1] = 2, params.W[0][0] = rn_nan(), beam.length = 3, ${search}`, "Many_wrong_value"],
      ["Many_search(NULL, &context, &in, &beam, &found, memory)", "Many_missing"],
      ["Many_search(&params, &context, &in, &beam, &found, (char *)memory + 4)", "Many_unaligned"],
      ["(free(memory), 0)", "0"],
    ]);
  },
);

test("numbers cannot be searched for, so that C has no search of them", () => {
  const { header } = compiledProgram(`model M {
  axis t in 1..T
  h[0] = 1
  h[t] = h[t-1] / 2
  z[t] ~ normal(h[t], 0.5)
}`).c;
  assert.match(header, /_generate\(/);
  assert.doesNotMatch(header, /_search/);
});
