import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { weightsOf } from "../../src/train/run.ts";
import { loadRun } from "../../src/train/run-folder.ts";
import { compiledProgram } from "../property/programs.ts";
import { characterModel, fileWith, newFolder, rnnc, text } from "./run-rnnc.ts";

const source = `model Series(k = 2, n = 3) {
  axis t in 1..T
  axis s in 1..S
  axis w in 1..L[s]
  input x[t] : R[k]
  input q[s,w] : R
  param W : R[n,n]
  param U : R[n,k]
  param v : R[n] ~ normal(0, 0.3)
  h[0] = 0
  h[t] : R[n] = tanh(W h[t-1] + U x[t])
  output y[t] = v^T h[t]
  output last = h[T]
  output u[s,w] = q[s,w] * y[T]
  d[t] ~ normal(y[t], 1)
}`;
const program = fileWith("series.rnn", source);

const jsonLines = (examples: ReadonlyArray<unknown>): string =>
  examples.map((example) => `${JSON.stringify(example)}\n`).join("");

const x = (length: number): ReadonlyArray<ReadonlyArray<number>> =>
  Array.from({ length }, (_, t) => [Math.sin(t), Math.cos(3 * t)]);
const asked = [
  { x: x(3), q: [[1, 2], [3]] },
  { x: x(1), q: [[4]], id: 7 },
  { x: x(2), q: [[], [1, 2, 3]], d: [1, 2] },
];

const trained = async (): Promise<string> => {
  const folder = join(newFolder(), "run");
  const examples = [4, 3, 2].map((length) => ({ x: x(length), q: [[1]], d: x(length).map(([first]) => first) }));
  const data = fileWith("d.jsonl", jsonLines(examples));
  const settings = ["--steps", "3", "--streams", "2", "--hold-out", "3", "--precision", "f64"];
  const { code, err } = await rnnc("train", program, "--data", data, "--run", folder, ...settings);
  assert.equal(code, 0, err);
  return folder;
};

test("a trained run prints for each example what stands in the data and what the model makes of it alone", async () => {
  const folder = await trained();
  const { code, out, err } = await rnnc("predict", folder, "--data", fileWith("p.jsonl", jsonLines(asked)));
  assert.equal(code, 0, err);
  const run = loadRun(folder);
  assert.ok(run._tag === "Right");
  const params = weightsOf(run.right);
  const model = compiledProgram(source, { target: "js" });
  const lines = out
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  assert.equal(lines.length, asked.length);
  lines.forEach((line, i) => {
    const { x: given, q } = asked[i]!;
    assert.deepEqual(Object.keys(line), [...Object.keys(asked[i]!), "y", "last", "u", "d.low", "d.high"]);
    assert.deepEqual([line.x, line.q], [given, q]);
    const alone = model.forward(params, model.pack([{ x: given, q }]));
    const near = (found: ReadonlyArray<number>, right: Iterable<number>): void => {
      const values = [...right];
      assert.equal(found.length, values.length);
      for (const [at, value] of values.entries()) assert.ok(Math.abs(found[at]! - value) < 1e-12);
    };
    near(line.y, alone.y!.data);
    near(line.last, alone.last!.data);
    const { u } = line as { readonly u: ReadonlyArray<ReadonlyArray<number>> };
    assert.deepEqual(
      u.map(({ length }) => length),
      q.map(({ length }) => length),
    );
    near(
      u.flat(),
      q.flat().map((value) => value * line.y.at(-1)),
    );
  });
});

