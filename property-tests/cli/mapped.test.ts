import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { once } from "../../src/once.ts";
import { example, fileWith, forecastModel, linesOf, loadsFile, newFolder, rnnc, trained } from "./run-rnnc.ts";

const ran = async (...words: ReadonlyArray<string>): Promise<string> => {
  const { code, out, err } = await rnnc(...words);
  assert.equal(code, 0, err);
  return out;
};

const load = readFileSync(loadsFile(), "utf8");
const forecasting = once(
  () =>
  trained(fileWith("f.rnn", forecastModel), "--data", fileWith("load.csv", load), "--group", "site", "--window", "5", "--map", "x=temp,load", "--map", "y=load", "--steps", "2"), // biome-ignore format: one line
);
const pairs = `source\ttarget\n${["ab\tba", "abc\tcba", "ca\tac", "b\tb"].join("\n").concat("\n").repeat(10)}`;
const translating = once(
  () =>
  trained(example("translation"), "--data", fileWith("pairs.tsv", pairs), "--map", "x=source", "--map", "y=target", "--steps", "2"), // biome-ignore format: one line
);

test("data whose fields have other names are read by --map as those that a run was trained on: measured beside the same baselines, predicted, drawn from and followed", async () => {
  const run = await forecasting();
  const own = fileWith("o.csv", load);
  const other = fileWith("o.csv", load.replace("temp,load", "grad,power"));
  const map = ["--map", "x=grad,power", "--map", "y=power"];
  const measured = async (file: string, ...words: ReadonlyArray<string>) => {
    const { data: _, ...rest } = JSON.parse(await ran("eval", run, "--data", file, "--json", ...words));
    return rest;
  };
  assert.deepEqual(await measured(other, ...map), await measured(own));
  const predicted = async (file: string, ...words: ReadonlyArray<string>) =>
    linesOf(await ran("predict", run, "--data", file, ...words));
  const same = (line: Record<string, unknown>) => [line.mu, line["y.low"], line["y.high"]];
  assert.deepEqual((await predicted(other, ...map)).map(same), (await predicted(own)).map(same));
  assert.deepEqual(Object.keys((await predicted(other, ...map))[0]), ["group", "site", "day", "grad", "power", "mu", "y.low", "y.high"]); // biome-ignore format: one line
  const followed = async (file: string, ...words: ReadonlyArray<string>) =>
    JSON.parse(await ran("flow", run, "--data", file, "--json", ...words)).flows;
  assert.deepEqual(await followed(other, ...map), await followed(own));
  const drawn = async (file: string, ...words: ReadonlyArray<string>) =>
    linesOf(await ran("generate", await translating(), "--data", file, "--length", "4", ...words)).map(({ y }) => y);
  const [here, there] = [fileWith("a.tsv", "source\nabc\nb\n"), fileWith("a.tsv", "text\nabc\nb\n")];
  assert.deepEqual(await drawn(there, "--map", "x=text"), await drawn(here));
});

test("a --map of what is not in the program, of other fields than were learned, or of no other data is refused with what was expected", async () => {
  const run = await forecasting();
  const refused = async (expected: RegExp, ...words: ReadonlyArray<string>): Promise<void> => {
    const { code, err } = await rnnc(...words);
    assert.equal(code, 2, err);
    assert.match(err, expected);
  };
  for (const verb of ["eval", "predict", "generate"] as const) {
    const [of, data] =
      verb === "generate" ? [await translating(), fileWith("a.tsv", "source\nabc\n")] : [run, loadsFile()];
    await refused(/--map q: the program has no such input or target \(it has x, y\)/, verb, of, "--data", data, "--map", "q=temp"); // biome-ignore format: one line
    await refused(/I expected a field nothing/, verb, of, "--data", data, "--map", verb === "generate" ? "x=nothing" : "x=temp,nothing"); // biome-ignore format: one line
  }
  await refused(/x was made of temp, load in training: I expected as many/, "predict", run, "--data", loadsFile(), "--map", "x=temp"); // biome-ignore format: one line
  await refused(/--format, --columns and --map say how other data are read: name them with --data/, "eval", run, "--map", "x=temp,load"); // biome-ignore format: one line
});

test("weights that are put in are told as JSON, too", async () => {
  const run = await forecasting();
  const file = join(newFolder(), "w.safetensors");
  await ran("weights", "export", run, "-o", file);
  const { code, out, err } = await rnnc("weights", "import", run, "--from", file, "--json");
  assert.deepEqual([code, err, JSON.parse(out)], [0, "", { run, weights: file }]);
});
