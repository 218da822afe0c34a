import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { backEnds } from "../../src/emit/back-ends.ts";
import { choicesFor } from "../../src/module/programs.ts";
import { schedule } from "../../src/schedule/schedule.ts";
import { compiledExample, exampleNames } from "../emit/examples.ts";
import { someOf } from "../often.ts";
import { ifNative } from "./here.ts";

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

const examples = someOf(exampleNames, 2, 15);

for (const [command, ...flags] of ways)
  test(`the C of a model is taken by ${[command, ...flags].join(" ")} without a warning, and asks the linker for memcpy and memset alone`, {
    ...ifNative,
    ...(isHere(command) ? {} : { skip: `there is no ${command}` }),
  }, (t) => {
    for (const [turn, example] of examples.entries()) {
      const folder = inFile(t, textOf(example, turn % 2 === 0 ? "f32" : "f64"));
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

test("the C of a model includes nothing but integers, sizes and memory", () => {
  for (const example of examples) {
    const included = [...textOf(example, "f32").matchAll(/#include (\S+)/g)].map(([, file]) => file);
    assert.deepEqual([...new Set(included)].sort(), ["<stddef.h>", "<stdint.h>", "<string.h>"]);
  }
});
