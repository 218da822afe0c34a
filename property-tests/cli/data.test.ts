import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { extname, join } from "node:path";
import { test } from "node:test";
import { fingerprintsOf } from "../../src/data/fingerprint.ts";
import { loadRun, saveRun } from "../../src/train/run-folder.ts";
import {
  answered,
  characterModel,
  example,
  filesIn,
  fileWith,
  forecastModel,
  loadsFile,
  newFolder,
  rnnc,
  text,
  trained,
} from "./run-rnnc.ts";

const codingOf = (run: string) => {
  const loaded = loadRun(run);
  assert.ok(loaded._tag === "Right");
  return { coding: loaded.right.recipe.coding!, statics: loaded.right.recipe.statics };
};

const names = ["maria", "anna", "julia", "peter", "robert", "john"];
const kindOf = (i: number): string => (i % 6 < 3 ? "female" : "male");
const rows = Array.from({ length: 60 }, (_, i) => `${i}\t${names[i % 6]}\t${kindOf(i)}\n`).join("");
const namesFile = fileWith("names.tsv", `id\tname\tkind\n${rows}`);
const nameOptions = ["--map", "w=name", "--map", "y=kind", "--set", "n=12"];

test("names and their kinds in a table are learned, and told by their own words", async () => {
  const run = await trained(
    example("name-class"),
    "--data",
    namesFile,
    ...nameOptions,
    "--steps",
    "60",
    "--rate",
    "0.03",
  );
  const { coding, statics } = codingOf(run);
  assert.deepEqual(coding.vocabularies.y?.entries, ["female", "male"]);
  assert.equal(coding.vocabularies.y?.unknown, null);
  assert.equal(statics.V, coding.vocabularies.w?.entries.length);
  assert.equal(coding.vocabularies.w?.entries[coding.vocabularies.w.unknown!], "<unk>");
  // An unknown letter is none that was learned, and other columns stay.
  const asked = fileWith("who.csv", "who,name\n1,maria\n2,petexr\n");
  const [first, second] = await answered(run, asked);
  assert.deepEqual([first.who, first["y.predicted"], second["y.predicted"]], ["1", "female", "male"]);
  assert.deepEqual(Object.keys(first.p), ["female", "male"]);
  assert.ok(Math.abs(first.p.female + first.p.male - 1) < 1e-6);
  const table = join(newFolder(), "out.csv");
  assert.equal((await rnnc("predict", run, "--data", asked, "-o", table)).code, 0);
  const [header, line] = readFileSync(table, "utf8").split("\n");
  assert.equal(header, "who,name,p.female,p.male,y.predicted");
  assert.equal(line, `1,maria,${first.p.female},${first.p.male},female`);
});

test("a run that is resumed knows the words that it began with", async () => {
  const [straight, stopped] = [join(newFolder(), "run"), join(newFolder(), "run")];
  const words = ["train", example("name-class"), "--data", namesFile, ...nameOptions, "--decay", "constant"];
  assert.equal((await rnnc(...words, "--steps", "6", "--run", straight)).code, 0);
  assert.equal((await rnnc(...words, "--steps", "3", "--run", stopped)).code, 0);
  assert.equal((await rnnc("train", "--resume", stopped, "--steps", "6")).code, 0);
  const params = (run: string) => {
    const loaded = loadRun(run);
    assert.ok(loaded._tag === "Right");
    return loaded.right.training.params;
  };
  assert.deepEqual(params(stopped), params(straight));
  assert.deepEqual(codingOf(stopped), codingOf(straight));
});

const forecast = fileWith("forecast.rnn", forecastModel);
const loads = loadsFile();

test("a series of a table is cut into windows of its group, and foretold in its own units", async () => {
  const run = await trained(
    forecast,
    ...["--data", loads, "--group", "site", "--window", "5", "--ahead", "2", "--map", "x=temp,load", "--map", "y=load"],
    ...["--normalise", "x,y", "--steps", "150", "--rate", "0.02", "--precision", "f64"],
  );
  const { coding, statics } = codingOf(run);
  assert.equal(statics.k, 2);
  // The last tenth of each series is held out: 36 of 40 days are seen, and a window of 5 with 2 after it.
  assert.equal(coding.scalings.x?.mean.length, 2);
  const answers = await answered(run, loads);
  assert.deepEqual(
    answers.map(({ group, day }) => [group, day]),
    [
      ["north", ["35", "36", "37", "38", "39"]],
      ["south", ["35", "36", "37", "38", "39"]],
    ],
  );
  for (const { mu, "y.low": low, "y.high": high } of answers) {
    assert.ok(mu > 1250 && mu < 1500, `${mu}`);
    assert.ok(low < mu && mu < high);
    assert.ok(Math.abs(high - low - 2 * 1.2815515655446004 * 0.1 * coding.scalings.y!.deviation[0]!) < 1e-6);
  }
});

