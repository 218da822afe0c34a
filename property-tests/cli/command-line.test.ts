import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { characterModel, fileWith, newFolder, rnnc } from "./run-rnnc.ts";

/** The rows of a summary's tables, their columns joined by single blanks. */
const rowsOf = (summary: string): ReadonlyArray<string> =>
  summary.split("\n").map((line) => line.trim().replaceAll(/ +/g, " "));

test("--set takes every name that the language has", async () => {
  const model = (name: string) => `model M(${name}) {\n  param a : R[${name}]\n  minimize sumsq(a)\n}\n`;
  for (const name of ["größe", "n'", "_", "__proto__"]) {
    const { code, out, err } = await rnnc("check", fileWith("m.rnn", model(name)), "--set", `${name}=5`);
    assert.equal(code, 0, err);
    assert.ok(rowsOf(out).includes("a R[5] = 0 5"), out);
  }
});

test("a sound program passes the check, and its summary names every parameter with its shape", async () => {
  const { code, out } = await rnnc("check", fileWith("m.rnn", characterModel), "--set", "V=5");
  assert.equal(code, 0);
  for (const row of ["E R[5,6] ~ glorot 30", "W R[6,6] ~ glorot 36", "c R[5] = 0 5", "sum 143"])
    assert.ok(rowsOf(out).includes(row), out);
  assert.ok(out.includes("y[t] : symbol[5]"), out);
});

test("the summary tells the shape that each parameter came to have, and what it starts as", async () => {
  const model = (f: string) =>
    `model M {\n  input x, u : R[2]\n  param ${f}\n  param W : R[3,2] ~ uniform(-1, 1)\n  param V, Q : R[2,2] ~ orthogonal\n  param z ~ normal(0, 2)\n  minimize sumsq(f * x + u) + sumsq(W u) + sumsq(V Q x) + z^2\n}\n`;
  const summaries = await Promise.all(["f = 1", "f : R = 1"].map((f) => rnnc("check", fileWith("m.rnn", model(f)))));
  const [vector, scalar] = summaries.map(({ out }) => rowsOf(out));
  assert.ok(vector!.includes("f R[2] = 1 2"));
  for (const row of ["f R = 1 1", "Q R[2,2] ~ orthogonal 4", "z R ~ normal(0, 2) 1", `sum ${1 + 6 + 4 + 4 + 1}`])
    assert.ok(scalar!.includes(row), row);
});

test("the summary says what the loss is made of, and counts what is minimized", async () => {
  const lossOf = async (...lines: ReadonlyArray<string>): Promise<string> => {
    const body = ["axis t in 1..T", "input x[t] : R[2]", "output h[t] = tanh(x[t])", ...lines].join("\n  ");
    const { out } = await rnnc("check", fileWith("m.rnn", `model M {\n  ${body}\n}\n`));
    return /^ {2}loss: (.*)$/m.exec(out)?.[1] ?? out;
  };
  const random = "y[t] : symbol[2] ~ categorical(softmax(h[t]))";
  const minimized = "minimize sum[t](sumsq(h[t]))";
  assert.equal(await lossOf(), "none");
  assert.equal(await lossOf(random), "-log p of y");
  assert.equal(await lossOf(minimized), "1 term minimized");
  assert.equal(await lossOf(random, minimized, "minimize sum[t](sum(h[t]))"), "-log p of y; 2 terms minimized");
});

test("a program with errors ends with 1 and says where they are on standard error", async () => {
  const file = fileWith("m.rnn", characterModel.replace("tanh(b +", "tanh(bb +"));
  const { code, out, err } = await rnnc("check", file, "--set", "V=5");
  assert.equal(code, 1);
  assert.equal(out, "");
  assert.ok(err.includes("bb"), err);
});

test("with --json, a program's errors are JSON on standard output", async () => {
  const file = fileWith("m.rnn", characterModel.replace("tanh(b +", "tanh(bb +"));
  const { code, out } = await rnnc("check", file, "--set", "V=5", "--json");
  assert.equal(code, 1);
  assert.match(JSON.parse(out).diagnostics[0].code, /^RNN\d+$/);
});

