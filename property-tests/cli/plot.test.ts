import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { mustBeXml } from "../views/xml.ts";
import {
  answered,
  characterModel,
  example,
  fileWith,
  type Line,
  linesOf,
  newFolder,
  rnnc,
  text,
  trained,
} from "./run-rnnc.ts";

const pairs = ["the dog sees", "a cat runs", "the cat sees a dog"].map(
  (line) => `${line}\t${line.split(" ").reverse().join(" ")}`,
);
const sentences = fileWith("pairs.tsv", `x\ty\n${`${pairs.join("\n")}\n`.repeat(8)}`);
const translation = await trained(example("translation"), "--data", sentences, "--tokens", "words", "--steps", "3");

const drawn = async (...words: ReadonlyArray<string>): Promise<string> => {
  const path = join(newFolder(), "picture.svg");
  const { code, err } = await rnnc("show", ...words, "-o", path);
  assert.equal(code, 0, err);
  const picture = readFileSync(path, "utf8");
  mustBeXml(picture);
  return picture;
};

test("attention is drawn as `predict` tells it, with the words of its example at its rows and columns", async () => {
  const words = ["--plot", "a", "--data", sentences, "--example", "3"];
  const { code, out, err } = await rnnc("show", translation, ...words, "--json");
  assert.equal(code, 0, err);
  const { axes, values } = JSON.parse(out);
  const [, , { a }] = (await answered(translation, sentences, "--outputs", "a")) as [Line, Line, Line];
  assert.deepEqual(axes, [
    { name: "i", labels: ["dog", "a", "sees", "cat", "the", "<end>"] },
    { name: "j", labels: ["the", "cat", "sees", "a", "dog"] },
  ]);
  const numbers: ReadonlyArray<number> = a.flat();
  const apart = values.flat().map((value: number, k: number) => Math.abs(value - numbers[k]!));
  assert.ok(Math.max(...apart) < 1e-5, `${apart}`);
  const picture = await drawn(translation, ...words);
  assert.ok(picture.includes(`<title>i = 1 (dog), j = 5 (dog): ${values[0][4]}</title>`), picture);
  assert.equal(picture.match(/<title>i = /g)?.length, 30);
});

test("eval draws what show draws of the same data, beside its measures", async () => {
  const words = ["--plot", "a", "--data", sentences, "--example", "3"];
  const alone = JSON.parse((await rnnc("eval", translation, "--data", sentences, "--json")).out);
  const { plot, ...measures } = JSON.parse((await rnnc("eval", translation, ...words, "--json")).out);
  assert.deepEqual(measures, alone);
  assert.deepEqual(plot, JSON.parse((await rnnc("show", translation, ...words, "--json")).out));
  const table = await rnnc("eval", translation, "--data", sentences);
  const below = await rnnc("eval", translation, ...words);
  assert.equal(below.out, `${table.out}\n${(await rnnc("show", translation, ...words)).out}`);
  const path = join(newFolder(), "a.svg");
  const { out, err } = await rnnc("eval", translation, ...words, "-o", path);
  assert.deepEqual([out, err.endsWith(`Wrote ${path}.\n`)], [table.out, true]);
  assert.equal(readFileSync(path, "utf8"), await drawn(translation, ...words));
});

test("what eval cannot draw is told before it measures", async () => {
  for (const [words, said] of [
    [["--example", "3"], /--example says how --plot is drawn/],
    [["-o", "a.svg"], /--output says how --plot is drawn/],
    [["--plot", "a", "-o", "a.dot"], /a plot comes as/],
    [["--plot", "q"], /--plot q: the model computes no such variable/],
    [["--plot", "a", "-o", join(translation, "log.jsonl")], /would be lost/],
  ] as const) {
    const { code, out, err } = await rnnc("eval", translation, ...words);
    assert.deepEqual([code, out], [2, ""], err);
    assert.match(err, said);
  }
});

