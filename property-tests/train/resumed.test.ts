import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { type FormatName, formatNames } from "../../src/data/formats/formats.ts";
import { targetNames } from "../../src/emit/targets.ts";
import { decayNames } from "../../src/train/schedule.ts";
import { optimiserRules } from "../../src/transform/training-step.ts";
import { filesIn, fileWith, newFolder, rnnc } from "../cli/run-rnnc.ts";
import { ifNative } from "../native/here.ts";
import { often } from "../often.ts";

/** A model of recurrences that sees its inputs through noise, if there is any. */
const model = (declared: string, seen: string, said: string, noise: string | undefined): string =>
  fileWith(
    "m.rnn",
    `model M(V, K, n = 3) {
  axis t in 1..T
${declared}${noise === undefined ? "" : `  noise m[t] : ${noise}\n`}
  param E : R[V,n] ~ normal(0, 0.5)
  param P : R[K,n] ~ normal(0, 0.5)
  param W : R[n,n]
  param u, v : R[n] ~ normal(0, 0.5)
  h[0] = 0
  h[t] = tanh(W h[t-1] + ${noise === undefined ? "" : "m[t] * "}${seen})
${said}}
`,
  );

interface Read {
  readonly program: (noise: string | undefined) => string;
  readonly data: string;
  readonly words: ReadonlyArray<string>;
  /** Options that make sense of such data alone. */
  readonly more: ReadonlyArray<ReadonlyArray<string>>;
}

const counts = Array.from({ length: 20 }, (_, i) => i);
const word = (i: number): string => ["the", "dog", "sees", "a", "cat", "."][(i * i + 1) % 6]!;
const series = (delimiter: string): string =>
  [
    ["site", "temp", "load"],
    ...counts.flatMap((i) => [
      ["north", Math.sin(i), Math.cos(i)],
      ["south", i % 3, i % 4],
    ]),
  ]
    .map((row) => `${row.join(delimiter)}\n`)
    .join("");

const tagging = (name: string, data: string, ...words: ReadonlyArray<string>): Read => ({
  program: (noise) =>
    model("  input w[t] : symbol[V]\n", "E[w[t]]", "  y[t] : symbol[K] ~ categorical(softmax(P h[t]))\n", noise),
  data: fileWith(name, data),
  words,
  more: [["--by-length"], ["--lower"], ["--split", "random"], ["--min-count", "2"]],
});
const forecasting = (name: string, data: string): Read => ({
  program: (noise) => model("  input x[t] : R\n", "x[t] * u", "  y ~ normal(dot(v, h[T]), 1)\n", noise),
  data: fileWith(name, data),
  words: "--map x=temp --map y=load --group site --window 3 --hold-out 3 --set V=1 --set K=1".split(" "),
  more: [
    ["--normalise", "x,y"],
    ["--stride", "2"],
    ["--ahead", "2"],
    ["--split", "group", "--hold-out", "2"],
  ],
});
const sentences = (token: (i: number) => string, between: string, after: string): string =>
  counts
    .map(
      (i) =>
        `${counts
          .slice(0, 2 + (i % 4))
          .map((k) => token(i + k))
          .join(between)}${after}`,
    )
    .join("");

/** Every reader with a model of what it reads: one that is new has none, and does not compile. */
const readers: { readonly [F in FormatName | "txt"]: Read } = {
  conll: tagging(
    "d.conll",
    sentences((i) => `${word(i)} ${i % 3}`, "\n", "\n\n"),
    "--columns",
    "w,y",
  ),
  tagged: tagging(
    "d.tagged",
    sentences((i) => `${word(i)}/${i % 3}`, " ", "\n"),
    "--map",
    "w=word",
    "--map",
    "y=tag",
  ),
  csv: forecasting("d.csv", series(",")),
  tsv: forecasting("d.tsv", series("\t")),
  jsonl: {
    program: (noise) =>
      model("  input x[t] : R\n", "x[t] * u", "  y : symbol[K] ~ categorical(softmax(P h[T]))\n", noise),
    data: fileWith(
      "d.jsonl",
      counts
        .map((i) => `${JSON.stringify({ x: counts.slice(0, 1 + (i % 5)).map((k) => Math.sin(i + k)), y: word(i) })}\n`)
        .join(""),
    ),
    words: ["--set", "V=1"],
    more: [["--by-length"], ["--overfit", "5"], ["--split", "random"]],
  },
  txt: {
    program: (noise) =>
      model("  y[0] = 0\n", "E[y[t-1]]", "  y[t] : symbol[V] ~ categorical(softmax(E h[t]))\n", noise),
    data: fileWith("d.txt", "the cat sat on the mat and the dog sat on the log. ".repeat(8)),
    words: ["--window", "6", "--set", "K=1"],
    more: [["--tokens", "words"], ["--lower"]],
  },
};

