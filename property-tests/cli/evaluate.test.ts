import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { answered, characterModel, example, fileWith, newFolder, rnnc, text, trained } from "./run-rnnc.ts";

const measured = async (run: string, ...words: ReadonlyArray<string>) => {
  const { code, out, err } = await rnnc("eval", run, "--json", ...words);
  assert.equal(code, 0, err);
  return JSON.parse(out);
};

const near = (found: number, right: number): void =>
  assert.ok(Math.abs(found - right) <= 1e-6 * Math.max(1, Math.abs(right)), `${found} ${right}`);

const stems = ["mar", "ann", "jul", "pet", "rob", "jon", "eli", "ott"];
const nameRows = (count: number, by: number): string =>
  Array.from({ length: count }, (_, i) => {
    const kind = (i * by) % 5 < 3 ? "female" : "male";
    return `${stems[(i * by) % 8]}${(i * by) % 7 === 0 || kind === "female" ? "a" : "o"}\t${kind}\n`;
  }).join("");
const known = fileWith("names.tsv", `name\tkind\n${nameRows(60, 1)}`);
const heldOut = fileWith("others.tsv", `name\tkind\n${nameRows(31, 3)}`);
const nameOptions = ["--map", "w=name", "--map", "y=kind", "--steps", "25", "--rate", "0.03", "--held-out", heldOut];
const names = await trained(example("name-class"), "--data", known, ...nameOptions);

test("of classes eval tells what predict says of the same examples: accuracy, confusion, cross-entropy", async () => {
  const answers = await answered(names, heldOut);
  const { targets, examples, data } = await measured(names);
  const { y } = targets;
  assert.deepEqual([examples, y.observations, data], [31, 31, heldOut]);
  near(y.model.accuracy.value, answers.filter((each) => each["y.predicted"] === each.kind).length / 31);
  near(y.model.crossEntropy.value, answers.reduce((sum, each) => sum - Math.log(each.p[each.kind]), 0) / 31);
  near(y.model.perplexity.value, Math.exp(y.model.crossEntropy.value));
  for (const actual of ["female", "male"])
    for (const predicted of ["female", "male"])
      assert.equal(
        y.confusion[actual][predicted] ?? 0,
        answers.filter((each) => each.kind === actual && each["y.predicted"] === predicted).length,
      );
  const [low, high] = y.model.accuracy.interval;
  assert.ok(low < y.model.accuracy.value && y.model.accuracy.value < high);
});

test("the commonest class is that of the training part, whatever the files that are measured hold", async () => {
  const turned = fileWith("turned.tsv", "name\tkind\nanna\tmale\njon\tmale\njuli\tfemale\n");
  const { targets } = await measured(names, "--data", turned);
  // Of the 60 known names 36 are female.
  near(targets.y.baselines["commonest class"].accuracy.value, 1 / 3);
  near(targets.y.baselines["commonest class"].crossEntropy.value, -(Math.log(37 / 62) + 2 * Math.log(25 / 62)) / 3);
});

test("another seed draws other intervals, and the last weights are measured if they are asked for", async () => {
  const [one, again, other, last] = [
    await measured(names),
    await measured(names),
    await measured(names, "--seed", "2"),
    await measured(names, "--last"),
  ];
  assert.deepEqual(one, again);
  assert.equal(one.loss, other.loss);
  assert.notDeepEqual(one.lossInterval, other.lossInterval);
  assert.deepEqual([one.weights, last.weights, last.step], ["best", "last", 25]);
});