test("what is missing is refused with its place, or told to a mask", async () => {
  const source = `model Masked {
  axis t in 1..T
  input x[t], m[t]
  param w, u : R = 0.5
  output o[t] = m[t] * w * x[t] + (1 - m[t]) * u
  d[t] ~ normal(o[t], 1)
}`;
  const program = fileWith("masked.rnn", source);
  const gaps = fileWith("gaps.csv", `s,x,d\n${"a,1,2\na,,3\na,3,4\nb,4,5\n".repeat(5)}`);
  const words = ["train", program, "--data", gaps, "--group", "s", "--steps", "2", "--hold-out", "5"];
  const refused = await rnnc(...words, "--run", join(newFolder(), "run"));
  assert.equal(refused.code, 2);
  assert.match(
    refused.err,
    /gaps\.csv, line 2: .*(m: I expected a field m|x\[1\]: I expected a value, and found nothing)/,
  );
  const run = await trained(program, ...words.slice(2), "--missing", "m", "--split", "every");
  const [first] = await answered(run, gaps);
  assert.ok(Math.abs(first.o[1] - first.o[4]) < 1e-6);
});

test("a vector of several columns is told to a mask where one of them is missing, and what no row may hold with its line", async () => {
  const program = fileWith(
    "vectors.rnn",
    `model Vectors(k) {
  axis t in 1..T
  input x[t] : R[k]
  input m[t] : R
  input s[t] : symbol[3]
  param w : R[k]
  param E : R[3]
  output mu[t] = m[t] * w^T x[t] + E[s[t]]
  d[t] ~ normal(mu[t], 1)
}`,
  );
  const rows = (symbol: number) =>
    [
      [1, 0],
      [null, symbol],
      [3, 2],
    ]
      .map(([a, s]) => JSON.stringify({ g: "p", a, b: 2, s, d: 1 }))
      .join("\n");
  const words = ["--group", "g", "--map", "x=a,b", "--missing", "m", "--steps", "1", "--hold-out", "5"];
  await trained(program, "--data", fileWith("vectors.jsonl", rows(1)), ...words);
  const refused = await rnnc(
    ...["train", program, "--data", fileWith("beyond.jsonl", rows(3)), ...words, "--run", join(newFolder(), "run")],
  );
  assert.equal(refused.code, 2);
  assert.match(refused.err, /beyond\.jsonl, line 2: s\[1\]: expected a symbol: an integer from 0 to 2, found 3/);
});

test("a sequence that is foretold symbol by symbol has a start and an end of its own", async () => {
  const pairs = fileWith(
    "pairs.tsv",
    `source\ttarget\n${["ab\tba", "abc\tcba", "ca\tac", "b\tb"].join("\n").concat("\n").repeat(10)}`,
  );
  const run = await trained(
    example("translation"),
    ...["--data", pairs, "--map", "x=source", "--map", "y=target", "--steps", "3"],
  );
  const { coding, statics } = codingOf(run);
  assert.deepEqual(coding.vocabularies.x?.entries, ["<unk>", "a", "b", "c"]);
  assert.deepEqual(coding.vocabularies.y?.entries, ["<start>", "<end>", "<unk>", "a", "b", "c"]);
  assert.deepEqual([statics.V, statics.M], [4, 6]);
  const [answer] = await answered(run, pairs);
  assert.equal(answer["y.predicted"].length, 3);
});

test("sentences with tags train a tagger, and what is tagged is a word of the data", async () => {
  const text = fileWith("s.tagged", "The/at dog/nn runs/vb ./.\nA/at cat/nn sleeps/vb ./.\n".repeat(10));
  const run = await trained(
    example("tagger"),
    "--data",
    text,
    "--map",
    "w=word",
    "--map",
    "y=tag",
    "--lower",
    "--steps",
    "3",
  );
  const { coding } = codingOf(run);
  assert.deepEqual(coding.vocabularies.y?.entries, [".", "at", "nn", "vb"]);
  assert.ok(coding.vocabularies.w?.entries.includes("the"));
  const [first] = await answered(run, text);
  assert.equal(first["y.predicted"].length, 4);
  assert.deepEqual(first.word, ["The", "dog", "runs", "."]);
});

test("a bad record names file, line, field, what was expected and found, or is left out and told", async () => {
  const bad = fileWith(
    "bad.jsonl",
    '{"x": [1, 2], "d": [1, 2]}\n{"x": [1, "no"], "d": [1, 2]}\n{"x": [1, 1e400], "d": [1, 2]}\n'.repeat(1),
  );
  const program = fileWith(
    "m.rnn",
    "model M {\n  axis t in 1..T\n  input x[t]\n  param w = 1\n  d[t] ~ normal(w * x[t], 1)\n}",
  );
  const words = ["train", program, "--data", bad, "--steps", "1", "--hold-out", "100"];
  const refused = await rnnc(...words, "--run", join(newFolder(), "run"));
  assert.equal(refused.code, 2);
  assert.match(refused.err, /bad\.jsonl, line 2: x\[1\]: I expected a number, and found "no"/);
  const left = await rnnc(...words, "--skip-bad", "2", "--run", join(newFolder(), "run"));
  assert.equal(left.code, 0, left.err);
  assert.match(left.err, /Left out 2 bad records:\n.*line 2.*\n.*line 3/);
  const many = await rnnc(...words, "--skip-bad", "1", "--run", join(newFolder(), "run"));
  assert.match(many.err, /more bad records than the 1/);
});

