import assert from "node:assert/strict";
import { existsSync, linkSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { once } from "../../src/once.ts";
import {
  characterModel,
  example,
  fileWith,
  forecastModel,
  linesOf,
  loadsFile,
  newFolder,
  rnnc,
  text,
  trained,
} from "./run-rnnc.ts";

const pairs = `source\ttarget\n${["ab\tba", "abc\tcba", "ca\tac", "b\tb"].join("\n").concat("\n").repeat(10)}`;
const translating = once(
  () =>
  trained(example("translation"), "--data", fileWith("pairs.tsv", pairs), "--map", "x=source", "--map", "y=target", "--steps", "2"), // biome-ignore format: one line
);
const forecasting = once(
  () =>
  trained(fileWith("f.rnn", forecastModel), "--data", loadsFile(), "--group", "site", "--window", "5", "--map", "x=temp,load", "--map", "y=load", "--steps", "2"), // biome-ignore format: one line
);
const following = once(
  () =>
  trained(
    fileWith(
      "again.rnn",
      `model Again(k) {
  axis t in 1..T
  axis i in 1..N
  input x[t] : R[k]
  param v : R[k] ~ normal(0, 0.01)
  param b = 0.1
  y[0] = 0
  y[i] ~ normal(v^T x[T] + b * y[i-1], 1)
}`,
    ),
    "--data", loadsFile(), "--group", "site", "--window", "5", "--ahead", "2", "--map", "x=temp,load", "--map", "y=load", "--steps", "1"), // biome-ignore format: one line
);
const reading = once(
  () =>
  trained(fileWith("c.rnn", characterModel), "--data", fileWith("t.txt", text), "--steps", "2", "--streams", "4", "--window", "16"), // biome-ignore format: one line
);

const ran = async (...words: ReadonlyArray<string>): Promise<string> => {
  const { code, out, err } = await rnnc(...words);
  assert.equal(code, 0, err);
  return out;
};

/** What is refused is refused with 2, and nothing is written. */
const refused = async (expected: RegExp, path: string, ...words: ReadonlyArray<string>): Promise<void> => {
  const before = existsSync(path) ? readFileSync(path) : undefined;
  const { code, out, err } = await rnnc(...words, "-o", path);
  assert.deepEqual([code, out], [2, ""], err);
  assert.match(err, expected);
  assert.deepEqual(existsSync(path) ? readFileSync(path) : undefined, before);
};

const inFolder = (name: string): string => join(newFolder(), name);

test("an ending says in whatever case how a file is written", async () => {
  const words = ["predict", await forecasting(), "--data", loadsFile()];
  for (const ending of ["csv", "tsv", "jsonl"]) {
    const [lower, upper] = [inFolder(`a.${ending}`), inFolder(`a.${ending.toUpperCase()}`)];
    await ran(...words, "-o", lower);
    await ran(...words, "-o", upper);
    assert.deepEqual(readFileSync(upper), readFileSync(lower));
    assert.equal(readFileSync(lower, "utf8").startsWith("{"), ending === "jsonl");
  }
  const bare = inFolder("answers");
  await ran(...words, "-o", bare);
  assert.equal(readFileSync(bare, "utf8"), await ran(...words));
  const picture = inFolder("a.SVG");
  await ran("show", example("elman"), "-o", picture);
  assert.match(readFileSync(picture, "utf8"), /^<(\?xml|svg|!DOCTYPE)/);
  const page = inFolder("a.Html");
  await ran("flow", example("elman"), "--length", "T=4", "-o", page);
  assert.match(readFileSync(page, "utf8"), /^<!doctype html>/i);
});

test("an ending says in whatever case how a file is read", async () => {
  const table = readFileSync(loadsFile(), "utf8");
  const words = ["predict", await forecasting(), "--data"];
  assert.equal(await ran(...words, fileWith("LOAD.CSV", table)), await ran(...words, fileWith("load.csv", table)));
});

test("an ending that a command does not write is refused with those that it does, before anything is read", async () => {
  const nowhere = ["/nowhere", "--data", "/nowhere.csv"];
  for (const name of ["q.conll", "q.json", "q.xlsx", "q.csv.gz"])
    await refused(/-o .*q\..*: answers are written as \.jsonl, \.csv, \.tsv/, inFolder(name), "predict", ...nowhere);
  await refused(
    /: answers are written as/,
    inFolder("q.txt"),
    "generate",
    await translating(),
    "--data",
    "/nowhere.tsv",
  );
  await refused(/: texts are written as \.txt, \.jsonl/, inFolder("q.csv"), "generate", await reading());
  await refused(/: weights are written as \.safetensors/, inFolder("q.npz"), "weights", "export", "/nowhere");
  await refused(
    /: the view circuit comes as \.txt, \.svg, \.png, \.dot, \.gv, \.json/,
    inFolder("x.gif"),
    "show",
    "/nowhere.rnn",
  );
  await refused(/: the view equations comes as .*\.tex/, inFolder("x.svg"), "show", "/nowhere.rnn", "--view", "equations"); // biome-ignore format: one line
  await refused(/: the flow comes as \.svg, \.html, \.json/, inFolder("x"), "flow", "/nowhere.rnn");
});

test("a file that is there is replaced, unless it is one that is read, by whatever name", async () => {
  const run = await forecasting();
  const path = inFolder("a.csv");
  writeFileSync(path, "before");
  await ran("predict", run, "--data", loadsFile(), "-o", path);
  assert.match(readFileSync(path, "utf8"), /^site,day,temp,load,/);
  const data = loadsFile();
  const [hard, soft] = [inFolder("hard.csv"), inFolder("soft.csv")];
  linkSync(data, hard);
  symlinkSync(data, soft);
  for (const other of [data, hard, soft])
    await refused(/-o .*\.csv: that is .* which is read, and would be lost/, other, "predict", run, "--data", data);
  const program = fileWith("m.rnn", readFileSync(example("elman"), "utf8"));
  await refused(/m\.rnn: that is the file which is read/, program, "show", program, "--view", "equations");
});

test("what is drawn from examples is written as predictions are: beside what stands in the data, as a table or lines of JSON", async () => {
  const run = await translating();
  const data = fileWith("asked.tsv", "id\tsource\tnote\n1\tabc\tfirst\n2\tb\tlast\n");
  const words = ["generate", run, "--data", data, "--length", "4"];
  const lines = linesOf(await ran(...words));
  assert.deepEqual(
    lines.map(({ y: _, ...kept }) => kept),
    [
      { id: "1", source: "abc", note: "first" },
      { id: "2", source: "b", note: "last" },
    ],
  );
  for (const ending of ["jsonl", "csv", "tsv"]) {
    const path = inFolder(`a.${ending}`);
    assert.equal(await ran(...words, "-o", path), "");
    const written = readFileSync(path, "utf8");
    const delimiter = ending === "csv" ? "," : "\t";
    const rows = [["id", "source", "note", "y"], ...lines.map(({ id, source, note, y }) => [id, source, note, y])];
    assert.equal(
      written,
      ending === "jsonl" ? await ran(...words) : rows.map((row) => `${row.join(delimiter)}\n`).join(""),
    );
  }
  const bare = fileWith("bare.txt", "3\tca\n");
  const read = ["--format", "tsv", "--columns", "id,source"];
  const [line] = linesOf(await ran("generate", run, "--data", bare, ...read, "--length", "4"));
  assert.deepEqual(Object.keys(line), ["id", "source", "y"]);
  const [several] = linesOf(await ran(...words, "--several", "2"));
  assert.equal(several.y.length, 2);
  assert.equal((await rnnc("generate", await reading(), "--format", "tsv")).code, 2);
});

test("of a series what is drawn stands in rows of its own after those of its window, as what is predicted does", async () => {
  const [run, path] = [await following(), inFolder("a.csv")];
  await ran("generate", run, "--data", loadsFile(), "-o", path);
  const [first, second] = linesOf(await ran("generate", run, "--data", loadsFile()));
  const rows = readFileSync(path, "utf8")
    .trim()
    .split("\n")
    .map((row) => row.split(","));
  assert.deepEqual(rows[0], ["site", "day", "temp", "load", "y"]);
  assert.deepEqual(
    rows.filter((row) => row[1] === "").map(([site, , , , y]) => [site, Number(y)]),
    [...first.y.map((y: number) => ["north", y]), ...second.y.map((y: number) => ["south", y])],
  );
});

test("a text that is drawn is written as it is, or as a line of JSON", async () => {
  const words = ["generate", await reading(), "--length", "20", "--prefix", "the "];
  const [plain, lines] = [inFolder("a.txt"), inFolder("a.jsonl")];
  await ran(...words, "-o", plain);
  await ran(...words, "-o", lines);
  assert.equal(readFileSync(plain, "utf8"), await ran(...words));
  assert.equal(readFileSync(lines, "utf8"), await ran(...words, "--json"));
});

test("a column that is called as one that is made is refused, of records and of series, in lines of JSON and in tables; others may be chosen", async () => {
  const run = await forecasting();
  const called = (name: string): string =>
    fileWith("l.csv", readFileSync(loadsFile(), "utf8").replace("site,day,", `site,${name},`));
  const words = (name: string) => ["predict", run, "--data", called(name)];
  for (const name of ["mu", "y.low"]) {
    await refused(new RegExp(`there is a field ${name} already, .*--outputs \\(there are mu, y\\.low, y\\.high\\)`), inFolder("a.csv"), ...words(name)); // biome-ignore format: one line
    await refused(new RegExp(`there is a field ${name} already`), inFolder("a.jsonl"), ...words(name));
    const [line] = linesOf(await ran(...words(name), "--outputs", "y.high"));
    assert.deepEqual(Object.keys(line).sort(), ["group", name, "load", "site", "temp", "y.high"].sort());
  }
  const taken = fileWith("p.tsv", "source\ty\nab\tmine\n");
  await refused(/there is a field y already, which is not the target/, inFolder("a.csv"), "generate", await translating(), "--data", taken, "--length", "3"); // biome-ignore format: one line
});