test("the first line says which weights were measured, and on what; tables have a row for each baseline and class", async () => {
  const { out } = await rnnc("eval", names);
  const [first, loss, , head, ...rows] = out.split("\n");
  assert.match(first!, /run, best weights \(of step \d+\), on .*others\.tsv: 31 examples$/);
  assert.match(loss!, /^loss [\d.]+ \[[\d.]+, [\d.]+\] per value; \[intervals\] of 95 % by 1000 resamples/);
  assert.match(head!, /^y: 31 observations +accuracy +macro F1 +cross-entropy +perplexity$/);
  assert.match(rows.join("\n"), /^model +0\.\d{3} \[0\.\d{3}, [01]\.\d{3}\]/m);
  assert.match(rows.join("\n"), /^commonest class +0\.\d{3} /m);
  assert.match(rows.join("\n"), /^class +precision +recall +F1 +support$/m);
  assert.match(rows.join("\n"), /^actual, predicted as +female +male$/m);
});

const series = `model Series(n = 3) {
  axis t in 1..T
  input x[t] : R
  param W : R[n,n] ~ normal(0, 0.3)
  param u, v, s : R[n] ~ normal(0, 0.3)
  param b, d = 0
  h[0] = 0
  h[t] = tanh(W h[t-1] + u * x[t])
  output mu[t] = v^T h[t] + b
  output sigma[t] = exp(s^T h[t] + d)
  y[t] ~ normal(mu[t], sigma[t])
}`;
const wave = (count: number, from: number): string =>
  Array.from({ length: count }, (_, i) => {
    const y = Array.from(
      { length: 5 + (i % 4) },
      (_, t) => 100 + 30 * Math.sin(from + i + 1.3 * t) + ((7 * t + i) % 5),
    );
    return `${JSON.stringify({ x: y.map((value) => value / 10), y: y.map((value, t) => (t === 2 && i % 2 === 0 ? null : value)) })}\n`;
  }).join("");
const waves = fileWith("other-waves.jsonl", wave(9, 0.5));

test("of numbers eval tells errors in the units of the data, and how often they lie where predict says, gaps left out", async () => {
  const run = await trained(
    fileWith("series.rnn", series),
    ...["--data", fileWith("waves.jsonl", wave(20, 0)), "--held-out", waves, "--normalise", "x,y", "--steps", "20"],
    ...["--rate", "0.03", "--precision", "f64"],
  );
  const { y } = (await measured(run)).targets;
  const told = (await answered(run, waves)).flatMap((each) =>
    (each.y as ReadonlyArray<number | null>).flatMap((value, t) =>
      value === null ? [] : [{ value, mu: each.mu[t], low: each["y.low"][t], high: each["y.high"][t] }],
    ),
  );
  const mean = (of: (each: (typeof told)[0]) => number) => told.reduce((sum, each) => sum + of(each), 0) / told.length;
  assert.equal(y.observations, told.length);
  near(
    y.model.mae.value,
    mean(({ value, mu }) => Math.abs(value - mu)),
  );
  near(y.model.rmse.value, Math.sqrt(mean(({ value, mu }) => (value - mu) ** 2)));
  near(
    y.model.coverage80.value,
    mean(({ value, low, high }) => (low <= value && value <= high ? 1 : 0)),
  );
  assert.deepEqual(Object.keys(y.baselines).slice(0, 2), ["mean", "last value"]);
  const given = (await measured(run, "--season", "5")).targets.y.baselines;
  assert.deepEqual(Object.keys(given), ["mean", "last value", "season of 5"]);
});

const loads = fileWith(
  "load.csv",
  `hour,load\n${Array.from({ length: 200 }, (_, hour) => `${hour},${100 + 10 * ((hour % 8) - 3) + ((hour * 7) % 3)}\n`).join("")}`,
);
const forecast = fileWith("forecast.rnn", series.replace("mu[t], sigma[t]", "mu[T], 1").replace("y[t] ~", "y ~"));