test("a field that is not there is told with those that are, and what to write", async () => {
  const words = ["train", example("name-class"), "--data", namesFile, "--run", join(newFolder(), "run")];
  const { code, err } = await rnnc(...words, "--map", "w=nane", "--map", "y=kind");
  assert.equal(code, 2);
  assert.match(
    err,
    /names\.tsv, line 2: w: I expected a field nane, and found id, name, kind \(did you mean --map w=name\?\)/,
  );
  const headless = fileWith("h.tsv", "maria\tfemale\npeter\tmale\n");
  const other = await rnnc("train", example("name-class"), "--data", headless, "--run", join(newFolder(), "run"));
  assert.match(other.err, /--columns/);
});

test("an output that would hide a field is refused, and fields of every kind are kept", async () => {
  const program = fileWith(
    "m.rnn",
    "model M {\n  axis t in 1..T\n  input x[t]\n  param w = 1\n  output o = w * sum[t](x[t])\n  d ~ normal(o, 1)\n}",
  );
  const run = await trained(program, "--data", fileWith("d.jsonl", '{"x": [1], "d": 1}\n'.repeat(4)), "--steps", "1");
  const kept = fileWith("k.jsonl", '{"x": [1], "id": "a", "ok": true, "more": {"a": [null]}}\n');
  const [first] = await answered(run, kept);
  assert.deepEqual([first.id, first.ok, first.more], ["a", true, { a: [null] }]);
  const hidden = await rnnc("predict", run, "--data", fileWith("o.jsonl", '{"x": [1], "o": 3}\n'));
  assert.equal(hidden.code, 2);
  assert.match(hidden.err, /field o already.*--outputs/);
});

test("files that were taken for texts are read, or told what they lack", async () => {
  const names = fileWith("names.tsv", "Schmidt\tGerman\nRossi\tItalian\nO’Brien\tIrish\nMüller\tGerman\n");
  const words = ["--columns", "name,from", "--map", "w=name", "--map", "y=from", "--steps", "2"];
  const run = await trained(example("name-class"), "--data", names, ...words);
  assert.deepEqual(codingOf(run).coding.vocabularies.y?.entries, ["German", "Irish", "Italian"]);
  assert.ok(codingOf(run).coding.vocabularies.w?.entries.includes("ü"));
  const other = await rnnc("train", example("name-class"), "--data", fileWith("names.names", "a b\n"));
  assert.equal(other.code, 2);
  assert.match(other.err, /By its ending this is a text: examples stand in files of \.jsonl, \.csv/);
  const number = fileWith("t.jsonl", "[1,2,3]\n");
  const list = await rnnc("train", example("name-class"), "--data", number);
  assert.match(list.err, /t\.jsonl, line 1: I expected an object with each field under its name/);
});

test("a text is cut into words where it is asked for, and drawn as words", async () => {
  const text = fileWith("t.txt", "The dog runs. A cat sleeps, it's late.\nThe cat runs.\n".repeat(40));
  const run = join(newFolder(), "run");
  const small = ["--streams", "2", "--window", "8", "--steps", "60", "--rate", "0.03"];
  const program = fileWith("c.rnn", characterModel);
  const { code, out, err } = await rnnc(
    "train",
    program,
    "--data",
    text,
    "--tokens",
    "words",
    "--lower",
    "--run",
    run,
    ...small,
  );
  assert.equal(code, 0, err);
  assert.match(out, /held-out: perplexity [\d.]+/);
  const loaded = loadRun(run);
  assert.ok(loaded._tag === "Right");
  const { entries } = loaded.right.recipe.vocabulary!;
  for (const word of ["the", "it's", ",", "\n"]) assert.ok(entries.includes(word), word);
  const drawn = await rnnc("generate", run, "--length", "12", "--prefix", "The dog");
  assert.equal(drawn.code, 0, drawn.err);
  assert.match(drawn.out, /^the dog\b/);
  assert.match((await rnnc("eval", run)).out, /observations +perplexity .*\nmodel +[\d.]+ /);
  const unknown = await rnnc("generate", run, "--prefix", "the fox");
  assert.match(unknown.err, /the word "fox", which is the 2\. of the prefix/);
});

