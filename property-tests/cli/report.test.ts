import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { loadRun } from "../../src/train/index.ts";
import { readLog } from "../../src/train/log.ts";
import { pointedText } from "../../src/views/chart/scale.ts";
import { elementsOf, rowsIn, textOf } from "../report/elements.ts";
import {
  answered,
  characterModel,
  example,
  fileWith,
  forecastModel,
  type Line,
  linesOf,
  loadsFile,
  newFolder,
  rnnc,
  text,
  trained,
} from "./run-rnnc.ts";
import { wordsOf } from "./words.ts";

const namesFile = fileWith(
  "names.tsv",
  `name\tkind\n${Array.from({ length: 60 }, (_, i) => `${["mar", "ann", "jul", "<b>&"][i % 4]}${i % 7 < 4 ? "a\tfemale" : "o\tmale"}\n`).join("")}`,
);
const namesWords = ["--data", namesFile, "--map", "w=name", "--map", "y=kind", "--steps", "20", "--rate", "0.03"];

const reported = async (run: string, ...words: ReadonlyArray<string>): Promise<string> => {
  const { code, out, err } = await rnnc("report", run, ...words);
  assert.equal(code, 0, err);
  assert.equal(out, "");
  return readFileSync(join(run, "report.html"), "utf8");
};

/** What stands in the rows of a page that begin so. */
const rowsOf = (page: string, first: string): ReadonlyArray<ReadonlyArray<string>> =>
  rowsIn(page).filter(([cell]) => cell === first);

test("of classes a report has what eval and predict say, line by line, and its log, its parameters and its circuit", async () => {
  const run = await trained(example("name-class"), ...namesWords);
  const page = await reported(run);
  const { out } = await rnnc("eval", run);
  // Cells stand two spaces apart.
  const told = out.split("\n").filter((line) => /^(model|commonest|class|female|male|actual)/.test(line));
  assert.ok(told.length >= 8);
  const rows = new Set(rowsIn(page).map((row) => row.join("|")));
  for (const line of told) assert.ok(rows.has(line.trim().split(/ {2,}/).join("|")), line);
  assert.ok(textOf(page).includes(/^loss .*$/m.exec(out)![0]));
  const log = readLog(run);
  for (const { step, heldOut } of log)
    if (heldOut !== null)
      assert.ok(
        rowsIn(page).some(
          ([at, , , measured]) => at === `${step}` && Math.abs(Number(measured) - heldOut) <= 1e-5 * Math.abs(heldOut),
        ),
        `${step}`,
      );
  const heldOut = fileWith(
    "held.tsv",
    `name\tkind\n${readFileSync(namesFile, "utf8")
      .split("\n")
      .filter((_, i) => i > 0 && i % 10 === 0)
      .join("\n")}\n`,
  );
  const answers = await answered(run, heldOut);
  assert.equal(answers.length, 6);
  for (const { name, kind, p, ...answer } of answers)
    assert.ok(
      rowsIn(page).some(
        (row) => row.slice(1).join("|") === [name, kind, answer["y.predicted"], p[kind].toFixed(3)].join("|"),
      ),
      name,
    );
  const loaded = loadRun(run);
  assert.ok(loaded._tag === "Right");
  for (const { path, shape } of loaded.right.compiled.model.params)
    assert.equal(rowsOf(page, path)[0]?.[1], `[${shape.join(", ")}]`);
  assert.match(page, /<details><summary>Its circuit<\/summary><div class="drawing"><svg /);
  assert.match(page, /<math /);
});

test("the command that a report tells trains the same again, to the same bits", async () => {
  const load = (run: string) => {
    const loaded = loadRun(run, { last: true });
    assert.ok(loaded._tag === "Right");
    return loaded.right;
  };
  const cases: ReadonlyArray<readonly [program: string, words: ReadonlyArray<string>]> = [
    [example("name-class"), [...namesWords, "--decay", "plateau", "--clip-value", "0.5", "--optimiser", "adamw", "--weight-decay-of", "matrices", "--freeze", "E", "--seed", "7"]], // biome-ignore format: one line
    [fileWith("f.rnn", forecastModel), ["--data", loadsFile(), "--group", "site", "--window", "6", "--ahead", "2", "--stride", "3", "--hold-out", "3", "--map", "x=temp,load", "--map", "y=load", "--normalise", "x,y", "--epochs", "2", "--split", "time", "--precision", "f64"]], // biome-ignore format: one line
    [fileWith("c.rnn", characterModel), ["--data", fileWith("a text's.txt", text), "--set", "n=4", "--steps", "12", "--window", "20", "--streams", "4"]], // biome-ignore format: one line
  ];
  for (const [program, words] of cases) {
    const run = await trained(program, ...words);
    const page = await reported(run);
    const [, command] = /<pre class="command">(.*?)<\/pre>/s.exec(page)!;
    const [called, verb, ...again] = wordsOf(
      textOf(command!).replaceAll("'\\''", "\0").replaceAll("'", '"').replaceAll("\0", "'"),
    );
    assert.deepEqual([called, verb], ["rnnc", "train"]);
    const other = join(newFolder(), "again");
    const { code, err } = await rnnc("train", ...again, "--run", other);
    assert.equal(code, 0, err);
    const [one, two] = [load(run), load(other)];
    assert.deepEqual(two.recipe, one.recipe);
    assert.deepEqual(two.params, one.params);
  }
});

