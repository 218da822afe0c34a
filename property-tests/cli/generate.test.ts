import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { Example } from "../../src/runtime/interface.ts";
import { loadRun } from "../../src/train/run-folder.ts";
import { compiledProgram } from "../property/programs.ts";
import { characterModel, fileWith, newFolder, rnnc, text } from "./run-rnnc.ts";

const translation = readFileSync(new URL("../../examples/translation.rnn", import.meta.url), "utf8");
/** A truth at each position of an input, whose last value is read back. */
const marks = `model Marks(n = 3) {
  axis t in 1..T
  input x[t] : R
  param U : R[n] ~ normal(0, 1)
  param V : R[n] ~ normal(0, 1)
  y[0] = 0
  h[0] = 0
  h[t] : R[n] = tanh(U * x[t] + V * y[t-1] + h[t-1])
  y[t] ~ bernoulli(sigmoid(sum(h[t])))
}`;

const jsonLines = (examples: ReadonlyArray<unknown>): string =>
  examples.map((example) => `${JSON.stringify(example)}\n`).join("");

const trained = async (source: string, data: string, ...more: ReadonlyArray<string>): Promise<string> => {
  const folder = join(newFolder(), "run");
  const settings = ["--steps", "2", "--streams", "2", "--hold-out", "3", "--precision", "f64"];
  const words = ["train", fileWith("m.rnn", source), "--data", data, "--run", folder, ...settings, ...more];
  const { code, err } = await rnnc(...words);
  assert.equal(code, 0, err);
  return folder;
};

const pairs = [
  { x: [1, 2, 3], y: [2, 3, 1], id: 7 },
  { x: [4], y: [5, 1] },
  { x: [2, 2], y: [4, 4, 1] },
];
const series = [
  { x: [0.5, -1, 2, 1], y: [0, 1, 0, 0] },
  { x: [1, 1], y: [1, 1] },
  { x: [], y: [] },
];
const translating = trained(translation, fileWith("p.jsonl", jsonLines(pairs.map(({ x, y }) => ({ x, y })))));
const marking = trained(marks, fileWith("s.jsonl", jsonLines(series)));
const reading = trained(characterModel, fileWith("t.txt", text));

const linesOf = async (...words: ReadonlyArray<string>) => {
  const { code, out, err } = await rnnc("generate", ...words);
  assert.equal(code, 0, err);
  return out
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
};
const asked = fileWith("asked.jsonl", jsonLines(pairs));
const paramsOf = (folder: string) => {
  const run = loadRun(folder);
  assert.ok(run._tag === "Right");
  return run.right.training.params;
};

test("each example's drawing takes the place of its target, and is what is drawn in process", async () => {
  const folder = await translating;
  const words = ["--seed", "3", "--length", "6", "--top-k", "4", "--top-p", "0.9", "--temperature", "1.5"];
  const lines = await linesOf(folder, "--data", asked, ...words);
  const model = compiledProgram(translation);
  const inputs = pairs.map(({ x }): Example => ({ x }));
  const options = { seed: 3, length: 6, topK: 4, topP: 0.9, temperature: 1.5, inputs };
  const { values } = model.generate(paramsOf(folder), options);
  assert.deepEqual(
    lines,
    pairs.map((pair, i) => ({ ...pair, y: values.y![i] })),
  );
});

test("a beam's best of each stand in order, with their log-probabilities; narrower by one is the mode", async () => {
  const folder = await translating;
  const length = ["--length", "5"];
  const lines = await linesOf(folder, "--data", asked, ...length, "--beam", "4", "--length-penalty", "0.6", "--several", "3"); // biome-ignore format: one line
  const model = compiledProgram(translation);
  for (const [i, { x }] of pairs.entries()) {
    const options = { beam: 4, keep: 3, lengthPenalty: 0.6, length: 5, inputs: { x } };
    const { values, logProbabilities } = model.generate(paramsOf(folder), options);
    assert.deepEqual([lines[i].y, lines[i].$logProbability], [values.y, logProbabilities]);
    assert.equal(lines[i].y.length, 3);
  }
  const greedy = await linesOf(folder, "--data", asked, ...length, "--beam", "1");
  const mode = await linesOf(folder, "--data", asked, ...length, "--mode");
  assert.deepEqual(
    greedy.map(({ y }) => y),
    mode.map(({ y }) => y),
  );
});

test("several drawings of an example are several, and where inputs stand along the axis as long as those", async () => {
  const folder = await marking;
  const data = fileWith("s.jsonl", jsonLines(series));
  const lines = await linesOf(folder, "--data", data, "--several", "20");
  for (const [i, { x }] of series.entries()) {
    const { y } = lines[i] as { readonly y: ReadonlyArray<ReadonlyArray<number>> };
    assert.deepEqual(
      y.map(({ length }) => length),
      Array.from({ length: 20 }, () => x.length),
    );
  }
  assert.ok(new Set(lines[0].y.map(String)).size > 1);
  assert.deepEqual(await linesOf(folder, "--data", data, "--several", "20"), lines);
  const shorter = await linesOf(folder, "--data", data, "--length", "3");
  assert.deepEqual(
    shorter.map(({ y }) => y.length),
    [3, 2, 0],
  );
});

test("several texts are drawn, and a beam finds the most probable", async () => {
  const folder = await reading;
  const words = [folder, "--length", "8", "--prefix", "the ", "--json"];
  const drawn = await linesOf(...words, "--several", "3");
  assert.equal(drawn.length, 3);
  for (const { text } of drawn) assert.match(text, /^the .{8}$/su);
  const [best] = await linesOf(...words, "--beam", "1");
  assert.deepEqual(await linesOf(...words, "--mode"), [best]);
});

test("what cannot be drawn is refused with what to do", async () => {
  const [texts, examples] = [await reading, await translating];
  const says = async (expected: RegExp, ...words: ReadonlyArray<string>): Promise<void> => {
    const { code, err, out } = await rnnc("generate", ...words);
    assert.deepEqual([code, out], [2, ""]);
    assert.match(err, expected);
  };
  await says(/--prefix: .*does not know the character "é", which is the 3\. of the prefix/, texts, "--prefix", "até");
  await says(/was trained on text and has no inputs/, texts, "--data", asked);
  await says(/was not trained on text, so it goes on from none/, examples, "--data", asked, "--prefix", "a");
  await says(/has inputs: give them with --data FILE/, examples);
  await says(/--length-penalty is of a --beam/, examples, "--data", asked, "--length-penalty", "1");
  await says(/--several 3 is more than --beam 2 can find/, texts, "--beam", "2", "--several", "3");
  await says(/'--temperature <factor>' cannot be used with option '--beam/, texts, "--beam", "2", "--temperature", "2");
  await says(/at most 1/, texts, "--top-p", "1.5");
  await says(/x\[0\]: expected a symbol/, examples, "--data", fileWith("b.jsonl", '{"x": [99]}'));
});