test("options that name nothing are refused, and so are windows longer than every series", async () => {
  const refused = async (expected: RegExp, program: string, ...words: ReadonlyArray<string>): Promise<void> => {
    const { code, err } = await rnnc("train", program, ...words, "--run", join(newFolder(), "run"));
    assert.equal(code, 2);
    assert.match(err, expected);
  };
  const series = [forecast, "--data", loads, "--group", "site", "--map", "x=temp", "--map", "y=load"] as const;
  await refused(
    /--map z: the program has no such input or target \(it has w, y\)/,
    example("name-class"),
    "--data",
    namesFile,
    "--map",
    "z=kind",
  );
  await refused(/--normalise q: the program has no such/, ...series, "--window", "5", "--normalise", "q");
  await refused(/--missing zz: the program has no such/, ...series, "--window", "5", "--missing", "zz");
  await refused(/No series has as many rows as --window 500 and --ahead 1/, ...series, "--window", "500");
  await refused(
    /I expected a field nosuch to group by, and found site, day/,
    forecast,
    "--data",
    loads,
    "--group",
    "nosuch",
  );
  // One field makes a vector of one.
  const run = await trained(...series, "--window", "5", "--steps", "1");
  assert.equal(codingOf(run).statics.k, 1);
});

test("an option that would change nothing is refused, in the words of what it lacks, and so is one that says a thing twice", async () => {
  const refused = async (expected: RegExp, ...words: ReadonlyArray<string>): Promise<void> => {
    const run = join(newFolder(), "run");
    const { code, err } = await rnnc("train", ...words, "--steps", "1", "--run", run);
    assert.equal(code, 2, err);
    assert.match(err, expected);
  };
  const series = [forecast, "--data", loads, "--map", "x=temp", "--map", "y=load"] as const;
  const lines = fileWith("n.jsonl", '{"w": "anna", "y": "female"}\n{"w": "john", "y": "male"}\n');
  const spoken = fileWith("s.tagged", "the/at dog/nn\n");
  await refused(/^--split group holds .* without --group FIELD\.$/m, ...series, "--window", "5", "--split", "group");
  await refused(
    /^--ahead .* without --window N; --stride .* without --window N\.$/m,
    ...series,
    ..."--ahead 2 --stride 3".split(" "),
  );
  await refused(/^--ahead [^;]*without --window N\.$/m, ...series, "--group", "site", "--ahead", "2");
  for (const file of [lines, spoken])
    await refused(/^--columns names/m, example("name-class"), "--data", file, "--columns", "w,y");
  for (const [twice, told] of [
    ["name,kind,name", /found name twice/],
    ["name,,kind", /found one without letters/],
  ] as const)
    await refused(told, example("name-class"), "--data", namesFile, "--columns", twice);
  await refused(
    /^--normalise w scales numbers, and w is a symbol\.$/m,
    example("name-class"),
    "--data",
    namesFile,
    ...nameOptions,
    "--normalise",
    "w",
  );
  const characters = fileWith("characters.rnn", characterModel);
  await refused(
    /^--map, --split: of examples alone\. By its ending this is a text/m,
    ...[characters, "--data", fileWith("a.txt", text), "--map", "y=z", "--split", "every"],
  );
  // Beside a table a file that names its fields is no hindrance.
  const both = ["--data", fileWith("n.tsv", "john\tmale\n"), lines, "--columns", "w,y"];
  const run = await trained(example("name-class"), ...both, "--steps", "1");
  for (const verb of ["eval", "predict"])
    assert.match((await rnnc(verb, run, "--data", lines, "--columns", "w,y")).err, /^--columns names/m);
  assert.match((await rnnc("eval", run, "--columns", "w,y")).err, /name them with --data/);
  assert.equal((await rnnc("predict", run, "--data", lines)).code, 0);
});

test("where nothing is held out training says so in one line, why, and the way out of it", async () => {
  const said = async (program: string, ...words: ReadonlyArray<string>) => {
    const { code, err } = await rnnc("train", program, ...words, "--dry-run");
    assert.equal(code, 0, err);
    return err.split("\n").filter((line) => line.startsWith("Nothing is held out"));
  };
  const series = [forecast, "--data", loads, "--map", "x=temp", "--map", "y=load", "--window", "5"] as const;
  const few = fileWith("few.tsv", "name\tkind\nanna\tfemale\njohn\tmale\n");
  const short = fileWith("short.csv", "site,day,temp,load\nnorth,1,20,1000\n");
  const cases: ReadonlyArray<readonly [why: RegExp, ways: ReadonlyArray<string>, words: ReadonlyArray<string>]> = [
    ...["every", "random"].map(
      (split) => [/one series in 10 would be/, ["--split time", "--held-out"], [...series, "--split", split]] as const,
    ),
    [/one series in 10 would be/, ["--split time"], [...series, "--group", "site", "--split", "group"]],
    // The last tenth of 40 rows has 4, and a window takes 5 and one ahead.
    [/of each series .* fewer than the 6 rows/, ["--hold-out", "--split group"], [...series, "--group", "site"]],
    [/one example in 10 would be/, ["--hold-out"], [example("name-class"), "--data", few, ...nameOptions]],
    [/no series of .*short\.csv has the 6 rows/, ["--held-out"], [...series, "--held-out", short]],
  ];
  for (const [why, ways, [program, ...words]] of cases) {
    const [line, ...more] = await said(program!, ...words);
    assert.deepEqual(more, []);
    assert.match(line ?? "", why);
    for (const way of ways) assert.ok(line!.includes(way), line);
  }
  // Each way leads out.
  for (const way of [
    ["--hold-out", "4"],
    ["--split", "group", "--hold-out", "2"],
    ["--held-out", loads],
  ])
    assert.deepEqual(await said(...series, "--group", "site", ...way), []);
  assert.deepEqual(await said(...series, "--split", "time"), []);
});