test("of windows the last value is the last row of the window, and the season of the training part is found by itself", async () => {
  const run = await trained(
    forecast,
    ...["--data", loads, "--map", "x=load", "--map", "y=load", "--normalise", "x,y", "--window", "16", "--ahead", "3"],
    ...["--steps", "3"],
  );
  const { y } = (await measured(run)).targets;
  assert.deepEqual(Object.keys(y.baselines), ["mean", "last value", "season of 8"]);
  // The last tenth: rows 180 to 199, in which two windows of 19 rows lie.
  const load = (hour: number): number => 100 + 10 * ((hour % 8) - 3) + ((hour * 7) % 3);
  const apart = (back: number): number =>
    [198, 199].reduce((sum, hour) => sum + Math.abs(load(hour) - load(hour - back)), 0) / 2;
  assert.equal(y.observations, 2);
  near(y.baselines["last value"].mae.value, apart(3));
  near(y.baselines["season of 8"].mae.value, apart(8));
});

test("of a text eval tells bits a character and how often the next one is the likeliest, beside unigrams and bigrams", async () => {
  const run = await trained(
    fileWith("c.rnn", characterModel),
    ...["--data", fileWith("t.txt", text), "--streams", "4", "--window", "16", "--steps", "10"],
  );
  const { targets, bits, loss } = await measured(run);
  const { y } = targets;
  near(y.model.bits.value, bits);
  near(y.model.perplexity.value, Math.exp(loss));
  assert.deepEqual(Object.keys(y.baselines), ["unigram", "bigram"]);
  assert.ok(y.baselines.bigram.bits.value < y.baselines.unigram.bits.value);
  assert.equal(y.confusion, undefined);
});

test("of words with tags, each word's commonest tag is a baseline", async () => {
  const sentence = (i: number): string =>
    `the/at ${i % 3 === 0 ? "run/nn" : "dog/nn"} ${i % 4 === 0 ? "run/vb" : "eats/vb"}\n`;
  const data = fileWith("s.tagged", Array.from({ length: 40 }, (_, i) => sentence(i)).join(""));
  const run = await trained(example("tagger"), "--data", data, "--map", "w=word", "--map", "y=tag", "--steps", "3");
  const { y } = (await measured(run)).targets;
  assert.equal(y.observations, 12);
  assert.ok(y.baselines["commonest by w"].accuracy.value >= 11 / 12 - 1e-9);
  near(y.baselines["commonest class"].accuracy.value, 1 / 3);
});

test("where the weight is 0 nothing is measured, nor learned by a baseline; several truths at a place count one by one", async () => {
  const program = `model Weighed(V) {
  axis t in 1..T
  input x[t] : symbol[V]
  input m[t] : R
  param E : R[V,3] ~ normal(0, 0.3)
  param F : R[V,2] ~ normal(0, 0.3)
  y[t] : symbol[3] ~ categorical(softmax(E[x[t]])) weight 3 * m[t]
  output q[t] = sigmoid(F[x[t]])
  z[t] : R[2] ~ bernoulli(q[t])
}`;
  const example = (i: number) => {
    const x = ["a", "b", "b", "a"].slice(0, 2 + (i % 3));
    const m = x.map((_, t) => ((i + t) % 3 === 0 ? 0 : 1));
    // What weighs nothing is of a class that is commoner than any other.
    return { x, m, y: x.map((of, t) => (m[t] === 0 ? "none" : of)), z: x.map((of) => [of === "a" ? 1 : 0, i % 2]) };
  };
  const all = Array.from({ length: 40 }, (_, i) => example(i));
  const data = fileWith("w.jsonl", all.map((each) => `${JSON.stringify(each)}\n`).join(""));
  const run = await trained(fileWith("w.rnn", program), "--data", data, "--steps", "40", "--rate", "0.1");
  const { targets } = await measured(run);
  const heldOut = all.filter((_, i) => i % 10 === 9);
  assert.equal(targets.y.observations, heldOut.flatMap(({ m }) => m).filter((m) => m !== 0).length);
  assert.equal(targets.z.observations, 2 * heldOut.flatMap(({ x }) => x).length);
  assert.deepEqual(Object.keys(targets.y.confusion), ["a", "b"]);
  near(targets.y.model.accuracy.value, 1);
  near(targets.y.baselines["commonest by x"].accuracy.value, 1);
  const told = (await answered(run, data)).filter((_, i) => i % 10 === 9);
  const right = told.flatMap((each, i) =>
    (each["z.predicted"] as number[][]).flatMap((pair, t) => pair.map((p, k) => p === heldOut[i]!.z[t]![k])),
  );
  near(targets.z.model.accuracy.value, right.filter(Boolean).length / right.length);
});

