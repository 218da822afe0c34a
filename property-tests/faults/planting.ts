import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Fault } from "./fault.ts";
import type { Verdict } from "./judge.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
/** Everything that tests read, the documents too: a test that fails for want of a file would be taken for a judge. */
const left = new Set(["node_modules", "consumer", ".git", "runs", "coverage"]);
const mostMilliseconds = 900_000;

/**
 * What a copy of the sources with the fault is found guilty of; without a fault, what the sources as they are. What was
 * found the last time is looked for first.
 */
export const judged = (fault: Fault | undefined, last: Partial<Verdict> = {}): Promise<Verdict> =>
  new Promise((resolve) => {
    const folder = planted(fault);
    // The area of tests that bears the name of the fault's folder knows best.
    const area = fault?.file.startsWith("src/emit/c/") ? "native" : (fault?.file.split("/")[1] ?? "");
    const judge = spawn(
      process.execPath,
      [
        ...["--import", "tsx", "--import", "./property-tests/seed.ts"],
        ...["property-tests/faults/judge.ts", area, JSON.stringify(last)],
      ],
      // A group of its own, so that what it started ends with it.
      { cwd: folder, stdio: ["ignore", "pipe", "inherit"], detached: true },
    );
    const timer = setTimeout(() => process.kill(-judge.pid!), mostMilliseconds);
    let said = "";
    judge.stdout.on("data", (text) => {
      said += text;
    });
    judge.on("close", (code) => {
      clearTimeout(timer);
      rmSync(folder, { recursive: true, force: true });
      const last = said.trim().split("\n").at(-1) ?? "";
      // What does not end is missed; what cannot even be loaded is seen by every test.
      const ended = { caughtBy: code === null ? null : `an end with code ${code}` };
      resolve(last.startsWith("{") ? JSON.parse(last) : ended);
    });
  });

const planted = (fault: Fault | undefined): string => {
  const folder = mkdtempSync(join(tmpdir(), "rnnc-fault-"));
  cpSync(root, folder, { recursive: true, filter: (from) => !left.has(basename(from)) });
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  if (fault !== undefined) {
    const { file, find, replace } = fault;
    writeFileSync(
      join(folder, file),
      readFileSync(join(root, file), "utf8").replace(find, () => replace),
    );
  }
  return folder;
};