test("a word that means nothing elsewhere is a word of a text, and what is missing of a target is no silence", async () => {
  const run = await trained(example("name-class"), "--data", namesFile, ...nameOptions, "--steps", "1");
  const asked = await answered(run, fileWith("null.tsv", "name\nnull\nNA\nanna b\n"));
  assert.deepEqual(
    asked.map(({ name }) => name),
    ["null", "NA", "anna b"],
  );
  const holes = fileWith("holes.tsv", "name\tkind\nanna\tfemale\npeter\t\njohn\tmale\n");
  const words = ["train", example("name-class"), "--data", holes, ...nameOptions, "--steps", "1"];
  const { code, err } = await rnnc(...words, "--run", join(newFolder(), "run"));
  assert.equal(code, 2);
  assert.match(err, /holes\.tsv, line 3: y: I expected a value, and found nothing/);
  // In JSON a class may be called so.
  const typed = fileWith("typed.jsonl", '{"name": "anna", "kind": "NA"}\n{"name": "john", "kind": "BE"}\n');
  const { coding } = codingOf(await trained(example("name-class"), "--data", typed, ...nameOptions, "--steps", "1"));
  assert.deepEqual(coding.vocabularies.y?.entries, ["BE", "NA"]);
});

test("what training never showed is counted and told, of what is held out and of what is asked", async () => {
  const run = join(newFolder(), "run");
  const held = fileWith("held.tsv", "id\tname\tkind\n1\tpxq\tmale\n2\tanna\tfemale\n");
  const words = ["train", example("name-class"), "--data", namesFile, "--held-out", held, ...nameOptions];
  const { err } = await rnnc(...words, "--steps", "2", "--run", run);
  assert.match(err, /^In what is held out, w: 2 of 7 symbols \(29 %\) are unknown\.$/m);
  assert.doesNotMatch(err, /the training part/);
  const asked = await rnnc("predict", run, "--data", fileWith("who.csv", "name\nzoz\n"));
  assert.match(asked.err, /^In the data, w: 2 of 3 symbols \(67 %\) are unknown\.$/m);
});

test("of texts what is unknown is counted and told as of examples: of what is held out, of other data, of another run's words", async () => {
  const characters = fileWith("characters.rnn", characterModel);
  const words = (path: string) => [characters, "--data", path, "--streams", "4", "--window", "16", "--steps", "1"];
  const told = (err: string) => err.split("\n").filter((line) => line.endsWith("are unknown."));
  const run = join(newFolder(), "run");
  // The last tenth has 100 characters: ten of them are new.
  const path = fileWith("a.txt", `${"ab ".repeat(300)}${"ab ".repeat(30)}${"xyzxyzxyzw"}`);
  const heldOut = ["In what is held out, y: 10 of 100 symbols (10 %) are unknown."];
  assert.deepEqual(told((await rnnc("train", ...words(path), "--run", run)).err), heldOut);
  assert.deepEqual(told((await rnnc("eval", run)).err), heldOut);
  const other = fileWith("b.txt", "ab\u{1F600}q".repeat(250));
  assert.deepEqual(told((await rnnc("eval", run, "--data", other)).err), [
    "In the data, y: 500 of 1000 symbols (50 %) are unknown.",
  ]);
  assert.deepEqual(told((await rnnc("eval", run, "--data", fileWith("c.txt", "ab ba"))).err), []);
  const begun = await rnnc("train", ...words(other), "--init", run, "--run", join(newFolder(), "run"));
  const [training, held, ...more] = told(begun.err).map((line) => /^In (.*), y: (\d+) of (\d+)/.exec(line)!.slice(1));
  assert.deepEqual([training?.[0], held?.[0], more], ["the training part", "what is held out", []]);
  assert.deepEqual([Number(training![1]) + Number(held![1]), Number(training![2]) + Number(held![2])], [500, 1000]);
});

