import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { characterModel, example, fileWith, newFolder, rnnc, text } from "./run-rnnc.ts";

const small = ["--set", "n=4", "--length", "T=7"];

const written = async (ending: string, ...words: ReadonlyArray<string>): Promise<string> => {
  const path = join(newFolder(), `flow.${ending}`);
  const { code, err } = await rnnc("flow", ...words, "-o", path);
  assert.equal(code, 0, err);
  assert.ok(err.endsWith(`Wrote ${path}.\n`), err);
  return readFileSync(path, "utf8");
};

test("the ending of the output says whether a picture, a page or numbers are wanted, and each is what --json tells", async () => {
  const { out } = await rnnc("flow", example("elman"), ...small, "--json");
  assert.equal(await written("json", example("elman"), ...small), out);
  const told = JSON.parse(out).flows[0].states[0].spectral[0][6];
  for (const [ending, beginning] of [
    ["svg", /^<svg /],
    ["html", /^<!doctype html>/],
  ] as const) {
    const drawn = await written(ending, example("elman"), ...small);
    assert.match(drawn, beginning);
    assert.ok(drawn.includes(`<title>t = 7, k = 1: ${Number(told.toPrecision(6))}</title>`));
  }
});

test("of a run stand the numbers before and after training, of an example that it held out", async () => {
  const run = join(newFolder(), "run");
  const data = ["--data", fileWith("text.txt", text), "--steps", "20"];
  const trained = await rnnc("train", fileWith("model.rnn", characterModel), ...data, "--run", run);
  assert.equal(trained.code, 0, trained.err);
  const { code, out, err } = await rnnc("flow", run, "--json", "--length", "T=9", "--last");
  assert.equal(code, 0, err);
  const { flows, about } = JSON.parse(out);
  assert.deepEqual(
    flows.map(({ when }: { readonly when: string }) => when),
    ["before training", "after training"],
  );
  assert.match(about, /example 1 of the held-out part of .*text\.txt$/);
  const [before, after] = flows.map(
    ({ states }: { readonly states: ReadonlyArray<{ readonly length: number }> }) => states[0],
  );
  assert.deepEqual([before.length, after.length], [9, 9]);
  assert.notDeepEqual(before.spectral, after.spectral);
});

test("what cannot be followed is told with what could be", async () => {
  const run = join(newFolder(), "run");
  const names = fileWith("names.tsv", `w\ty\n${"anna\tf\njohn\tm\n".repeat(12)}`);
  const trained = await rnnc("train", example("name-class"), "--data", names, "--steps", "2", "--run", run);
  assert.equal(trained.code, 0, trained.err);
  const elman = example("elman");
  for (const [words, said] of [
    [[elman, "--of", "q"], /--of q: the model computes no such variable along one axis \(its states are s; /],
    [[elman, "-o", "flow.png"], /-o flow\.png: the flow comes as \.svg, \.html, \.json/],
    [[elman, "--length", "N=3"], /no length N; the lengths are T/],
    [[elman, "--example", "2"], /--example is for a run/],
    [[example("mlp")], /MLP has no state/i],
    [[elman, "--set", "n=513"], /s has 513 components/],
    [[example("attention-seq2seq"), "--of", "h,s"], /--of h, s: h lies along j, s along i/],
    [[run, "--set", "n=3"], /--set is for a program/],
    [[run, "--example", "99"], /--example 99: .* has \d+ examples/],
    [[run, "--length", "T=3"], /--length cuts off texts/],
  ] as const) {
    const { code, out, err } = await rnnc("flow", ...words);
    assert.deepEqual([code, out], [2, ""], err);
    assert.match(err, said);
  }
});

test("before training the weights are those of the run's seed: a step too small to change them changes no number", async () => {
  const run = join(newFolder(), "run");
  const data = ["--data", fileWith("text.txt", text), "--steps", "1", "--rate", "1e-30", "--seed", "3"];
  const trained = await rnnc("train", fileWith("model.rnn", characterModel), ...data, "--run", run);
  assert.equal(trained.code, 0, trained.err);
  const { flows } = JSON.parse((await rnnc("flow", run, "--json", "--length", "T=5")).out);
  assert.deepEqual(flows[0].states, flows[1].states);
});

test("a summary tells half-life and growth, and the bound by the equation", async () => {
  const { out } = await rnnc("flow", example("elman"), ...small);
  assert.match(out, /^Elman, as initialised by seed 1, on a random example\n/);
  assert.match(
    out,
    /^s \(4 wide, 7 positions along t\): (halved after [\d.]+ positions?|not halved within 7 positions); × [\d.]+ a position on average over a distance of 6; over one of 1, × [\d.]+ to × [\d.]+; by its equation at most σ\(W\) = [\d.]+$/m,
  );
});
