import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { once } from "../../src/once.ts";
import { answered, fileWith, linesOf, newFolder, rnnc, trained } from "./run-rnnc.ts";

const ragged = `model P {
  axis s in 1..S
  axis w in 1..W[s]
  input x[s,w] : R
  param b = 0
  output v[s,w] = x[s,w] + b
  output a[w,s] = x[s,w] + b
  minimize sum[s](sum[w](v[s,w]^2))
}
`;
const lines = (record: unknown): string => `${JSON.stringify(record)}\n`.repeat(20);
const raggedData = fileWith("ragged.jsonl", lines({ x: [[1, 2], [3], [4]] }));
const program = fileWith("ragged.rnn", ragged);
const raggedRun = once(() => trained(program, "--data", raggedData, "--steps", "2"));

test("nothing that a run is of is written over by what is made of it: its files, its data, its program", async () => {
  const run = await raggedRun();
  const own = readdirSync(run).filter((name) => name !== "report.html");
  const before = [...own.map((name) => join(run, name)), raggedData, program].map(
    (path) => [path, readFileSync(path)] as const,
  );
  const refused = async (path: string, ...words: ReadonlyArray<string>): Promise<void> => {
    const { code, out, err } = await rnnc(...words, "-o", path);
    assert.deepEqual([code, out], [2, ""], `${words.join(" ")} -o ${path}: ${err}`);
    assert.match(err, /would be lost|comes as|written as/);
  };
  for (const [path] of before) {
    await refused(path, "report", run, "--data", raggedData);
    await refused(path, "show", run, "--json");
    await refused(path, "flow", run);
    await refused(path, "predict", run, "--data", raggedData);
    await refused(path, "weights", "export", run);
  }
  await refused(program, "show", run, "--view", "equations", "--format", "rnn");
  await refused(join(newFolder(), "report.pdf"), "report", run, "--data", raggedData);
  for (const [path, bytes] of before) assert.deepEqual(readFileSync(path), bytes, path);
});

test("what is plotted of ragged axes is blank where nothing stands, in either order, in every format", async () => {
  const run = await raggedRun();
  for (const [name, rows] of [
    [
      "v",
      [
        [1, 2],
        [3, null],
        [4, null],
      ],
    ],
    [
      "a",
      [
        [1, 3, 4],
        [2, null, null],
      ],
    ],
  ] as const) {
    const told = JSON.parse((await rnnc("show", run, "--plot", name, "--json")).out);
    assert.deepEqual(
      told.values.map((row: ReadonlyArray<number | null>) => row.map((value) => value && Math.round(value))),
      rows,
    );
    const text = await rnnc("show", run, "--plot", name);
    assert.equal(text.code, 0, text.err);
    const picture = await rnnc("show", run, "--plot", name, "--format", "svg");
    assert.equal(picture.out.match(/<title>\w = /g)?.length, 4, picture.out);
  }
});

test("what is not drawn is told; several of each are a list in a cell", async () => {
  const source = fileWith(
    "drawn.rnn",
    `model Z {
  axis s in 1..S
  axis w in 1..W
  input x[s] : R
  input v[w] : R
  param a, b = 1
  y[w] ~ normal(a * v[w], 1)
  z[s] ~ normal(b * x[s], 1)
}
`,
  );
  const data = fileWith("drawn.jsonl", lines({ x: [1, 2], v: [1, 2, 3], y: [1, 2, 3], z: [99, 98] }));
  const run = await trained(source, "--data", data, "--steps", "1");
  const { err } = await rnnc("generate", run, "--data", data);
  assert.match(err, /^What is drawn goes along \w: \w is not drawn, and stands as in the data\.$/m);
  const table = join(newFolder(), "several.tsv");
  assert.equal((await rnnc("generate", run, "--data", data, "--several", "2", "-o", table)).code, 0);
  const [, row] = readFileSync(table, "utf8")
    .split("\n")
    .map((line) => line.split("\t"));
  const lists = row!.filter((cell) => cell.startsWith("[["));
  assert.equal(lists.length, 1);
  assert.equal(JSON.parse(lists[0]!).length, 2);
  assert.equal(linesOf((await rnnc("generate", run, "--data", data, "--several", "2")).out).length, 20);
  assert.equal((await answered(run, data)).length, 20);
});