test("what is rarer than the least count is unknown in the training part, too", async () => {
  const run = join(newFolder(), "run");
  const words = ["train", example("name-class"), "--data", namesFile, ...nameOptions, "--min-count", "15"];
  const { err } = await rnnc(...words, "--steps", "2", "--run", run);
  assert.match(err, /^In the training part, w: \d+ of \d+ symbols \([\d.]+ %\) are unknown\.$/m);
});

test("answers do not depend on how many are asked for at once, and where one cannot be given nothing is written", async () => {
  const run = await trained(example("name-class"), "--data", namesFile, ...nameOptions, "--steps", "3");
  const many = Array.from({ length: 700 }, (_, i) => ({ id: i, name: names[i % 6], ...(i > 600 ? { more: i } : {}) }));
  const linesOf = (list: ReadonlyArray<object>): string => list.map((one) => `${JSON.stringify(one)}\n`).join("");
  const all = await answered(run, fileWith("all.jsonl", linesOf(many)));
  const few = await answered(run, fileWith("few.jsonl", linesOf(many.slice(0, 6))));
  assert.deepEqual(
    all.map(({ p }) => p),
    many.map((_, i) => few[i % 6].p),
  );
  const table = join(newFolder(), "out.csv");
  assert.equal((await rnnc("predict", run, "--data", fileWith("all.jsonl", linesOf(many)), "-o", table)).code, 0);
  const lines = readFileSync(table, "utf8").trim().split("\n");
  assert.deepEqual([lines.length, lines[0]], [701, "id,name,more,p.female,p.male,y.predicted"]);
  assert.ok(lines[700]!.startsWith(`699,${names[699 % 6]},699,`));
  const taken = fileWith("taken.jsonl", linesOf([...many, { name: "anna", p: 1 }]));
  const refused = await rnnc("predict", run, "--data", taken, "-o", table);
  assert.equal(refused.code, 2);
  assert.match(refused.err, /line 701: there is a field p already/);
  assert.equal(readFileSync(table, "utf8").trim().split("\n").length, 701);
});

test("a word of the data may be called <end>, and a variable as what every object inherits", async () => {
  const program = fileWith(
    "names.rnn",
    `model M(V, m) {
  axis t in 1..T
  input constructor[t] : symbol[V]
  param valueOf : R[V,m]
  output hasOwnProperty[t] = softmax(valueOf[constructor[t]])
  toString[t] : symbol[m] ~ categorical(hasOwnProperty[t])
}`,
  );
  const tagged = fileWith("e.tagged", "The/at jury/nn ./<end>\nA/at dog/nn\n".repeat(10));
  const map = ["--map", "constructor=word", "--map", "toString=tag"];
  const run = await trained(program, "--data", tagged, ...map, "--steps", "2");
  const [answer] = await answered(run, fileWith("asked.tagged", "jury/nn ./<end>\n"));
  assert.equal(answer["toString.predicted"].length, 2);
  const { entries, end } = Object.entries(codingOf(run).coding.vocabularies).find(([name]) => name === "toString")![1];
  assert.deepEqual([entries, end], [["<end>", "at", "nn"], null]);
  const measured = await rnnc("eval", run, "--json");
  assert.deepEqual([measured.code, measured.err], [0, ""]);
  const told = await rnnc("predict", run, "--data", fileWith("asked.tagged", "jury/nn zoo/nn\n"));
  assert.match(told.err, /^In the data, constructor: 1 of 2 symbols \(50 %\) are unknown\.$/m);
});

test("a field that is not there is told before sizes that it would have given", async () => {
  const words = ["train", example("name-class"), "--data", namesFile, "--run", join(newFolder(), "run")];
  for (const [map, hint] of [
    [
      ["--map", "w=nmae", "--map", "y=kind"],
      /w: I expected a field nmae, and found id, name, kind \(did you mean --map w=name\?\)/,
    ],
    [[], /w: I expected a field w, and found id, name, kind/],
  ] as const) {
    const { code, err } = await rnnc(...words, ...map);
    assert.equal(code, 2);
    assert.match(err, hint);
  }
});

const ahead = (reads: string): string => `model Ahead(k, n = 2) {
  axis t in 1..T
  axis i in 1..N
  input x[t] : R[k]
  param v : R[k] ~ normal(0, 0.3)
  param b = 0.1
  y[0] = 0
  output whole : R[k] = x[T]
  output mu[i] = ${reads}
  y[i] : R ~ normal(mu[i], 1)
}`;
const apart = fileWith("apart.rnn", ahead("v^T x[T] + b * i").replace("  y[0] = 0\n", ""));
const readBack = fileWith("read-back.rnn", ahead("v^T x[T] + b * y[i-1]"));
const countedRows = (group: string, from: number, to: number): string =>
  Array.from({ length: to - from + 1 }, (_, i) => `${group},${from + i},${10 * (from + i)}\n`).join("");
