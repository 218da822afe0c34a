import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { createContext, runInContext } from "node:vm";
import { transform } from "esbuild";
import ts from "typescript";
import { once } from "../../src/once.ts";
import { loadRun } from "../../src/train/index.ts";
import {
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

const ran = async (...words: ReadonlyArray<string>): Promise<string> => {
  const { code, out, err } = await rnnc(...words);
  assert.equal(code, 0, err);
  return out;
};

const names = ["maria", "anna", "julia", "peter", "robert", "john"];
const namesFile = fileWith(
  "names.tsv",
  `id\tname\tkind\n${Array.from({ length: 60 }, (_, i) => `${i}\t${names[i % 6]}\t${i % 6 < 3 ? "female" : "male"}\n`).join("")}`,
);
const loads = loadsFile();
const forecast = fileWith("forecast.rnn", forecastModel);
const spread = fileWith(
  "spread.rnn",
  `model Spread {
  axis t in 1..T
  input x[t]
  param w, u = 0.5
  output o[t] = w * x[t]
  output s[t] = exp(u * x[t])
  d[t] ~ normal(o[t], exp(u))
  e[t] ~ normal(o[t] + 1, s[t])
}`,
);
const grid = fileWith(
  "grid.rnn",
  `model Grid {
  axis j in 1..2
  axis t in 1..T
  input x[t]
  param w, u = 0.5
  output a[t,j] = w * x[t] + j
  d[t,j] ~ normal(u * x[t] + j, exp(u))
}`,
);
const masked = fileWith(
  "masked.rnn",
  `model Masked {
  axis t in 1..T
  input x[t], m[t]
  param w, u : R = 0.5
  output o[t] = m[t] * w * x[t] + (1 - m[t]) * u
  d[t] ~ normal(o[t], 1)
}`,
);
const following = (mean: string): string =>
  fileWith(
    "following.rnn",
    `model Following(k) {
  axis t in 1..T
  axis i in 1..N
  input x[t] : R[k]
  param v : R[k] ~ normal(0, 0.3)
  param b = 0.1
  output mu[i] = ${mean}
  y[i] ~ normal(mu[i], 1)
}`,
  );
const pairs = `source\ttarget\n${["ab\tba", "abc\tcba", "ca\tac", "b\tb"].join("\n").concat("\n").repeat(10)}`;

/** What is asked of a run, and how a caller gives the same to its module. */
interface Kind {
  readonly run: () => Promise<string>;
  readonly asked: string;
  /** A record as `rnnc predict` writes it beside its answer, as a caller has it. */
  readonly input: (line: Line) => unknown;
  /** A use that type-checks, and one that does not. */
  readonly right: string;
  readonly wrong: string;
}

const numbers = (values: ReadonlyArray<string>): ReadonlyArray<number | null> =>
  values.map((value) => (value === "" ? null : Number(value)));

const kinds: Readonly<Record<string, Kind>> = {
  "classes of words in a table": {
    run: () => trained(example("name-class"), "--data", namesFile, "--map", "w=name", "--map", "y=kind", "--set", "n=12", "--steps", "20", "--rate", "0.03"), // biome-ignore format: one line
    asked: fileWith("who.tsv", "name\nmaria\npetexr\njo\n"),
    input: ({ name }) => ({ name }),
    right: 'const kind: "female" | "male" = predict({ name: "maria" })["y.predicted"];',
    wrong: 'const kind: "child" = predict({ name: "maria" })["y.predicted"];',
  },
  "tags of sentences": {
    run: () =>
      trained(example("tagger"), "--data", fileWith("s.tagged", "The/at dog/nn runs/vb ./.\nA/at cat/nn sleeps/vb ./.\n".repeat(10)), "--map", "w=word", "--map", "y=tag", "--lower", "--steps", "5"), // biome-ignore format: one line
    asked: fileWith("a.tagged", "The/at cat/nn runs/vb ./.\nfoxes/nn sleep/vb\n"),
    input: ({ word }) => ({ word }),
    right: 'const tags: ReadonlyArray<"." | "at" | "nn" | "vb"> = predict({ word: ["The", "dog"] })["y.predicted"];',
    wrong: "predict({ word: [[1]] });",
  },
  "windows of a series in its own units": {
    run: () =>
      trained(forecast, "--data", loads, "--group", "site", "--window", "5", "--ahead", "2", "--map", "x=temp,load", "--map", "y=load", "--normalise", "x,y", "--steps", "30", "--precision", "f64"), // biome-ignore format: one line
    asked: loads,
    input: ({ temp, load }) => ({ temp: numbers(temp), load: numbers(load) }),
    right: 'const low: number = predict([{ temp: [1, 2, 3, 4, 5], load: new Float32Array(5) }])[0]!["y.low"];',
    wrong: "predict({ temp: [1, 2, 3, 4, 5] });",
  },
  "rows that follow a window along an axis of their own": {
    run: () =>
      trained(following("v^T x[T] + b * i"), "--data", loads, "--group", "site", "--window", "5", "--ahead", "2", "--map", "x=temp,load", "--map", "y=load", "--normalise", "x,y", "--steps", "3"), // biome-ignore format: one line
    asked: loads,
    input: ({ temp, load }) => ({ temp: numbers(temp), load: numbers(load) }),
    right: "const mu: ReadonlyArray<number> = predict({ temp: [1, 2, 3, 4, 5], load: [1, 2, 3, 4, 5] }).mu;",
    wrong: "predict({ temp: [1, 2, 3, 4, 5] });",
  },
  "numbers whose spread is an expression": {
    run: () => trained(spread, "--data", fileWith("s.jsonl", '{"x": [1, 2], "d": [1, 2], "e": [2, 1]}\n'.repeat(4)), "--steps", "2", "--hold-out", "4"), // biome-ignore format: one line
    asked: fileWith("a.jsonl", '{"x": [1, 2, 3]}\n'),
    input: ({ x }) => ({ x }),
    right:
      'const { s, "d.low": low, "e.predicted": e }: Record<"s" | "d.low" | "e.predicted", ReadonlyArray<number>> = predict({ x: [1, 2] });',
    wrong: 'predict({ x: [1] })["d.predicted"];',
  },
  "an output in the order in which it is written, and a target of which no output tells": {
    run: () => trained(grid, "--data", fileWith("g.jsonl", '{"x": [1, 2, 4], "d": [[1, 2], [3, 4], [5, 6]]}\n'.repeat(4)), "--normalise", "d", "--steps", "2", "--hold-out", "4"), // biome-ignore format: one line
    asked: fileWith("a.jsonl", '{"x": [1, 2, 3]}\n{"x": [4]}\n'),
    input: ({ x }) => ({ x }),
    right:
      'const { a, "d.predicted": d }: Record<"a" | "d.predicted", ReadonlyArray<ReadonlyArray<number>>> = predict({ x: [1, 2] });',
    wrong: 'predict({ x: [1] })["$expected.mean.d"];',
  },
  "series with gaps that a mask tells": {
    run: () =>
      trained(masked, "--data", fileWith("gaps.csv", `s,x,d\n${"a,1,2\na,,3\na,3,4\nb,4,5\n".repeat(5)}`), "--group", "s", "--missing", "m", "--split", "every", "--hold-out", "5", "--steps", "2"), // biome-ignore format: one line
    asked: fileWith("g.csv", "s,x\na,1\na,\nb,4\n"),
    input: ({ x }) => ({ x: numbers(x) }),
    right: "const o: ReadonlyArray<number> = predict({ x: [1, null, 2] }).o;",
    wrong: 'predict({ x: [1, "2"] });',
  },
};

interface Exported {
  readonly run: string;
  readonly path: string;
  readonly module: Line;
}

const exported = async (run: string, ...words: ReadonlyArray<string>): Promise<Exported> => {
  const path = join(newFolder(), "model.mjs");
  await ran("export", run, "-o", path, ...words);
  return { run, path, module: await import(pathToFileURL(path).href) };
};

/** Trained when it is first asked for: one after the other. */
const made = Object.fromEntries(
  Object.entries(kinds).map(([name, { run }]) => [name, once(async () => exported(await run()))]),
);
const of = (name: string): Promise<Exported> => made[name]!();

for (const [name, { asked, input }] of Object.entries(kinds))
  test(`${name}: a module of a run says the same to the bit as the command, and imports nothing`, async () => {
    const { run, path, module } = await of(name);
    const written = readFileSync(path, "utf8");
    assert.deepEqual(ts.preProcessFile(written, true, true).importedFiles, []);
    assert.equal(/\bnew Function\b|\beval\(|\batob\(|\bnode:/.exec(written)?.[0], undefined);
    const lines = linesOf(await ran("predict", run, "--data", asked));
    const told: ReadonlyArray<Readonly<Record<string, unknown>>> = module.predict(lines.map(input));
    assert.equal(told.length, lines.length);
    for (const [i, answer] of told.entries()) {
      const keys = Object.keys(answer);
      assert.deepEqual(answer, Object.fromEntries(keys.map((key) => [key, lines[i][key]])));
      // The rest is what stood in the data.
      assert.deepEqual(Object.keys(lines[i]).slice(-keys.length), keys);
    }
    // One record has one answer, and so has the run in process.
    assert.deepEqual(Object.keys(module.predict(input(lines[0]))), Object.keys(told[0]!));
    const loaded = loadRun(run);
    assert.ok(loaded._tag === "Right");
    assert.deepEqual(loaded.right.predict(lines.map(input) as never), told);
    assert.deepEqual(loaded.right.params, module.params);
    assert.deepEqual(loaded.right.vocabularies, module.vocabularies);
  });

const refusals: ReadonlyArray<readonly [string, unknown, RegExp]> = [
  ["classes of words in a table", { nane: "x" }, /^input: w: I expected a field name, and found nane$/],
  [
    "classes of words in a table",
    [{ name: "x" }, { name: 3 }],
    /^input\[1\]: w \(name\): I expected a list of words or a text, and found 3 \(as a text it stands in quotes: "3"\)$/,
  ],
  ["classes of words in a table", { name: ["a", {}] }, /^input: w \(name\)\[1\]: I expected a word, and found \{\}$/],
  ["classes of words in a table", "maria", /^input: expected an object with each field under its name, found "maria"$/],
  ["classes of words in a table", [null], /^input\[0\]: expected an object .*, found null$/],
  ["windows of a series in its own units", { temp: [1], load: [1] }, /^input\.temp: expected a list of at least 5 rows, found 1$/], // biome-ignore format: one line
  ["windows of a series in its own units", { temp: [1, 2, 3, 4, 5], load: [1] }, /^input\.load: expected 5 rows, as temp has, found 1$/], // biome-ignore format: one line
  ["windows of a series in its own units", { temp: [1, 2, 3, 4, "5"], load: [1, 2, 3, 4, 5] }, /^input: x \(temp, load\)\[4\]: I expected a number, and found "5"$/], // biome-ignore format: one line
  ["windows of a series in its own units", { temp: [1, 2, 3, 4, Number.NaN], load: [1, 2, 3, 4, 5] }, /^input: x \(temp, load\)\[4\]: I expected a number, and found NaN$/], // biome-ignore format: one line
  ["windows of a series in its own units", { temp: [1, 2, 3, 4, null], load: [1, 2, 3, 4, 5] }, /^input: x\[4\]: I expected a value, and found nothing$/], // biome-ignore format: one line
  ["windows of a series in its own units", {}, /^input: x: I expected a field temp, and found nothing$/],
];
for (const [name, input, says] of refusals)
  test(`${name}: a module refuses ${JSON.stringify(input)}, and names the field, what was expected and found`, async () => {
    const { module } = await of(name);
    assert.throws(() => module.predict(input), { name: "RnncError", message: says });
  });

const translating = once(async () => {
  const data = fileWith("pairs.tsv", pairs);
  const words = ["--map", "x=source", "--map", "y=target", "--steps", "20"];
  return exported(await trained(example("translation"), "--data", data, ...words));
});
const reading = once(async () => {
  const words = ["--steps", "20", "--streams", "4", "--window", "16"];
  return exported(await trained(fileWith("c.rnn", characterModel), "--data", fileWith("t.txt", text), ...words));
});

test("a module of a run draws the texts that the command draws, by whatever options", async () => {
  const { run, module } = await translating();
  const sources = ["abc", "b", "caab"];
  const asked = fileWith("asked.tsv", `source\n${sources.join("\n")}\n`);
  const input = sources.map((source) => ({ source }));
  const cases: ReadonlyArray<readonly [ReadonlyArray<string>, Readonly<Record<string, unknown>>]> = [
    [["--length", "6"], { length: 6 }],
    [["--length", "6", "--seed", "5", "--temperature", "1.5", "--top-k", "4"], { length: 6, seed: 5, temperature: 1.5, topK: 4 }], // biome-ignore format: one line
    [["--length", "6", "--mode"], { length: 6, choose: "mode" }],
    [["--length", "6", "--several", "3"], { length: 6, several: 3 }],
    [["--length", "6", "--beam", "4", "--several", "2", "--length-penalty", "0.6"], { length: 6, beam: 4, several: 2, lengthPenalty: 0.6 }], // biome-ignore format: one line
  ];
  for (const [words, options] of cases) {
    const lines = linesOf(await ran("generate", run, "--data", asked, ...words));
    assert.deepEqual(
      module.generate(input, options),
      lines.map(({ source: _, ...drawn }) => drawn),
    );
  }
  assert.equal(typeof module.generate({ source: "ab" }, { length: 3 }).y, "string");
  for (const [options, says] of [
    [{ lenght: 3 }, /^options: expected one of "length", .* found "lenght" \(did you mean "length"\?\)/],
    [{ beam: 2, several: 3 }, /^options\.several: expected at most the beam's width 2, found 3$/],
    [{ beam: 2, temperature: 2 }, /^options\.temperature: expected none beside options\.beam/],
    [{ temperature: -1 }, /^options\.temperature: expected a number above 0/],
    [{ several: 0 }, /^options\.several: expected an integer above 0, found 0$/],
  ] as const)
    assert.throws(() => module.generate({ source: "ab" }, options), { name: "RnncError", message: says });
  assert.throws(() => module.generate({ source: 4 }), { message: /^input: x \(source\): I expected a list/ });
});

test("a model without inputs draws words of its data, as the command does", async () => {
  const source = fileWith(
    "walk.rnn",
    `model Walk(V, n = 3) {
  axis t in 1..4
  param E : R[V,n]
  param P : R[V,n]
  y[0] = 0
  y[t] : symbol[V] ~ categorical(softmax(P E[y[t-1]]))
}`,
  );
  const walks = fileWith(
    "w.jsonl",
    '{"y": ["up", "down", "up", "up"]}\n{"y": ["down", "up", "down", "up"]}\n'.repeat(4),
  );
  const { run, module } = await exported(await trained(source, "--data", walks, "--steps", "2", "--hold-out", "4"));
  const [drawn] = linesOf(await ran("generate", run, "--several", "3"));
  assert.equal(drawn.y.length, 3);
  for (const word of drawn.y.flat()) assert.ok(module.vocabularies.y.includes(word), word);
  assert.deepEqual(module.generate({}, { several: 3 }), drawn);
  assert.deepEqual(module.generate().y, drawn.y[0]);
});

test("a module of a text model goes on from a prefix as the command does, and refuses what it does not know", async () => {
  const { run, module } = await reading();
  assert.equal(module.predict, undefined);
  const words = ["--length", "20", "--prefix", "the ", "--json"];
  const [{ text: drawn }] = linesOf(await ran("generate", run, ...words)) as [{ text: string }];
  assert.equal(module.generate("the ", { length: 20 }), drawn);
  const several = linesOf(await ran("generate", run, ...words, "--several", "2", "--seed", "4"));
  assert.deepEqual(
    module.generate("the ", { length: 20, several: 2, seed: 4 }),
    several.map((line) => line.text),
  );
  assert.equal(module.generate(undefined, { length: 5 }).length, 5);
  assert.throws(() => module.generate("até"), { message: /^prefix: the run does not know the character "é"/ });
  assert.throws(() => module.generate(["a"]), { message: /^prefix: expected a text to go on from/ });
  const loaded = loadRun(run);
  assert.ok(loaded._tag === "Right");
  assert.equal(loaded.right.generate("the ", { length: 20 }), drawn);
});

test("a module says that what reads a target back is drawn, and draws as many rows as its run looks ahead", async () => {
  const [first = "", ...rest] = readFileSync(following("v^T x[T] + b * y[i-1]"), "utf8").split("  output");
  const program = fileWith("again.rnn", [`${first}  y[0] = 0\n`, ...rest].join("  output"));
  const options = [
    "--group",
    "site",
    "--window",
    "5",
    "--ahead",
    "2",
    "--map",
    "x=temp,load",
    "--map",
    "y=load",
    "--steps",
    "1",
  ];
  const { module } = await exported(await trained(program, "--data", loads, ...options));
  const record = { temp: [1, 2, 3, 4, 5], load: [1, 2, 3, 4, 5] };
  assert.throws(() => module.predict([record]), {
    name: "RnncError",
    message: "input[0]: y (load): expected its values, which the model reads back, found nothing: `generate` draws it",
  });
  assert.throws(() => module.predict({ temp: [1, 2], load: [1, 2] }), /expected a list of at least 5 rows/);
  assert.equal(module.generate(record).y.length, 2);
  assert.equal(module.generate(record, { length: 7 }).y.length, 7);
});

test("what a module of a run computes for its predictions alone is no output of its model", async () => {
  const { module } = await of("an output in the order in which it is written, and a target of which no output tells");
  const outputs = module.forward(module.params, module.pack([{ x: [1, 2, 3] }]));
  assert.deepEqual(Object.keys(outputs), ["a"]);
  assert.deepEqual(outputs.a.axes, ["t", "j", "batch"]);
  assert.deepEqual(module.predict({ x: [1, 2, 3] }).a.flat(), [...outputs.a.data]);
});

test("of a longer series the last window is read", async () => {
  const { module } = await of("windows of a series in its own units");
  const [temp, load] = [
    [20, 21, 22, 23, 24, 25, 26],
    [1000, 1010, 1020, 1030, 1040, 1050, 1060],
  ];
  const last = { temp: temp!.slice(-5), load: load!.slice(-5) };
  assert.deepEqual(module.predict({ temp, load }), module.predict(last));
});

test("a record may have typed arrays for lists", async () => {
  const { module } = await of("windows of a series in its own units");
  const [temp, load] = [
    [21, 22, 23, 24, 25],
    [1010, 1020, 1030, 1040, 1050],
  ] as const;
  const typed = { temp: Float64Array.from(temp), load: Int32Array.from(load) };
  assert.deepEqual(module.predict(typed), module.predict({ temp, load }));
});

test("a module of a run has the functions of its compiled model, and goes on to be trained", async () => {
  const { module } = await of("windows of a series in its own units");
  const record = { temp: [1, 2, 3, 4, 5], load: [1, 2, 3, 4, 5] };
  const batch = module.pack([{ x: record.temp.map((temp) => [temp, 1]), y: 1 }]);
  const { gradient } = module.gradient(module.params, batch);
  const moved = Object.fromEntries(
    Object.entries<Float64Array>(module.params).map(([path, values]) => [
      path,
      values.map((value, i) => value - 0.1 * gradient[path][i]),
    ]),
  );
  assert.ok(module.loss(moved, batch) !== module.loss(module.params, batch));
  assert.notDeepEqual(module.withParams(moved).predict(record), module.predict(record));
  assert.deepEqual(module.withParams(module.params).predict(record), module.predict(record));
});

test("a module needs nothing but the language and WebAssembly, and evaluates no text", async () => {
  const { path, module } = await of("classes of words in a table");
  const { code } = await transform(readFileSync(path, "utf8"), { format: "iife", globalName: "found" });
  const realm = createContext({ WebAssembly }, { codeGeneration: { strings: false, wasm: true } });
  runInContext(code, realm);
  const told = JSON.parse(runInContext('JSON.stringify(found.predict({ name: "maria" }))', realm));
  assert.deepEqual(told, module.predict({ name: "maria" }));
});

test("a module has those functions that are asked for, by the code that is asked for, and is smaller for it", async () => {
  const whole = await of("classes of words in a table");
  const { path, module } = await exported(whole.run, "--exports", "predict,step", "--target", "js");
  assert.deepEqual(Object.keys(module).sort(), ["model", "params", "predict", "step", "vocabularies", "withParams"]);
  assert.ok(readFileSync(path).length < 0.8 * readFileSync(whole.path).length);
  const [{ p }, { p: q }] = [module.predict({ name: "maria" }), whole.module.predict({ name: "maria" })];
  assert.ok(Math.abs(p.male - q.male) < 1e-6);
  assert.ok(!readFileSync(path, "utf8").includes("WebAssembly"));
  const { module: readable } = await exported(whole.run, "--readable");
  assert.deepEqual(readable.predict({ name: "anna" }), whole.module.predict({ name: "anna" }));
});

test("the last weights are exported where they are asked for", async () => {
  // What is held out says the contrary, so learning makes it worse.
  const contrary = fileWith("contrary.tsv", "name\tkind\nmaria\tmale\npeter\tfemale\n");
  const words = ["--map", "w=name", "--map", "y=kind", "--held-out", contrary, "--steps", "8", "--evaluate-every", "4"];
  const run = await trained(example("name-class"), "--data", namesFile, ...words);
  const [best, last] = [await exported(run), await exported(run, "--last")];
  const params = (options: { readonly last?: boolean }) => {
    const loaded = loadRun(run, options);
    assert.ok(loaded._tag === "Right");
    return loaded.right.params;
  };
  assert.deepEqual([best.module.params, last.module.params], [params({}), params({ last: true })]);
  assert.notDeepEqual(best.module.params, last.module.params);
});

test("what cannot be exported is refused with what to do", async () => {
  const [{ run: names }, { run: texts }] = [await of("classes of words in a table"), await reading()];
  const path = join(newFolder(), "m.js");
  const says = async (expected: RegExp, ...words: ReadonlyArray<string>): Promise<void> => {
    const { code, err, out } = await rnnc("export", ...words);
    assert.deepEqual([code, out], [2, ""]);
    assert.match(err, expected);
  };
  await says(/--output/, names);
  await says(/must end in \.js or \.mjs/, names, "-o", "m.ts");
  await says(/no run in \/nowhere/, "/nowhere", "-o", path);
  await says(/is a file, and a run is a folder; `rnnc compile`/, example("name-class"), "-o", path);
  await says(/The functions are predict, generate, init/, names, "-o", path, "--exports", "predcit");
  await says(/draws nothing step by step/, names, "-o", path, "--exports", "generate");
  await says(/was trained on text, which it draws: export generate/, texts, "-o", path, "--exports", "predict");
  await says(/cannot write .*a file stands where a folder is needed/, names, "-o", join(fileWith("taken", ""), "m.js"));
});

test("the types of modules of runs type-check under strict, accept the right use and refuse the wrong", async () => {
  const uses: Array<readonly [string, boolean]> = [];
  const use = (path: string, imported: string, body: string, isRight: boolean): void => {
    const source = `import { ${imported} } from "./model.mjs";\n${body}\nexport {};\n`;
    const file = join(dirname(path), isRight ? "right.mts" : "wrong.mts");
    ts.sys.writeFile(file, source);
    uses.push([file, isRight]);
  };
  for (const [name, { right, wrong }] of Object.entries(kinds)) {
    const { path } = await of(name);
    use(path, "predict", right, true);
    use(path, "predict", wrong, false);
  }
  const { path: translation } = await translating();
  use(translation, "generate, forward, params, pack, withParams", `const y: string = generate({ source: "ab" }, { beam: 2 }).y;
const all: ReadonlyArray<string> = generate([{ source: "ab" }], { several: 2 })[0]!.y;
forward(params, pack([{ x: [1], y: [2] }]));
withParams(params).generate({ source: "ab" });`, true); // biome-ignore format: one line
  use(translation, "generate", 'const y: string = generate({ source: "ab" }, { several: 2 }).y;', false);
  const { path: reader } = await reading();
  use(reader, "generate", 'const drawn: string = generate("the ", { temperature: 0.5 });', true);
  use(reader, "generate", "generate({ source: 1 });", false);
  const program = ts.createProgram(
    uses.map(([file]) => file),
    {
      strict: true,
      noUncheckedIndexedAccess: true,
      exactOptionalPropertyTypes: true,
      noEmit: true,
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      types: [],
    },
  );
  const wrong = ts
    .getPreEmitDiagnostics(program)
    .map(({ file, messageText }) => [file?.fileName, messageText] as const);
  for (const [file, isRight] of uses)
    if (!isRight)
      assert.ok(
        wrong.some(([name]) => name === file),
        file,
      );
  const isExpected = (name: string | undefined): boolean => uses.some(([file, isRight]) => !isRight && file === name);
  assert.deepEqual(
    wrong.filter(([name]) => !isExpected(name)),
    [],
  );
});

test("what goes to another world says how the numbers of a normalised run are scaled", async () => {
  const words = ["--group", "site", "--window", "5", "--ahead", "2", "--map", "x=temp,load", "--map", "y=load"];
  const run = await trained(forecast, "--data", loads, ...words, "--normalise", "x,y", "--steps", "2");
  const folder = newFolder();
  for (const [option, value, file] of [
    ["--to", "pytorch", "m.py"],
    ["--to", "onnx", "m.onnx"],
    ["--target", "c", "m.c"],
  ] as const) {
    const { code, err } = await rnnc("export", run, option, value, "-o", join(folder, file));
    assert.equal(code, 0, err);
    assert.match(err, /normalised numbers.*x is \(value - \[.+\]\) \/ \[.+\]; y is/, value);
  }
});

test("where nothing is to export, that is said, and what was expected", async () => {
  for (const world of ["pytorch", "onnx"]) {
    const { code, err } = await rnnc(
      "export",
      "/nowhere/run",
      "--to",
      world,
      "-o",
      world === "onnx" ? "a.onnx" : "a.py",
    );
    assert.deepEqual([code, err], [2, "There is no /nowhere/run: I expected a program, or the folder of a run.\n"]);
  }
});
