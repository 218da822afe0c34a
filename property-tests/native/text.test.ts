import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { backEnds } from "../../src/emit/back-ends.ts";
import { choicesFor } from "../../src/module/programs.ts";
import { once } from "../../src/once.ts";
import { schedule } from "../../src/schedule/schedule.ts";
import { compiledExample, exampleNames } from "../emit/examples.ts";
import { someOf } from "../often.ts";
import { compiledProgram } from "../property/programs.ts";
import { ifNative } from "./here.ts";

const moduleOf = (example: string) => compiledExample(example, { precision: "f32", optimiser: "adamw" }).c;

/** The C of all programs of a model. */
const textOf = (example: string, precision: "f32" | "f64"): string => {
  const { circuits } = compiledExample(example, { precision });
  const settings = { precision, target: "native" } as const;
  const programs = Object.entries(circuits).flatMap(([name, circuit]) =>
    circuit === undefined ? [] : [{ name, program: schedule(circuit, choicesFor(settings)) }],
  );
  const { support } = backEnds.native.print(programs, { precision, without: new Set(), names: false });
  return JSON.parse(/nativeLibrary\(("(?:[^"\\]|\\.)*")/.exec(support)![1]!);
};

const strictly = ["-Wall", "-Wextra", "-Wpedantic", "-Werror", "-O1"];

/** How a text is compiled: each must take it without a word. */
const ways: ReadonlyArray<readonly [string, ...ReadonlyArray<string>]> = [
  ["gcc", "-std=c11", "-march=native"],
  ["gcc", "-std=c11", "-DRNNC_PLAIN"],
  ["gcc", "-std=c11"],
  ["g++", "-x", "c++", "-std=c++17", "-march=native"],
  ["clang", "-std=c11", "-march=native"],
  ["clang", "-std=c11", "-DRNNC_PLAIN"],
];

const isHere = (command: string): boolean => spawnSync(command, ["--version"]).status === 0;

const inFile = (t: TestContext, text: string): string => {
  const folder = mkdtempSync(join(tmpdir(), "rnnc-c-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, "model.c"), text);
  return folder;
};

/** More would take minutes, however thorough a run is. */
const examples = exampleNames.filter((_, i) => (i + 2) % 15 === 0);

/** What is compiled on the spot, and modules in C of some of the same. */
const texts = once(
  (): ReadonlyArray<readonly [name: string, text: string]> => [
    ...examples.map((example, turn) => [example, textOf(example, turn % 2 === 0 ? "f32" : "f64")] as const),
    // One that draws and searches among them.
    ...[...someOf(examples, 0, 4), "name-generation.rnn"].map(
      (example) => [`${example} as a module`, moduleOf(example).source] as const,
    ),
  ],
);

ways.forEach(([command, ...flags], turn) => {
  test(`the C of a model is taken by ${[command, ...flags].join(" ")} without a warning, and asks the linker for memcpy and memset alone`, {
    ...ifNative,
    ...(isHere(command) ? {} : { skip: `there is no ${command}` }),
  }, (t) => {
    for (const [example, text] of someOf(texts(), turn, 3)) {
      const folder = inFile(t, text);
      const object = join(folder, "model.o");
      const { stderr, status } = spawnSync(
        command,
        [...flags, ...strictly, "-c", "-o", object, join(folder, "model.c")],
        {
          encoding: "utf8",
        },
      );
      assert.equal(`${status} ${stderr}`, "0 ", example);
      const { stdout } = spawnSync("nm", ["-u", object], { encoding: "utf8" });
      const undefinedNames = stdout.split("\n").flatMap((line) => /U (\S+)/.exec(line)?.[1] ?? []);
      assert.deepEqual(
        undefinedNames.filter((name) => !["memcpy", "memset", "_GLOBAL_OFFSET_TABLE_"].includes(name)),
        [],
        example,
      );
    }
  });
});

test("a module in C writes to no memory of its own, and exports what its header declares", ifNative, (t) => {
  for (const example of someOf(examples, 0, 4)) {
    const { source, header } = moduleOf(example);
    const folder = inFile(t, source);
    writeFileSync(join(folder, "model.h"), header);
    writeFileSync(join(folder, "twice.c"), '#include "model.h"\n#include "model.h"\n');
    for (const [command, ...flags] of [
      ["gcc", "-std=c11"],
      ["g++", "-x", "c++", "-std=c++17"],
    ] as const)
      if (isHere(command)) {
        const { stderr } = spawnSync(command, [...flags, ...strictly, "-fsyntax-only", join(folder, "twice.c")], {
          encoding: "utf8",
        });
        assert.equal(stderr, "", command);
      }
    const object = join(folder, "model.o");
    const compiler = "gcc";
    assert.equal(spawnSync(compiler, ["-std=c11", "-O0", "-c", "-o", object, join(folder, "model.c")]).status, 0);
    const symbols = spawnSync("nm", [object], { encoding: "utf8" }).stdout;
    assert.doesNotMatch(symbols, / [BbDdCGgSs] /);
    const exported = [...symbols.matchAll(/ T (\w+)/g)].map(([, name]) => name!);
    const declared = [...header.matchAll(/^\w[\w *]*? (\w+)\(/gm)].map(([, name]) => name!);
    assert.deepEqual(exported.sort(), declared.sort());
  }
});

test(
  "what trains a character LSTM is at most 100 kB of C, of which GCC has nothing to say when it looks at all loops",
  ifNative,
  (t) => {
    const program = readFileSync(new URL("../../bench/workloads/w1.rnn", import.meta.url), "utf8");
    const { source } = compiledProgram(program, { precision: "f32", optimiser: "adam", exports: ["trainer"] }).c;
    assert.ok(source.length <= 100_000, `${source.length} bytes`);
    const file = join(inFile(t, source), "model.c");
    const compiler = "gcc";
    const flags = ["-std=c11", "-O2", "-march=native", ...strictly.slice(0, -1), "-c", "-o", `${file}.o`];
    assert.equal(spawnSync(compiler, [...flags, file], { encoding: "utf8" }).stderr, "");
  },
);

test("the C of a model includes nothing but integers, sizes and memory", () => {
  for (const [example, text] of texts()) {
    const included = [...text.matchAll(/#include (\S+)/g)].map(([, file]) => file);
    assert.deepEqual([...new Set(included)].sort(), ["<stddef.h>", "<stdint.h>", "<string.h>"], example);
  }
});