const counts = fileWith("counts.csv", `g,a,b\n${countedRows("p", 1, 40)}${countedRows("q", 101, 140)}`);
const withWindow = ["--data", counts, "--group", "g", "--map", "x=a,b", "--map", "y=b", "--steps", "2"] as const;

test("what is foretold along an axis of its own has rows of its own after the window, as many as --ahead says", async () => {
  for (const [window, reach] of [
    [5, 3],
    [3, 3],
  ] as const) {
    const run = await trained(apart, ...withWindow, "--window", `${window}`, "--ahead", `${reach}`);
    const answers = await answered(run, counts);
    assert.deepEqual(
      answers.map(({ mu, "y.low": low }) => [mu.length, low.length]),
      [
        [reach, reach],
        [reach, reach],
      ],
    );
    const table = join(newFolder(), "ahead.csv");
    assert.equal((await rnnc("predict", run, "--data", counts, "-o", table)).code, 0);
    const [head, ...lines] = readFileSync(table, "utf8")
      .trim()
      .split("\n")
      .map((line) => line.split(","));
    assert.deepEqual(head, ["g", "a", "b", "whole", "mu", "y.low", "y.high"]);
    const expected = ["p", "q"].flatMap((group, i) => {
      const last = i === 0 ? 40 : 140;
      const { mu } = answers[i];
      const inWindow = Array.from({ length: window }, (_, t) => {
        const a = last - window + 1 + t;
        return [group, `${a}`, `${10 * a}`, a === last ? `${a} ${10 * a}` : "", ""];
      });
      return [...inWindow, ...mu.map((value: number) => [group, "", "", "", `${value}`])];
    });
    assert.deepEqual(
      lines.map((cells) => cells.slice(0, 5)),
      expected,
    );
    const drawn = await rnnc("generate", run, "--data", counts);
    assert.equal(drawn.code, 0, drawn.err);
    for (const line of drawn.out.trim().split("\n")) assert.equal(JSON.parse(line).y.length, reach);
  }
});

test("series that are shorter than a window are told, and refused where no other is asked of", async () => {
  const run = await trained(apart, ...withWindow, "--window", "5", "--ahead", "3");
  const mixed = await rnnc("predict", run, "--data", fileWith("mixed.csv", `g,a,b\n${countedRows("p", 1, 6)}r,1,1\n`));
  assert.equal(mixed.code, 0, mixed.err);
  assert.equal(JSON.parse(mixed.out).group, "p");
  assert.match(mixed.err, /^Left out r with 1 row: a series takes the 5 rows that a window takes\.$/m);
  const short = fileWith("short.csv", `g,a,b\n${countedRows("p", 1, 4)}r,1,1\n`);
  for (const verb of ["predict", "generate"]) {
    const { code, out, err } = await rnnc(verb, run, "--data", short);
    assert.deepEqual([code, out], [2, ""]);
    assert.match(
      err,
      /short\.csv: no series has the 5 rows that a window takes; I found p with 4 rows, r with 1 row\./,
    );
  }
  const measured = await rnnc("eval", run, "--data", short);
  assert.equal(measured.code, 2);
  assert.match(measured.err, /no series has the 8 rows that a window of 5 and 3 ahead take; I found p with 4 rows/);
});

test("what reads a target back that is not given is drawn, not predicted, and that is said", async () => {
  const run = await trained(readBack, ...withWindow, "--window", "5", "--ahead", "3");
  const told =
    /y: I expected its values, which the model reads back, and found nothing \(`rnnc generate RUN --data FILE` draws it\)\.$/m;
  const refused = await rnnc("predict", run, "--data", counts);
  assert.equal(refused.code, 2);
  assert.match(refused.err, told);
  const drawn = await rnnc("generate", run, "--data", counts);
  assert.equal(drawn.code, 0, drawn.err);
  for (const line of drawn.out.trim().split("\n")) assert.equal(JSON.parse(line).y.length, 3);
  // Where no window tells the length, too.
  const pairs = Array.from({ length: 12 }, (_, i) => `{"x": [${i % 6}, 2, 3], "y": [${2 + (i % 4)}, 3, 1]}\n`).join("");
  const translation = await trained(example("translation"), "--data", fileWith("pairs.jsonl", pairs), "--steps", "1");
  const asked = await rnnc("predict", translation, "--data", fileWith("asked.jsonl", '{"x": [1, 2, 3]}\n'));
  assert.equal(asked.code, 2);
  assert.match(asked.err, /asked\.jsonl, line 1: y: I expected its values/);
  assert.match(asked.err, told);
});

