import assert from "node:assert/strict";
import { test } from "node:test";
import { compiledExample } from "../emit/examples.ts";
import { someOf } from "../often.ts";
import { compiledProgram } from "../property/programs.ts";
import { lightly, mustGiveTheSame } from "./c-cases.ts";
import { expectedOf } from "./c-driver.ts";
import { exampleCase } from "./c-examples.ts";
import { ifNative } from "./here.ts";
import { ifClang, mustHold } from "./run-c.ts";

/** Symbols of which some are as probable as others, truths, and numbers, of two streams. */
const mixed = `model Mixed(V = 9) {
  axis t in 1..T
  param W : R[V,4] ~ normal(0, 1)
  param E : R[4,V] ~ normal(0, 1)
  param u : R[4] ~ normal(0, 1)
  y[0] = 0
  b[0] = 0
  h[0] = 0
  h[t] = tanh(E onehot(y[t-1]) + u * b[t-1] + h[t-1] / 2)
  y[t] : symbol[V] ~ categorical(softmax(relu(W h[t])))
  b[t] ~ bernoulli(sigmoid(u^T h[t]))
  z[t] ~ normal(u^T h[t], 0.5)
}`;

const examples = ["char-lm.rnn", "name-generation.rnn", "encoder-decoder.rnn", "caption-both.rnn"];

test(
  "what C draws of the most probable, so many or of so much probability, is what the module draws with the same seed",
  ifNative,
  () => {
    const models = [
      compiledProgram(mixed, { precision: "f64", target: "js" }),
      ...someOf(examples, 0, 4).map((name) => compiledExample(name, { precision: "f64", target: "js" })),
    ];
    const given = models.map((compiled, seed) => exampleCase(compiled, seed + 3));
    for (const manner of ["drawn", "of two", "of the nucleus", "of the nucleus of three"])
      assert.ok([...expectedOf(given[0]!).keys()].filter((name) => name.startsWith(`${manner} y`)).length >= 5, manner);
    mustGiveTheSame(given, { compiler: "gcc", flags: ["-std=c11", lightly] }, 1e-11);
    const single = exampleCase(compiledProgram(mixed, { precision: "f32", target: "js" }), 3);
    mustGiveTheSame([single], { compiler: "gcc", flags: ["-std=c11", lightly] }, 5e-5);
  },
);

test(
  "a taste that is none is refused in C, and where nothing can be counted it is a temperature alone",
  ifClang,
  () => {
    const { c } = compiledProgram(mixed, { precision: "f32", exports: ["init", "generate", "start", "step"] });
    assert.doesNotMatch(c.header, /reset/);
    const before = `
  static Mixed_params params;
  Mixed_random random;
  Mixed_drawn drawn;
  Mixed_taste taste = {1, 0, 0};
  const Mixed_sizes one = {1, 0};
  void *const stream = malloc(Mixed_stream_memory(one));
  memset(&drawn, 0, sizeof drawn);
  Mixed_init(&params, 1);
  Mixed_seed(&random, 1, 1);
`;
    const draw = "Mixed_generate(stream, NULL, &random, &taste, &drawn)";
    mustHold(c.source, before, [
      ["Mixed_start(stream, &params, NULL)", "Mixed_ok"],
      [draw, "Mixed_ok"],
      ["Mixed_generate(stream, NULL, &random, NULL, &drawn)", "Mixed_ok"],
      [`taste.temperature = -1, ${draw}`, "Mixed_wrong_value"],
      [`taste.temperature = (double)rn_infinity(), ${draw}`, "Mixed_wrong_value"],
      [`taste.temperature = (double)rn_nan(), ${draw}`, "Mixed_wrong_value"],
      [`taste.temperature = 0, ${draw}`, "Mixed_ok"],
      [`taste.temperature = 2, taste.top_p = 1.5, ${draw}`, "Mixed_wrong_value"],
      [`taste.top_p = -0.5, ${draw}`, "Mixed_wrong_value"],
      [`taste.top_p = (double)rn_nan(), ${draw}`, "Mixed_wrong_value"],
      [`taste.top_p = 1e-9, ${draw}`, "Mixed_ok"],
      [`taste.top_k = SIZE_MAX, ${draw}`, "Mixed_ok"],
      [`taste.top_k = 1, ${draw}`, "Mixed_ok"],
      ["(free(stream), 0)", "0"],
    ]);
    const numbers = compiledProgram(`model M {
  axis t in 1..T
  h[0] = 1
  h[t] = h[t-1] / 2
  z[t] ~ normal(h[t], 0.5)
}`).c.header;
    assert.match(numbers, /double temperature;/);
    assert.doesNotMatch(numbers, /top_k/);
  },
);
