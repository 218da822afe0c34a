import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { mustAgree } from "../../src/property/law.ts";
import type { State } from "../../src/runtime/interface.ts";
import { example, newFolder, rnnc } from "../cli/run-rnnc.ts";
import { compiledExample } from "../emit/examples.ts";
import { ifNative } from "./here.ts";

const page = readFileSync(new URL("../../docs/c.md", import.meta.url), "utf8");
const program = /```c\n([\s\S]*?)```/.exec(page)![1]!;
const compiler = "gcc";
const compiled = compiledExample("elman.rnn", { precision: "f32" });
const { model, init, start, step } = compiled;

test("the page's C program runs a model as its module does", ifNative, async () => {
  const folder = newFolder();
  const c = join(folder, "elman.c");
  const made = await rnnc("compile", example("elman"), "--target", "c", "-o", c, "--exports", "start,step");
  assert.equal(made.code, 0, made.err);
  writeFileSync(join(folder, "run.c"), program);
  const flags = ["-std=c11", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-O2"];
  const built = spawnSync(compiler, [...flags, "-o", "run", "run.c", "elman.c"], { cwd: folder, encoding: "utf8" });
  assert.equal(`${built.status} ${built.stderr}`, "0 ");
  const params = init(5);
  writeFileSync(
    join(folder, "elman.weights"),
    Buffer.concat(model.params.map(({ path }) => Buffer.from(Float32Array.from(params[path]!).buffer))),
  );
  const inputs = Array.from({ length: 6 }, (_, t) => [t, -1, 0.5 * t, 2].map((x) => x / 4));
  const ran = spawnSync(join(folder, "run"), {
    cwd: folder,
    encoding: "utf8",
    input: inputs.map((x) => x.join(" ")).join("\n"),
  });
  assert.equal(`${ran.status} ${ran.stderr}`, "0 ");
  let state: State = start(params);
  const lines = ran.stdout.trim().split("\n");
  assert.equal(lines.length, inputs.length);
  inputs.forEach((x, t) => {
    const after = step(params, state, { x });
    mustAgree(`p at step ${t}`, lines[t]!.split(" ").map(Number), after.output.p!, 1e-6);
    state = after.state;
  });
});

test("the page's second C program searches what its module searches", ifNative, async () => {
  const folder = newFolder();
  const c = join(folder, "names.c");
  const made = await rnnc("compile", example("name-generation"), "--target", "c", "-o", c, "--exports", "init,search");
  assert.equal(made.code, 0, made.err);
  writeFileSync(join(folder, "find.c"), [...page.matchAll(/```c\n([\s\S]*?)```/g)][1]![1]!);
  const flags = ["-std=c11", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-O2"];
  const built = spawnSync(compiler, [...flags, "-o", "find", "find.c", "names.c"], { cwd: folder, encoding: "utf8" });
  assert.equal(`${built.status} ${built.stderr}`, "0 ");
  const ran = spawnSync(join(folder, "find"), [], { cwd: folder, encoding: "utf8" });
  assert.equal(ran.status, 0);
  const names = compiledExample("name-generation.rnn", { precision: "f32" });
  const options = { beam: 8, keep: 3, length: 12, lengthPenalty: 0.6, inputs: { kind: 1 } };
  const { values, logProbabilities } = names.search(names.init(1), options);
  ran.stdout
    .trim()
    .split("\n")
    .map((line) => line.split(" ").map(Number))
    .forEach(([log, ...symbols], k) => {
      assert.deepEqual(symbols, values.y![k]);
      mustAgree(`the probability of ${k}`, [log!], [logProbabilities![k]!], 1e-5);
    });
  assert.equal(values.y!.length, 3);
});

test("compile --target c writes what the compiler has in process, tells of it, and of a path that is no C's", async () => {
  const folder = newFolder();
  const c = join(folder, "elman.c");
  const told = await rnnc("compile", example("elman"), "--target", "c", "-o", c, "--json");
  const { module, header } = JSON.parse(told.out) as { readonly module: string; readonly header: string };
  assert.deepEqual([module, header], [c, join(folder, "elman.h")]);
  assert.equal(readFileSync(c, "utf8"), compiled.c.source);
  assert.equal(readFileSync(header, "utf8"), compiled.c.header);
  const other = await rnnc("compile", example("elman"), "--target", "c", "-o", join(folder, "elman.js"));
  assert.deepEqual([other.code, /must end in \.c/.test(other.err)], [2, true]);
  const js = await rnnc("compile", example("elman"), "-o", c);
  assert.deepEqual([js.code, /--target c/.test(js.err)], [2, true]);
});

test("streams and draws bring in C what they begin with; what C has not is refused", async () => {
  const output = join(newFolder(), "m.c");
  const compiled = (exports: string) =>
    rnnc("compile", example("char-lm"), "--set", "V=5", "--target", "c", "--exports", exports, "-o", output);
  for (const name of ["stream", "generate"]) {
    const { code, err } = await compiled(name);
    assert.equal(code, 0, err);
    assert.match(readFileSync(output.replace(/c$/, "h"), "utf8"), /CharLM_start\(/);
  }
  const { code, err } = await compiled("pack,init");
  assert.equal(code, 2);
  assert.match(err, /C has no pack/);
  const alone = await compiled("search");
  assert.equal(alone.code, 0, alone.err);
  const header = readFileSync(output.replace(/c$/, "h"), "utf8");
  assert.deepEqual(
    [...header.matchAll(/ CharLM_(\w+)\(/g)].map(([, name]) => name),
    ["search_memory", "search"],
  );
});