test("what cannot be measured is said in words: no target, no example, no value, no season", async () => {
  const refused = async (expected: RegExp, ...words: ReadonlyArray<string>): Promise<void> => {
    const { code, out, err } = await rnnc("eval", names, ...words);
    assert.deepEqual([code, out], [2, ""]);
    assert.match(err, expected);
  };
  const given = (name: string, content: string) => ["--data", fileWith(name, content)] as const;
  await refused(
    /line 2: y: I expected a field kind, and found name \(it was called so/,
    ...given("a.tsv", "name\nanna\n"),
  );
  await refused(
    /found name, kindd \(it was called so in training; is it kindd here, as --map can say\?\)/,
    ...given("a.tsv", "name\tkindd\nanna\tmale\n"),
  );
  await refused(/e\.tsv: there are no examples to measure on/, ...given("e.tsv", ""));
  await refused(
    /n\.jsonl: no value of y is given that counts/,
    ...given("n.jsonl", '{"name": "anna", "kind": null}\n'),
  );
  await refused(/--season 4: no target of NameClass is a series of numbers/, "--season", "4");
});

test("where the training part has gone, a run is measured on other data without baselines, which is told", async () => {
  const data = fileWith("gone.tsv", `name\tkind\n${nameRows(30, 1)}`);
  const run = await trained(
    example("name-class"),
    "--data",
    data,
    "--map",
    "w=name",
    "--map",
    "y=kind",
    "--steps",
    "2",
  );
  rmSync(data);
  const { code, out, err } = await rnnc("eval", run, "--json", "--data", heldOut);
  assert.equal(code, 0, err);
  assert.match(err, /There are no baselines beside: I cannot read .*gone\.tsv/);
  assert.deepEqual(JSON.parse(out).targets.y.baselines, {});
  assert.equal((await rnnc("eval", run)).code, 2);
});

test("a model that minimizes what it says itself has its loss alone", async () => {
  const program = fileWith(
    "m.rnn",
    "model M {\n  input x, y\n  param a = 0.5\n  output z = a * x\n  minimize (y - z) * (y - z)\n}",
  );
  const rows = Array.from({ length: 30 }, (_, i) => `${i},${2 * i}\n`).join("");
  const run = await trained(program, "--data", fileWith("m.csv", `x,y\n${rows}`), "--steps", "2", "--precision", "f64");
  const { loss, targets } = await measured(run);
  assert.deepEqual(targets, {});
  const [one] = await answered(run, fileWith("one.csv", "x,y\n9,18\n"));
  const a = one.z / 9;
  near(loss, ((2 - a) * (2 - a) * (9 * 9 + 19 * 19 + 29 * 29)) / 3);
});

test("weights that came from elsewhere are no best ones of a step: they are those that the run has", async () => {
  const run = await trained(example("name-class"), "--data", known, ...nameOptions);
  const weights = join(newFolder(), "w.safetensors");
  for (const words of [
    ["export", run, "-o", weights],
    ["import", run, "--from", weights],
  ]) {
    const { code, err } = await rnnc("weights", ...words);
    assert.equal(code, 0, err);
  }
  const { out } = await rnnc("eval", run);
  assert.match(out.split("\n")[0]!, /run, the weights that it has at step 25, on .*others\.tsv: 31 examples$/);
  const { weights: told, step } = await measured(run);
  assert.deepEqual([told, step], ["last", 25]);
});