const wrong: ReadonlyArray<readonly [string, ReadonlyArray<string>, RegExp]> = [
  ["an unknown command", ["chekc", "m.rnn"], /Did you mean check/],
  ["an unknown flag", ["check", "m.rnn", "--jso"], /Did you mean --json/],
  ["a file that is not there", ["check", "/nowhere/m.rnn"], /\/nowhere\/m\.rnn.*ENOENT/],
  ["a setting that is no setting", ["check", "m.rnn", "--set", "n"], /n=64/],
  ["a setting with a space", ["check", "m.rnn", "--set", "n=6 4"], /n=64/],
  ["an optimisation that there is not", ["check", "m.rnn", "--without", "unrolling"], /optimisations are .*packing/s],
  ["a module that is no .js file", ["compile", "m.rnn", "-o", "out.txt"], /\.js/],
  ["no output", ["compile", "m.rnn"], /--output/],
  [
    "a function that no module has",
    ["compile", "m.rnn", "-o", "m.js", "--exports", "init,backward"],
    /init, pack, .*trainer/,
  ],
  ["no data", ["train", "m.rnn"], /--data/],
  ["a run that is not there", ["generate", "/nowhere/run"], /no run in \/nowhere\/run/],
];
for (const [what, words, says] of wrong) {
  test(`${what} is wrong usage: 2, and the message says what was expected`, async () => {
    const { code, out, err } = await rnnc(...words);
    assert.equal(code, 2);
    assert.equal(out, "");
    assert.match(err, says);
  });
}

test("help and version are data, and end with 0", async () => {
  for (const flag of ["--help", "--version"]) {
    const { code, out, err } = await rnnc(flag);
    assert.equal(code, 0);
    assert.notEqual(out, "");
    assert.equal(err, "");
  }
});

test("a compiled module stands by itself beside its types, and means what its source means", async () => {
  const output = join(newFolder(), "m.js");
  const { code } = await rnnc("compile", fileWith("m.rnn", characterModel), "--set", "V=5", "-o", output);
  assert.equal(code, 0);
  assert.ok(existsSync(output.replace(/\.js$/, ".d.ts")));
  assert.doesNotMatch(readFileSync(output, "utf8"), /^\s*import\b/m);
  const module = await import(pathToFileURL(output).href);
  const params = module.init(1);
  const loss = module.loss(params, module.pack([{ y: [1, 2, 3] }]));
  assert.ok(Math.abs(loss - 3 * Math.log(5)) < 2, `${loss}`);
});

test("a module is written small, and to be read where that is asked for", async () => {
  const written = async (...switches: ReadonlyArray<string>): Promise<string> => {
    const output = join(newFolder(), "m.js");
    await rnnc("compile", fileWith("m.rnn", characterModel), "--set", "V=5", ...switches, "-o", output);
    return readFileSync(output, "utf8");
  };
  const [small, readable] = [await written(), await written("--readable")];
  assert.ok(small.length < 0.7 * readable.length, `${small.length} and ${readable.length} bytes`);
  assert.match(readable, /^function planOf\(/m);
  const hasNames = (text: string): boolean => {
    const [, bytes = ""] = /"(AGFzb[^"]*)"/.exec(text) ?? [];
    return Buffer.from(bytes, "base64").includes("gradient, 1: ");
  };
  assert.deepEqual([small, readable].map(hasNames), [false, true]);
});

test("where Node would take a module for CommonJS, the command says what to call it", async () => {
  const told = async (name: string, settings: string): Promise<string> => {
    const folder = newFolder();
    writeFileSync(join(folder, "package.json"), settings);
    mkdirSync(join(folder, "models"));
    const output = join(folder, "models", name);
    const { code, err } = await rnnc("compile", fileWith("m.rnn", characterModel), "--set", "V=5", "-o", output);
    assert.equal(code, 0);
    return err;
  };
  const common = JSON.stringify({ type: "commonjs" });
  assert.match(await told("m.js", common), /CommonJS.*package\.json.*m\.mjs/);
  for (const [name, settings] of [
    ["m.mjs", common],
    ["m.js", JSON.stringify({ type: "module" })],
    ["m.js", "{}"],
    ["m.js", "not JSON"],
  ] as const)
    assert.doesNotMatch(await told(name, settings), /CommonJS/);
});

test("a module has the functions that were asked for, and no others", async () => {
  const output = join(newFolder(), "m.mjs");
  const words = ["--set", "V=5", "--exports", "init,generate", "-o", output];
  assert.equal((await rnnc("compile", fileWith("m.rnn", characterModel), ...words)).code, 0);
  const { model, init, generate, ...others } = await import(pathToFileURL(output).href);
  assert.deepEqual(others, {});
  assert.equal(generate(init(1), { seed: 1, length: 4 }).values.y[0].length, 4);
  assert.equal(model.name, "Characters");
});

test("without optimisations the module is another, and the loss the same", async () => {
  const file = fileWith("m.rnn", characterModel);
  const modules = await Promise.all(
    [[], ["--without", "products", "--without", "hoisting"]].map(async (switches, i) => {
      const output = join(newFolder(), `m${i}.js`);
      const { code } = await rnnc("compile", file, "--set", "V=5", "--precision", "f64", ...switches, "-o", output);
      assert.equal(code, 0);
      return { text: readFileSync(output, "utf8"), module: await import(pathToFileURL(output).href) };
    }),
  );
  const [best, plain] = modules.map(({ module }) => module.loss(module.init(1), module.pack([{ y: [1, 2, 3] }])));
  assert.notEqual(modules[0]!.text, modules[1]!.text);
  assert.ok(Math.abs(best - plain) <= 1e-10, `${best} and ${plain}`);
});

