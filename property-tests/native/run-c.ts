import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { newFolder } from "../cli/run-rnnc.ts";
import { isHere, lightly, strictly } from "./c-cases.ts";
import { ifNative } from "./here.ts";

const compiler = "clang";

/** For tests of one file of C that is compiled by clang, with its sanitizers. */
export const ifClang: { readonly skip?: string } = {
  ...ifNative,
  ...(isHere(compiler) ? {} : { skip: `there is no ${compiler}` }),
};

/** The lines that one file of C prints, which is compiled and run with sanitizers. */
export const linesOfC = (text: string): ReadonlyArray<string> => {
  const folder = newFolder();
  const file = join(folder, "main.c");
  const program = join(folder, "main");
  writeFileSync(file, `#include <stdio.h>\n#include <stdlib.h>\n${text}`);
  const flags = ["-std=c11", lightly, "-g", "-fsanitize=address,undefined", "-fno-sanitize-recover=all", ...strictly];
  const built = spawnSync(compiler, [...flags, "-o", program, file], { encoding: "utf8" });
  assert.equal(`${built.status} ${built.stderr.slice(0, 3000)}`, "0 ");
  const ran = spawnSync(program, [], { encoding: "utf8" });
  assert.equal(`${ran.status} ${ran.stderr.slice(0, 3000)}`, "0 ");
  return ran.stdout.trim().split("\n");
};

/** Expressions whose values are what they are said to be. */
export const mustHold = (
  source: string,
  before: string,
  checks: ReadonlyArray<readonly [found: string, expected: string]>,
) => {
  const lines = linesOfC(
    [
      source,
      "int main(void) {",
      before,
      ...checks.map(([found, expected]) => `printf("%d %d\\n", (int)(${found}), (int)(${expected}));`),
      "return 0;",
      "}",
      "",
    ].join("\n"),
  );
  assert.equal(lines.length, checks.length);
  lines.forEach((line, i) => {
    const [found, expected] = line.split(" ");
    assert.equal(found, expected, `${checks[i]![0]} is ${found}, not ${checks[i]![1]}`);
  });
};
