import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const compiler = process.env.CC || "cc";

const flags = ["-O3", "-march=native", "-std=gnu11", "-ffp-contract=fast", "-fno-math-errno", "-shared", "-fPIC"];

/**
 * C written by hand, compiled on this machine for this machine.
 *
 * @param {string} name of a file beside this one
 * @returns {{ readonly func: (prototype: string) => (...operands: ReadonlyArray<unknown>) => any }}
 */
export const handWritten = (name) => {
  const koffi = createRequire(import.meta.url)("koffi");
  const folder = mkdtempSync(join(tmpdir(), "rnnc-c-"));
  const made = join(folder, "library.so");
  try {
    execFileSync(compiler, [...flags, "-o", made, fileURLToPath(new URL(name, import.meta.url))], { stdio: "pipe" });
    return koffi.load(made);
  } finally {
    rmSync(folder, { recursive: true });
  }
};