test("of a series a report has pictures, of a text what is drawn; each asks for nothing from elsewhere and escapes what it shows", async () => {
  const series = await trained(fileWith("f.rnn", forecastModel), "--data", loadsFile(), "--group", "site", "--window", "6", "--ahead", "2", "--hold-out", "3", "--map", "x=temp,load", "--map", "y=load", "--normalise", "x,y", "--steps", "5"); // biome-ignore format: one line
  const odd = `${'<i>a</i> & the cat <script>sat</script> on "mats". '.repeat(60)}`;
  const letters = await trained(fileWith("c.rnn", characterModel), "--data", fileWith("c.txt", odd), "--steps", "5", "--window", "20", "--streams", "4"); // biome-ignore format: one line
  const pages = [await reported(series), await reported(letters)];
  for (const page of pages) {
    assert.doesNotMatch(page, /<(script|i|link|img|iframe)\b|@import|url\(/);
    for (const { name, attributes } of elementsOf(page))
      for (const [attribute, value] of Object.entries(attributes))
        if (!attribute.startsWith("xmlns")) assert.doesNotMatch(value, /https?:|^\/\//, `${name} ${attribute}`);
  }
  const [ofSeries, ofText] = pages as [string, string];
  assert.match(ofSeries, /<h2>Predictions beside the truth<\/h2>/);
  assert.match(ofSeries, /site|north|south/);
  assert.equal([...ofText.matchAll(/<blockquote>/g)].length, 3);
  assert.match(textOf(ofText), /temperature 0\.5/);
});

test("an attention in a report is what predict tells, under the words of its example; beside the data stands what is drawn", async () => {
  const pairs = ["the cat sees a dog", "a dog sees the cat", "the dog sees a bird", "a bird sees the dog"].map(
    (line) => `${line}\t${line.split(" ").reverse().join(" ")}\n`,
  );
  const known = fileWith("pairs.tsv", `x\ty\n${pairs.join("").repeat(5)}`);
  const run = await trained(example("translation"), "--data", known, "--tokens", "words", "--steps", "3");
  const asked = fileWith("asked.tsv", `x\ty\n${pairs[0]}`);
  const page = await reported(run, "--data", asked);
  const [{ a }] = (await answered(run, asked, "--outputs", "a")) as [Line];
  const titles = new Set([...page.matchAll(/<title>(i = [^<]*)<\/title>/g)].map(([, title]) => textOf(title!)));
  const [rows, columns] = [
    ["dog", "a", "sees", "cat", "the", "<end>"],
    ["the", "cat", "sees", "a", "dog"],
  ];
  assert.equal(titles.size, 30);
  for (const [i, row] of a.entries())
    for (const [j, value] of row.entries())
      assert.ok(
        titles.has(`i = ${i + 1} (${rows[i]}), j = ${j + 1} (${columns[j]}): ${pointedText(value)}`),
        `${i} ${j}`,
      );
  const drawn = rowsOf(page, "the cat sees a dog").find((row) => row.length === 3);
  assert.equal(drawn?.[2], "dog a sees cat the");
});

test("a report is written where it is asked for, of other data too, and the run stays as it was", async () => {
  const run = await trained(example("name-class"), ...namesWords);
  const before = readFileSync(join(run, "run.json"));
  const out = join(newFolder(), "page.html");
  const others = fileWith("others.tsv", "name\tkind\njula\tfemale\n");
  const { code, out: told } = await rnnc("report", run, "--data", others, "-o", out, "--json");
  assert.equal(code, 0);
  assert.deepEqual(linesOf(told.replaceAll("\n", "")), [{ run, report: out }]);
  assert.match(textOf(readFileSync(out, "utf8")), /on .*others\.tsv: 1 example/);
  assert.equal(existsSync(join(run, "report.html")), false);
  assert.deepEqual(readFileSync(join(run, "run.json")), before);
  assert.equal((await rnnc("report", newFolder())).code, 2);
  assert.equal((await rnnc("report", run, "-o", join(namesFile, "all.html"))).code, 2);
});

test("where nothing stood in the data a report shows that nothing did, not the number that took its place", async () => {
  const masked = fileWith(
    "masked.rnn",
    `model Masked(K) {
  axis t in 1..T
  input x[t], m[t] : R
  param w, u : R[K] ~ normal(0, 1)
  k : symbol[K] ~ categorical(softmax(sum[t](m[t] * x[t] * w + (1 - m[t]) * u)))
}`,
  );
  const rows = ["a", "b", "c", "d", "e"].map(
    (group, i) => `${group},11,k${i % 2}\n${group},,k${i % 2}\n${group},13,k${i % 2}\n`,
  );
  const gaps = fileWith("gaps.csv", `s,x,k\n${rows.join("")}`);
  const run = await trained(masked, "--data", gaps, "--group", "s", "--missing", "m", "--normalise", "x", "--steps", "2", "--hold-out", "2"); // biome-ignore format: one line
  assert.match(textOf(await reported(run)), /11\s*–\s*13/);
});