test("probabilities of a target stand under its words, any variable of a program over its positions", async () => {
  const { axes } = JSON.parse((await rnnc("show", translation, "--plot", "p", "--json")).out);
  assert.deepEqual(axes[1].labels.slice(0, 2), ["<start>", "<end>"]);
  const { out } = await rnnc("show", example("elman"), "--plot", "a", "--set", "n=5", "--length", "T=4", "--json");
  const { title, values } = JSON.parse(out);
  assert.deepEqual([title, values.length, values[0].length], ["a[t]", 5, 4]);
  const table = await rnnc("show", example("elman"), "--plot", "s", "--set", "n=5", "--length", "T=4");
  assert.match(table.out, /^s\[t\], as initialised by seed 1, on a random example\ncomponent\\t +1 +2 +3 +4\n1 +\S+/);
});

test("the curves of a run are its log, and its lowest loss on what is held out is marked", async () => {
  const run = await trained(
    fileWith("model.rnn", characterModel),
    ...["--data", fileWith("text.txt", text), "--steps", "30", "--evaluate-every", "10"],
  );
  const { out } = await rnnc("show", run, "--json");
  const { lines, best } = JSON.parse(out);
  assert.deepEqual(lines, linesOf(readFileSync(join(run, "log.jsonl"), "utf8")));
  const measured = lines.filter(({ heldOut }: { heldOut: number | null }) => heldOut !== null);
  const lowest = measured.reduce((a: { heldOut: number }, b: { heldOut: number }) => (b.heldOut < a.heldOut ? b : a));
  assert.equal(best, lowest.step);
  const picture = await drawn(run);
  for (const name of ["training", "held out", `lowest, step ${best}`]) assert.ok(picture.includes(`>${name}</text>`));
  const table = (await rnnc("show", run, "--view", "curves")).out.trim().split("\n");
  assert.equal(table.length, measured.length + 1);
  assert.equal(table.filter((line) => line.endsWith("lowest")).length, 1);
});

test("a run shows the program that it was trained with, in every view", async () => {
  const { code, out } = await rnnc("show", translation, "--view", "equations");
  assert.equal(code, 0);
  assert.match(out, /^a\[i,j\] = softmax\[j\]\(e\[i,j\]\)$/m);
});

test("a text is drawn as far as it is asked for, and blanks in it are seen", async () => {
  const run = await trained(
    fileWith("model.rnn", characterModel),
    ...["--data", fileWith("text.txt", text), "--steps", "2"],
  );
  const { axes } = JSON.parse((await rnnc("show", run, "--plot", "h", "--length", "T=9", "--json")).out);
  assert.equal(axes[1].labels.length, 9);
  assert.ok(axes[1].labels.every((label: string) => label !== " "));
});

test("what cannot be drawn is told with what could be", async () => {
  const elman = example("elman");
  for (const [words, said] of [
    [[elman, "--plot", "q"], /--plot q: the model computes no such variable \(it computes /],
    [[elman, "--view", "curves"], /is a program; curves are of a run/],
    [[elman, "--plot", "s", "--view", "circuit"], /--plot is a picture of its own/],
    [[elman, "--plot", "s", "--example", "2"], /--example is for a run/],
    [[elman, "--data", "x.csv"], /--data says what --plot is drawn of/],
    [[elman, "--layout", "numerator"], /--layout is for --view adjoint: it changes nothing in the view circuit/],
    [[elman, "--view", "unfolded", "--no-states"], /--no-states is for --view graphical/],
    [[elman, "--plot", "s", "--shapes"], /--shapes is for --view circuit: it changes nothing in --plot/],
    [[elman, "--plot", "s", "--format", "dot"], /A plot comes as text, svg, png, json, not as dot/],
    [[translation, "--plot", "a", "--example", "99"], /--example 99: .* has \d+ examples/],
    [[example("saliency"), "--plot", "score"], /--plot score: it is a single number/],
    [[example("attention-seq2seq"), "--plot", "u"], /--plot u: /],
  ] as const) {
    const { code, out, err } = await rnnc("show", ...words);
    assert.deepEqual([code, out], [2, ""], err);
    assert.match(err, said);
  }
});
