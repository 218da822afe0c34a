import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { decodeSafetensors } from "../../src/weights/decode.ts";
import { fileWith, newFolder, rnnc } from "./run-rnnc.ts";

/** Cases that were met from outside, where a run was a dead end or a message said nothing. */
const series = `import LSTM from "std"
// Two numbers in, the next first one out.
model TS(k = 2, n = 10) {
  axis t in 1..T
  input x[t] : R[k]
  param v : R[n] ~ normal(0, 0.3)
  param b = 0
  h[t] = LSTM(n)(x[t])
  output y[t] = v^T h[t] + b
  d[t] ~ normal(y[t], 1)
}
`;
const program = fileWith("model.rnn", series);

test("the case infer-from-run: a trained run prints its outputs for inputs alone, and its weights are a file that others open", async () => {
  const data = fileWith(
    "ts.jsonl",
    `{"x":[[1,5],[2,4],[3,3],[4,2]],"d":[2,3,4,5]}
{"x":[[0,6],[1,5],[2,4],[3,3]],"d":[1,2,3,4]}
{"x":[[2,4],[3,3],[4,2],[5,1]],"d":[3,4,5,6]}
`,
  );
  const asked = fileWith("p.jsonl", '{"x":[[1,5],[2,4],[3,3],[4,2]]}\n');
  const run = join(newFolder(), "run");
  assert.equal((await rnnc("train", program, "--data", data, "--steps", "5", "--rate", "0.01", "--run", run)).code, 0);
  const answer = await rnnc("predict", run, "--data", asked);
  assert.equal(answer.code, 0, answer.err);
  assert.equal(JSON.parse(answer.out).y.length, 4);
  const drawn = await rnnc("generate", run);
  assert.deepEqual([drawn.code, drawn.err.includes("rnnc predict")], [2, true]);
  const measured = await rnnc("eval", run, "--data", asked);
  assert.equal(measured.code, 2);
  assert.match(measured.err, /p\.jsonl, line 1: d: I expected a field d, and found x/);
  const weights = join(newFolder(), "w.safetensors");
  assert.equal((await rnnc("weights", "export", run, "-o", weights)).code, 0);
  const decoded = decodeSafetensors(readFileSync(weights));
  assert.ok(decoded._tag === "Right" && decoded.right.tensors.v?.shape.join() === "10");
});

test("the case jsonl-null: what is missing is told with its place, and with the way out", async () => {
  const bad = fileWith("bad.jsonl", '{"x":[[1,null]],"d":[2]}\n');
  const { code, err } = await rnnc("train", program, "--data", bad, "--run", join(newFolder(), "run"));
  assert.equal(code, 2);
  assert.match(err, /bad\.jsonl, line 1: x\[0\]\[1\]: I expected a value, and found nothing \(--missing/);
});

test("the case tsv-csv-message: a table is read as one, and fields that do not fit are told with the way out", async () => {
  const names = new URL("../../examples/name-class.rnn", import.meta.url).pathname;
  const table = fileWith("names.tsv", "Schmidt\tGerman\nRossi\tItalian\nO’Brien\tIrish\nMüller\tGerman\n");
  const words = ["train", names, "--data", table, "--steps", "2", "--run"];
  const refused = await rnnc(...words, join(newFolder(), "run"));
  assert.equal(refused.code, 2);
  assert.match(refused.err, /names\.tsv, line 2: w: I expected a field w, .*--columns names them/);
  const read = await rnnc(...words, join(newFolder(), "run"), "--columns", "w,y", "--set", "m=3", "--hold-out", "4");
  assert.equal(read.code, 0, read.err);
});
