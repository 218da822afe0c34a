import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { mustAgree } from "../../src/property/law.ts";
import { isThorough } from "../often.ts";
import { type CCase, driverText, expectedOf, resultsIn } from "./c-driver.ts";

/** How C is compiled, and how what comes of it is run. */
export interface Way {
  readonly compiler: string;
  readonly flags: ReadonlyArray<string>;
  readonly runner?: ReadonlyArray<string>;
  /** What files end in: those of C++ are not taken for C. */
  readonly ending?: "c" | "cc";
}

export const strictly: ReadonlyArray<string> = ["-Wall", "-Wextra", "-Wpedantic", "-Werror"];

/** For what holds at any level: to optimise takes most of the time of compiling, so that only a thorough run does. */
export const lightly = isThorough ? "-O1" : "-O0";

export const isHere = (command: string): boolean => spawnSync(command, ["--version"]).status === 0;

/** What all cases print in one process, compiled at once. */
export const printedBy = (cases: ReadonlyArray<CCase>, { compiler, flags, runner = [], ending = "c" }: Way): string => {
  const folder = mkdtempSync(join(tmpdir(), "rnnc-c-"));
  try {
    const files = cases.map((given, i) => {
      const file = join(folder, `case-${i}.${ending}`);
      writeFileSync(file, driverText(given, i));
      return file;
    });
    const main = join(folder, `main.${ending}`);
    writeFileSync(main, mainText(cases.length));
    const program = join(folder, "cases");
    const made = spawnSync(compiler, [...flags, ...strictly, "-o", program, ...files, main], { encoding: "utf8" });
    assert.equal(`${made.status} ${made.stderr.slice(0, 4000)}`, "0 ", `${compiler} ${flags.join(" ")}`);
    const [command = program, ...words] = [...runner, program];
    const ran = spawnSync(command, words, { encoding: "utf8", maxBuffer: 2 ** 30 });
    assert.equal(
      `${ran.status} ${ran.stderr.slice(0, 4000)}`,
      "0 ",
      `${[...runner, "what"].join(" ")} ${compiler} ${flags.join(" ")} makes`,
    );
    return ran.stdout;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const mainText = (count: number): string =>
  [
    "#include <stdio.h>",
    ...Array.from({ length: count }, (_, i) => `int case_${i}(void);`),
    "int main(void) {",
    ...Array.from({ length: count }, (_, i) => `printf("case\\n${i}\\n"); case_${i}();`),
    "return 0;",
    "}",
    "",
  ].join("\n");

/** What each gives in C is what it gives as a module. */
export const mustGiveTheSame = (cases: ReadonlyArray<CCase>, way: Way, tolerance: number): void => {
  const found = resultsIn(printedBy(cases, way));
  assert.equal(found.length, cases.length);
  cases.forEach((given, i) => {
    const expected = expectedOf(given);
    const { name } = given.compiled.model;
    const failed = [...found[i]!].filter(([what]) => what.startsWith("failed"));
    assert.deepEqual(failed, [], name);
    assert.deepEqual([...found[i]!.keys()].sort(), [...expected.keys()].sort(), name);
    for (const [what, values] of expected)
      mustAgree(`${what} of ${name}`, found[i]!.get(what)!, values, tolerance * (what.startsWith("train") ? 100 : 10));
  });
};