test("a run is held to the files that it was trained on: another one is refused by name, and the same bytes go on to the same", async () => {
  const characters = fileWith("characters.rnn", characterModel);
  const shapes = ["--streams", "4", "--window", "16", "--decay", "constant"];
  const ofText = (path: string) => [characters, "--data", path, ...shapes];
  const held = fileWith("held.tsv", "id\tname\tkind\n1\tanna\tmale\n2\tanna\tfemale\n");
  const ofNames = (path: string) => [example("name-class"), "--data", path, ...nameOptions, "--decay", "constant"];
  const cases: ReadonlyArray<readonly [words: (path: string) => ReadonlyArray<string>, path: string]> = [
    [ofText, fileWith("text.txt", text)],
    [(path) => [...ofNames(path), "--split", "random"], fileWith("n.tsv", readFileSync(namesFile, "utf8"))],
    [(path) => [...ofNames(namesFile), "--held-out", path], held],
  ];
  for (const [words, path] of cases) {
    const was = readFileSync(path);
    const given = fileWith(`given${extname(path)}`, was.toString());
    const run = await trained(words(path)[0]!, ...words(path).slice(1), "--steps", "2");
    const before = filesIn(run);
    const other = Buffer.from(was);
    other[other.length - 2]! ^= 1;
    for (const changed of [Buffer.concat([was, was.subarray(-9)]), other]) {
      writeFileSync(path, changed);
      for (const asked of [
        ["eval", run],
        ["train", "--resume", run, "--steps", "4"],
      ]) {
        const { code, err } = await rnnc(...asked);
        assert.equal(code, 2, err);
        assert.ok(err.startsWith(`${path} is not the file that this run was trained on: it `), err);
        assert.match(err, /; eval --data FILE measures other data\.$/m);
      }
      assert.deepStrictEqual(filesIn(run), before);
      // Other data are measured all the same, without what the training part would have taught.
      const apart = await rnnc("eval", run, "--data", given);
      assert.equal(apart.code, 0, apart.err);
      assert.match(apart.err, /There are no baselines beside: .* is not the file/);
    }
    rmSync(path);
    writeFileSync(path, was);
    assert.equal((await rnnc("eval", run)).code, 0);
    assert.equal((await rnnc("train", "--resume", run, "--steps", "4")).code, 0);
    const straight = await trained(words(path)[0]!, ...words(path).slice(1), "--steps", "4");
    assert.deepStrictEqual(filesIn(run), filesIn(straight));
  }
});

test("a run that was saved without fingerprints of its files is loaded, measured and gone on with", async () => {
  const path = fileWith("old.tsv", readFileSync(namesFile, "utf8"));
  const run = await trained(example("name-class"), "--data", path, ...nameOptions, "--steps", "2");
  const loaded = loadRun(run);
  assert.ok(loaded._tag === "Right");
  const { recipe } = loaded.right;
  const { fingerprints, ...data } = recipe.data;
  assert.deepEqual(Object.keys(fingerprints ?? {}), [path]);
  assert.equal(saveRun(run, { ...loaded.right, recipe: { ...recipe, data } })._tag, "Right");
  writeFileSync(path, `${readFileSync(path, "utf8")}61\tanna\tfemale\n`);
  assert.equal((await rnnc("eval", run)).code, 0);
  const { code, err } = await rnnc("train", "--resume", run, "--steps", "3");
  assert.equal(code, 0, err);
});

test("the fingerprint of a file is its size and the SHA-256 of all its bytes, and nothing but a file has one", () => {
  for (const size of [0, 1, 2 ** 20, 2 ** 20 + 1, 3 * 2 ** 20 + 17]) {
    const bytes = Buffer.from(Uint8Array.from({ length: size }, (_, i) => (i * 31 + (i >> 12)) & 255));
    const path = fileWith("any", "");
    writeFileSync(path, bytes);
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    assert.deepEqual(fingerprintsOf([path, path]), { [path]: { bytes: size, sha256 } });
  }
  assert.deepEqual(fingerprintsOf(["-", "brown", newFolder(), join(newFolder(), "gone"), "/dev/null"]), {});
});

test("rows that are each a sequence of one position are told, with the ways to longer ones; a trial has no run in its way", async () => {
  const program = fileWith(
    "pooled.rnn",
    `model Pooled(n = 3) {
  axis t in 1..T
  input x[t] : R
  param W
  param u, v : R[n]
  h[0] = 0
  h[t] : R[n] = tanh(W h[t-1] + u * x[t])
  y[t] ~ normal(dot(v, h[t]), 1)
}
`,
  );
  const folder = join(newFolder(), "run");
  const words = [
    "train",
    program,
    "--data",
    loads,
    "--map",
    "x=temp",
    "--map",
    "y=load",
    "--steps",
    "1",
    "--run",
    folder,
  ];
  const alone = await rnnc(...words);
  assert.equal(alone.code, 0, alone.err);
  assert.match(
    alone.err,
    /^Each row of the data is a sequence of one position along t: --group FIELD .*, --window N /m,
  );
  const grouped = await rnnc(...words, "--group", "site", "--dry-run");
  assert.equal(grouped.code, 0, grouped.err);
  assert.doesNotMatch(grouped.err, /Each row/);
  assert.equal((await rnnc(...words)).code, 2, "nothing is trained over it");
});
