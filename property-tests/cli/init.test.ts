import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { once } from "../../src/once.ts";
import { loadRun } from "../../src/train/index.ts";
import { encodeSafetensors, tensorOf } from "../../src/weights/safetensors.ts";
import { characterModel, fileWith, newFolder, rnnc, text } from "./run-rnnc.ts";

const nameClass = readFileSync(new URL("../../examples/name-class.rnn", import.meta.url), "utf8");
const program = fileWith("names.rnn", nameClass);
const names = ["maria", "anna", "julia", "peter", "robert", "john"];
const table = (words: ReadonlyArray<string>): string =>
  fileWith(
    "names.tsv",
    `name\tkind\n${Array.from({ length: 20 }, (_, i) => words.map((word, k) => `${word}\t${(i + k) % 2 === 0 ? "a" : "b"}\n`).join("")).join("")}`,
  );
const words = ["--map", "w=name", "--map", "y=kind"];

const trained = async (...given: ReadonlyArray<string>) => {
  const folder = join(newFolder(), "run");
  const { code, err } = await rnnc("train", ...given, "--run", folder);
  assert.equal(code, 0, err);
  const run = loadRun(folder);
  assert.ok(run._tag === "Right");
  return { folder, err, run: run.right };
};

/** A step that goes nowhere. */
const still = ["--steps", "1", "--rate", "1e-30", "--warmup", "0"];

const first = once(() => trained(program, "--data", table(names), ...words, "--steps", "10", "--set", "n=5"));

test("a training that begins with the weights of a run has its words, too, and says of words what the run says", async () => {
  const { folder, run } = await first();
  const other = await trained(
    program,
    "--data",
    table(["jo", "xena"]),
    ...words,
    ...still,
    "--init",
    folder,
    "--set",
    "n=5",
  );
  assert.match(other.err, /Begins with (\d+) of \1 weights of /);
  assert.deepEqual(other.run.vocabularies, run.vocabularies);
  assert.deepEqual(
    other.run.predict([{ name: "maria" }, { name: "jo" }]),
    run.predict([{ name: "maria" }, { name: "jo" }]),
  );
  assert.equal(other.run.recipe.init, folder);
});

test("weights of a file are taken by name and shape, others are drawn anew and named", async () => {
  const { folder, run } = await first();
  const file = join(newFolder(), "w.safetensors");
  assert.equal((await rnnc("weights", "export", folder, "-o", file)).code, 0);
  // Three kinds where there were two.
  const more = fileWith("more.tsv", `name\tkind\n${"maria\ta\npeter\tb\njohn\tc\nanna julia robert\ta\n".repeat(10)}`);
  const other = await trained(program, "--data", more, ...words, ...still, "--set", "n=5", "--init", file);
  const [, taken, all, anew] = /Begins with (\d+) of (\d+) weights of .*; drawn anew: (.*)\.\n/.exec(other.err) ?? [];
  assert.ok(Number(taken) > 0 && Number(taken) < Number(all), other.err);
  for (const [path, values] of Object.entries(other.run.params)) {
    const isTaken = values.length === run.params[path]!.length;
    assert.equal(anew!.includes(`${path} (`), !isTaken, path);
    assert.equal(
      values.every((value, i) => value === run.params[path]![i]),
      isTaken,
      path,
    );
  }
});

test("classes that the run before did not have stand for themselves, and are told", async () => {
  const { folder } = await first();
  const classes = fileWith("k.tsv", `name\tkind\n${"maria\tx\npeter\ty\njohn\tz\n".repeat(10)}`);
  const other = await trained(program, "--data", classes, ...words, ...still, "--set", "n=5", "--init", folder);
  assert.deepEqual(other.run.vocabularies.y, ["x", "y", "z"]);
  assert.deepEqual(other.run.vocabularies.w, (await first()).run.vocabularies.w);
  assert.match(other.err, /drawn anew: .* y has other words than there\./);
});