const chosen = (...some: ReadonlyArray<ReadonlyArray<string>>): fc.Arbitrary<ReadonlyArray<string>> =>
  fc.constantFrom([], ...some);

const optimiserWords = fc
  .constantFrom(...Object.keys(optimiserRules))
  .chain((name) =>
    fc.constantFrom(
      ["--optimiser", name],
      ["--optimiser", name, ...(name === "adamw" ? ["--weight-decay-of", "matrices"] : [])],
    ),
  );
const decayWords = fc
  .constantFrom(...decayNames)
  .map((name) => ["--decay", name, ...(name === "plateau" ? ["--decay-patience", "1"] : [])]);

/** How it is trained: every part of the product that a step, an order or a schedule depends on. */
const trainings = fc.tuple(
  optimiserWords,
  decayWords,
  chosen(["--accumulate", "2"], ["--accumulate", "3"]),
  chosen(["--clip", "0.05"], ["--clip", "0.1", "--clip-value", "0.02"]),
  chosen(["--loss", "sum"], ["--loss", "mean"], ["--loss", "perObservation"]),
  chosen(["--memory", "states"], ["--memory", "every:2"]),
  chosen(["--freeze", "W"]),
  fc.constantFrom(...targetNames, ...(ifNative.skip === undefined ? ["native"] : [])).map((name) => ["--target", name]),
  fc.constantFrom("f32", "f64").map((name) => ["--precision", name]),
  fc.integer({ min: 1, max: 9 }).map((seed) => ["--seed", `${seed}`]),
  fc.integer({ min: 2, max: 5 }).map((size) => ["--streams", `${size}`]),
  fc.integer({ min: 1, max: 4 }).map((steps) => ["--evaluate-every", `${steps}`]),
  fc.integer({ min: 0, max: 3 }).map((steps) => ["--warmup", `${steps}`]),
);

const cases = fc.constantFrom(...formatNames, "txt" as const).chain((format) =>
  fc.record({
    format: fc.constant(format),
    more: chosen(...readers[format].more),
    noise: fc.constantFrom(undefined, "bernoulli(0.7)", "normal"),
    training: trainings,
    stops: fc.integer({ min: 1, max: 3 }),
  }),
);

const ran = async (...words: ReadonlyArray<string>): Promise<void> => {
  const { code, err } = await rnnc(...words);
  assert.equal(code, 0, err);
};

test("a run that was stopped and resumed, as often as it may be, saves the bytes of one that never stopped: by every optimiser, schedule and reader, with noise, of batches that add up", async () => {
  await fc.assert(
    fc.asyncProperty(cases, async ({ format, more, noise, training, stops }) => {
      const { program, data, words } = readers[format];
      const all = ["train", program(noise), "--data", data, ...words, ...more, ...training.flat(), "--steps", "7"];
      const [whole, stopped] = [join(newFolder(), "run"), join(newFolder(), "run")];
      await ran(...all, "--run", whole);
      // No time at all is enough for one step.
      const shortly = ["--max-time", "0.000001s"];
      await ran(...all, "--run", stopped, ...shortly);
      for (let i = 1; i < stops; i++) await ran("train", "--resume", stopped, ...shortly);
      await ran("train", "--resume", stopped);
      assert.deepEqual(filesIn(stopped), filesIn(whole));
    }),
    { numRuns: often(40, 8) },
  );
});