test("outputs may be chosen, and written to a file whole", async () => {
  const folder = await trained();
  const data = fileWith("p.jsonl", jsonLines(asked));
  const path = join(newFolder(), "out.jsonl");
  const { code, out } = await rnnc("predict", folder, "--data", data, "--outputs", "last", "-o", path);
  assert.deepEqual([code, out], [0, ""]);
  const lines = readFileSync(path, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  assert.deepEqual(Object.keys(lines[1]), ["x", "q", "id", "last"]);
});

test("what cannot be predicted is refused with what to do", async () => {
  const folder = await trained();
  const data = fileWith("p.jsonl", jsonLines(asked));
  const says = async (expected: RegExp, ...words: ReadonlyArray<string>): Promise<void> => {
    const { code, err } = await rnnc(...words);
    assert.equal(code, 2);
    assert.match(err, expected);
  };
  await says(/no output lasst \(did you mean last\?\)/, "predict", folder, "--data", data, "--outputs", "lasst");
  await says(
    /b\.jsonl, line 1: q: I expected a field q, and found x/,
    "predict",
    folder,
    "--data",
    fileWith("b.jsonl", '{"x": [[1, 2]]}'),
  );
  await says(/no run in/, "predict", newFolder(), "--data", data);
  await says(/rnnc predict .* --data FILE/, "generate", folder);
  const drawn = join(newFolder(), "run");
  const characters = ["train", fileWith("c.rnn", characterModel), "--data", fileWith("t.txt", text)];
  const { code, err } = await rnnc(...characters, "--run", drawn, "--steps", "1");
  assert.equal(code, 0, err);
  await says(/draws text with `rnnc generate/, "predict", drawn, "--data", data);
});

test("a model of which nothing can be predicted is told when it is checked and when its training begins, and one that has no output of its own predicts its targets", async () => {
  const program = (end: string): string =>
    fileWith("m.rnn", `model M {\n  axis t in 1..T\n  input x[t], d[t]\n  param w = 1\n  o[t] = w * x[t]\n${end}\n}`);
  const data = fileWith("d.jsonl", '{"x": [1, 2], "d": [2, 4], "e": [2, 4]}\n'.repeat(4));
  const begun = async (end: string) => {
    const folder = join(newFolder(), "run");
    const words = ["train", program(end), "--data", data, "--run", folder, "--steps", "1", "--normalise", "x"];
    const { code, err } = await rnnc(...words);
    assert.equal(code, 0, err);
    return { folder, err, checked: (await rnnc("check", program(end))).out };
  };
  const loss = "  minimize sum[t]((d[t] - o[t])^2)";
  const nothing = await begun(loss);
  assert.match(
    nothing.err,
    /^Nothing can be predicted of this run: M has no output and no ~\. `output y` in the program/m,
  );
  assert.match(nothing.checked, /outputs: none, so a run predicts nothing: `output y`/);
  const refused = await rnnc("predict", nothing.folder, "--data", data);
  assert.equal(refused.code, 2);
  assert.match(refused.err, /M has no output and no ~, so there is nothing to predict: .*`output y`/);
  for (const end of [`${loss}\n  output o`, "  e[t] ~ normal(o[t] + d[t], 1)"]) {
    const { folder, err, checked } = await begun(end);
    assert.doesNotMatch(err + checked, /[Nn]othing can be predicted|predicts nothing/);
    const { code, out, err: asked } = await rnnc("predict", folder, "--data", data);
    assert.equal(code, 0, asked);
    const told = Object.keys(JSON.parse(out.split("\n")[0]!)).slice(3);
    assert.deepEqual(told, end.includes("output") ? ["o"] : ["e.predicted", "e.low", "e.high"]);
  }
});

test("--outputs chooses what is expected of a target by its name, and refuses what is not there with the names that are", async () => {
  const folder = await trained();
  const data = fileWith("p.jsonl", jsonLines(asked));
  const keys = async (...outputs: ReadonlyArray<string>): Promise<ReadonlyArray<string>> => {
    const { code, out, err } = await rnnc("predict", folder, "--data", data, "--outputs", ...outputs);
    assert.equal(code, 0, err);
    return Object.keys(JSON.parse(out.split("\n")[0]!));
  };
  assert.deepEqual(await keys("d.low"), ["x", "q", "d.low"]);
  assert.deepEqual(await keys("y, d.high"), ["x", "q", "y", "d.high"]);
  assert.deepEqual(await keys("y"), ["x", "q", "y"]);
  const { code, err } = await rnnc("predict", folder, "--data", data, "--outputs", "e.predicted");
  assert.equal(code, 2);
  assert.match(err, /no output e\.predicted \(it has y, last, u, d\.low, d\.high\)/);
});