test("the gradient of a sound program agrees with finite differences at sizes that were left open", async () => {
  const { code, out } = await rnnc("gradcheck", fileWith("m.rnn", characterModel), "--times", "2");
  assert.equal(code, 0, out);
  assert.equal(out.match(/agrees/g)?.length, 2);
});

test("a gradient that is not shown to be right ends with 3, naming parameter, index and both values", async () => {
  const source = "model M {\n  param w : R[2]\n  minimize 1e8 + 1e-9 * sumsq(w + 1)\n}\n";
  const { code, out, err } = await rnnc("gradcheck", fileWith("m.rnn", source));
  assert.equal(code, 3);
  assert.match(
    out,
    /seed \d+: is HIDDEN .* worst w\[\d\]: gradient -?[\d.e-]+, finite difference -?[\d.e-]+ ± [\d.e-]+/,
  );
  assert.match(err, /finite differences show nothing/);
});

test("where there are no parameters, the gradient by the inputs that are numbers is checked", async () => {
  const source =
    "model M {\n  axis t in 1..T\n  input x[t] : R[2]\n  input k[t] : symbol[2]\n  minimize sum[t](sumsq(x[t] - onehot(k[t])))\n}\n";
  const { code, out } = await rnnc("gradcheck", fileWith("m.rnn", source), "--times", "1");
  assert.equal(code, 0, out);
  assert.match(out, /agrees at \d+ elements; worst x\[\d+,\d\] of example \d: /);
});

test("where there is nothing to take a gradient by, there is nothing to check: that is a wrong use", async () => {
  const source = "model M {\n  input k : symbol[2]\n  minimize sumsq(onehot(k))\n}\n";
  const { code, err } = await rnnc("gradcheck", fileWith("m.rnn", source));
  assert.equal(code, 2);
  assert.match(err, /neither parameters nor inputs of numbers/);
});

test("the gradient by an input is checked beside that of the parameters if asked for", async () => {
  const source = "model M {\n  input x : R[2]\n  param w : R[2]\n  minimize sumsq(w + x)\n}\n";
  const reports = await Promise.all(
    [[], ["--wrt", "x"]].map((wrt) => rnnc("gradcheck", fileWith("m.rnn", source), "--json", ...wrt)),
  );
  assert.deepEqual(
    reports.map(({ out }) => JSON.parse(out)[0].compared),
    [2, 2 + 3 * 2],
  );
  assert.equal((await rnnc("gradcheck", fileWith("m.rnn", source), "--wrt", "y")).code, 1);
});

test("types are written beside each program, and what is no program by its name is told", async () => {
  const files = ["a.rnn", "b.rnn"].map((name) => fileWith(name, characterModel));
  const { code, out } = await rnnc("types", ...files, "--set", "V=5", "--json");
  assert.equal(code, 0);
  const expected = files.map((file) => file.replace(/rnn$/, "d.rnn.ts"));
  assert.deepEqual(JSON.parse(out).types, expected);
  for (const file of expected) assert.match(readFileSync(file, "utf8"), /\bgradient\b/);
  const { code: refused, err } = await rnnc("types", fileWith("m.txt", characterModel), "--set", "V=5");
  assert.equal(refused, 2);
  assert.match(err, /\.rnn.*m\.txt/);
});

test("what a program is told stands once, however often it is compiled", async () => {
  const model =
    "model M {\n  axis t in 1..T\n  input x[t] : R[2]\n  param U, W : R[2,2]\n  minimize sum[t](sumsq(W x[t]))\n}\n";
  const { err } = await rnnc("gradcheck", fileWith("m.rnn", model), "--times", "3");
  assert.equal(err.split("The parameter `U`").length, 2, err);
  // Also where it names a size, and each compilation has its own.
  const sized =
    "model M(n = 40) {\n  axis t in 1..T\n  input x[t] : R[n]\n  param U, b = 0\n  minimize sum[t](sumsq(x[t] + U x[t] + b))\n}\n";
  const told = await rnnc("gradcheck", fileWith("m.rnn", sized), "--times", "3");
  assert.equal(told.err.split("a matrix that starts at a constant").length, 2, told.err);
});

test("what is wrong inside a standard cell is shown in its text", async () => {
  const model =
    'import GRU from "std"\nmodel M {\n  axis t in 1..T\n  input w[t] : symbol[3]\n  output h[t] = GRU(2)(w[t])\n}\n';
  const { err } = await rnnc("check", fileWith("m.rnn", model));
  assert.match(err, /std\/gru\.rnn:\d+/);
  assert.match(err, /W\w x\[t\]/);
});