test("a text model begins with the weights of another, whose characters it reads", async () => {
  const letters = fileWith("letters.rnn", characterModel);
  const small = ["--streams", "2", "--window", "8"];
  const before = await trained(letters, "--data", fileWith("t.txt", text), "--steps", "10", ...small);
  const fewer = fileWith("u.txt", "the dog sat. ".repeat(60));
  const after = await trained(letters, "--data", fewer, ...still, ...small, "--init", before.folder);
  assert.deepEqual(after.run.vocabularies, before.run.vocabularies);
  assert.equal(after.run.generate("the ", { length: 30 }), before.run.generate("the ", { length: 30 }));
  // It goes on, and is measured, with the same characters.
  for (const given of [
    ["train", "--resume", after.folder, "--steps", "2"],
    ["eval", after.folder],
  ]) {
    const { code, err } = await rnnc(...given);
    assert.equal(code, 0, err);
  }
});

test("a training does not begin with numbers that are not finite: each parameter and the place in it are named", async () => {
  const { run } = await first();
  const shapeOf = (name: string) => run.compiled.model.params.find((each) => each.path === name)!.shape;
  const [path, other] = Object.keys(run.params) as [string, string];
  const file = join(newFolder(), "w.safetensors");
  const wrong = (name: string, value: number) => {
    const values = Float64Array.from(run.params[name]!);
    values[values.length - 1] = value;
    return [name, tensorOf({ shape: shapeOf(name), values })] as const;
  };
  const tensors = Object.fromEntries([wrong(path, Number.NaN), wrong(other, 1e200)]);
  writeFileSync(file, encodeSafetensors({ metadata: {}, tensors }));
  for (const more of [["--dry-run"], []]) {
    const given = ["--data", table(names), ...words, ...still, "--set", "n=5", "--init", file, ...more];
    const { code, err } = await rnnc("train", program, ...given, "--run", join(newFolder(), "run"));
    assert.equal(code, 2, err);
    const last = (name: string): string => shapeOf(name).join(", ");
    assert.ok(err.includes(`${path} has NaN at [${last(path)}]\n`), err);
    assert.ok(err.includes(`${other} has 1e+200, which single precision does not reach, at [${last(other)}]`), err);
  }
});

test("what cannot be begun with is refused with what to do", async () => {
  const { folder } = await first();
  const says = async (expected: RegExp, ...given: ReadonlyArray<string>): Promise<void> => {
    const { code, err } = await rnnc("train", ...given, "--run", join(newFolder(), "run"));
    assert.equal(code, 2);
    assert.match(err, expected);
  };
  const data = ["--data", table(names), ...words];
  await says(/cannot read \/nowhere.*ENOENT/, program, ...data, "--init", "/nowhere");
  await says(/no run in /, program, ...data, "--init", newFolder());
  await says(/is no safetensors file/, program, ...data, "--init", program);
  await says(/'--init <run>' cannot be used with option '--resume/, "--resume", folder, "--init", folder);
  const torch = join(newFolder(), "t.safetensors");
  const values = new Float32Array(4);
  const tensors = { "rnn.weight_hh_l0": tensorOf({ shape: [2, 2], values }) };
  writeFileSync(torch, encodeSafetensors({ metadata: {}, tensors }));
  await says(/`rnnc weights import RUN --from .* --dialect pytorch` reads it into a run/, program, ...data, "--init", torch); // biome-ignore format: one line
  const other = fileWith(
    "m.rnn",
    "model M {\n  axis t in 1..T\n  input x[t]\n  param q = 1\n  d[t] ~ normal(q * x[t], 1)\n}",
  );
  const numbers = fileWith("d.jsonl", '{"x": [1], "d": [1]}\n'.repeat(20));
  await says(/no weight with the name and shape of a parameter of M: it has .*, and the model q\./, other, "--data", numbers, "--init", folder); // biome-ignore format: one line
});
