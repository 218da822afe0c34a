import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { characterModel, fileWith, newFolder, rnnc, text } from "./run-rnnc.ts";

const model = fileWith("m.rnn", characterModel);
const wrong = fileWith("wrong.rnn", characterModel.replace("tanh(b +", "tanh(bb +"));
const warned = fileWith("warned.rnn", `${characterModel.replace("param b, c", "param b, c, d")}`);

/** The one document that a command line answers with. */
const answer = async (code: number, ...words: ReadonlyArray<string>) => {
  const told = await rnnc(...words, "--json");
  assert.equal(told.code, code, told.err);
  return JSON.parse(told.out);
};

/** The program `wrong` has one mistake, whose place is known. */
const isLocated = (diagnostic: Readonly<Record<string, unknown>>): void => {
  const at = characterModel.split("\n").findIndex((line) => line.includes("tanh(b +"));
  const column = characterModel.split("\n")[at]!.indexOf("b +") + 1;
  const { code, severity, file, line, endLine, message } = diagnostic;
  assert.match(String(code), /^RNN\d+$/);
  assert.match(String(message), /bb/);
  assert.deepEqual([severity, file, line, endLine], ["error", wrong, at + 1, at + 1]);
  assert.deepEqual([diagnostic.column, diagnostic.endColumn], [column, column + 2]);
};

for (const words of [
  ["check", wrong],
  ["compile", wrong, "-o", "m.js"],
  ["types", wrong],
  ["show", wrong],
  ["train", wrong, "--data", fileWith("t.txt", text)],
])
  test(`${words[0]} --json answers a program with errors by diagnostics with their places, and nothing else`, async () => {
    const given = words[0] === "train" ? words : [...words, "--set", "V=5"];
    const told = await rnnc(...given, "--json");
    assert.deepEqual([told.code, told.err], [1, ""]);
    const { file, diagnostics } = JSON.parse(told.out);
    assert.equal(diagnostics.length, 1);
    assert.ok(file.endsWith("wrong.rnn"), file);
    isLocated(diagnostics[0]);
  });

test("gradcheck --json answers a program with errors once, however it was tried", async () => {
  isLocated((await answer(1, "gradcheck", wrong)).diagnostics[0]);
  const reports = await answer(0, "gradcheck", model, "--times", "2");
  assert.deepEqual(
    reports.map(({ passed }: { readonly passed: boolean }) => passed),
    [true, true],
  );
});

test("check --json has the diagnostics, the model and the sum of its parameters", async () => {
  const { file, diagnostics, model: found, parameters } = await answer(0, "check", warned, "--set", "V=5");
  assert.equal(file, warned);
  assert.deepEqual(
    diagnostics.map(({ severity, line }: Readonly<Record<string, unknown>>) => [severity, line]),
    [["warning", 1 + characterModel.split("\n").findIndex((line) => line.includes("param b, c"))]],
  );
  assert.equal(found.name, "Characters");
  assert.equal(parameters, 2 * 5 * 6 + 2 * 6 * 6 + 6 + 5);
});

test("compile --json names what it wrote, with the program's warnings", async () => {
  const output = join(newFolder(), "m.mjs");
  const { file, diagnostics, module, types } = await answer(0, "compile", warned, "--set", "V=5", "-o", output);
  assert.deepEqual([file, module, types], [warned, output, output.replace(/mjs$/, "d.mts")]);
  assert.equal(diagnostics.length, 1);
});

test("show --json holds the text of a view that has no JSON of its own, in the format asked for", async () => {
  for (const [view, format] of [
    ["equations", "text"],
    ["equations", "latex"],
    ["code", "text"],
    ["unfolded", "svg"],
  ] as const) {
    const words = ["show", model, "--set", "V=5", "--view", view, "--format", format];
    const found = await answer(0, ...words);
    assert.deepEqual([found.file, found.view, found.format], [model, view, format]);
    assert.equal(found.text, (await rnnc(...words)).out);
  }
  assert.equal((await answer(0, "show", model, "--set", "V=5", "--view", "schedule")).program, "gradient");
});

test("explain --json tells what a page has, and lists the codes", async () => {
  const page = await answer(0, "explain", "RNN134");
  assert.deepEqual([page.code, page.title], ["RNN134", "cycle without a delay"]);
  assert.equal((await rnnc("check", fileWith("right.rnn", page.right), ...settings(page.set))).code, 0);
  assert.equal((await rnnc("check", fileWith("wrong.rnn", page.wrong), ...settings(page.set))).code, 1);
  const codes: ReadonlyArray<{ readonly code: string }> = await answer(0, "explain");
  assert.ok(codes.length > 50 && codes.some(({ code }) => code === "RNN134"));
});

const settings = (set: Readonly<Record<string, number>>): ReadonlyArray<string> =>
  Object.entries(set).flatMap(([name, value]) => ["--set", `${name}=${value}`]);

test("fmt --json tells what has come of every file", async () => {
  const [tidy, untidy] = ["cell f(x) = x * 2\n", "cell f(x)=x*2\n"];
  const files = [fileWith("a.rnn", tidy), fileWith("b.rnn", untidy), fileWith("c.rnn", "cell f(x) = = x\n"), "/no.rnn"];
  const told = await answer(1, "fmt", "--check", ...files);
  const states = (found: typeof told) => found.files.map(({ state }: { readonly state: string }) => state);
  assert.deepEqual(states(told), ["formatted", "unformatted", "wrong", "unread"]);
  const { code, line, column } = told.files[2].diagnostics[0];
  assert.deepEqual([code, line, column], ["RNN001", 1, 13]);
  assert.deepEqual(states(await answer(0, "fmt", ...files.slice(0, 2))), ["formatted", "changed"]);
  assert.equal(readFileSync(files[1]!, "utf8"), tidy);
});

test("weights --json tells each weight's shape and range, and what was written", async () => {
  const run = join(newFolder(), "run");
  const small = ["--streams", "2", "--window", "8", "--steps", "2"];
  const { heldOut, loss } = await answer(0, "train", model, "--data", fileWith("t.txt", text), "--run", run, ...small);
  assert.ok(heldOut > 0 && loss > 0);
  const { weights } = await answer(0, "weights", "show", run);
  const row = weights.find(({ name }: { readonly name: string }) => name === "W");
  assert.deepEqual([row.shape, row.type], [[6, 6], "F32"]);
  assert.ok(row.min < row.mean && row.mean < row.max);
  const out = join(newFolder(), "w.safetensors");
  assert.deepEqual(await answer(0, "weights", "export", run, "-o", out), { run, weights: out });
  assert.deepEqual((await answer(0, "weights", "show", out)).weights, weights);
  assert.equal(typeof (await answer(0, "generate", run, "--length", "3")).text, "string");
  assert.equal(typeof (await answer(0, "eval", run)).loss, "number");
  const exported = join(newFolder(), "model.js");
  assert.deepEqual(await answer(0, "export", run, "-o", exported), {
    run,
    module: exported,
    types: exported.replace(/js$/, "d.ts"),
  });
});
