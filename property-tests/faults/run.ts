import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { writeSection } from "../testing-page.ts";
import type { Fault } from "./fault.ts";
import { faults } from "./faults.ts";
import type { Verdict } from "./judge.ts";

/**
 * Plants each fault in a copy of the sources of its own and has it judged there, two at a time; ends with failure if one
 * is missed. With words as arguments: only the faults whose description holds one of them.
 */
const root = fileURLToPath(new URL("../..", import.meta.url));
const wanted = process.argv.slice(2);
const chosen = faults.filter(({ what }) => wanted.length === 0 || wanted.some((word) => what.includes(word)));

const copied = ["src", "property-tests", "grammar", "examples", "package.json", "tsconfig.json"];

const planted = ({ file, find, replace }: Fault): string => {
  const folder = mkdtempSync(join(tmpdir(), "rnnc-fault-"));
  for (const path of copied) cpSync(join(root, path), join(folder, path), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  writeFileSync(
    join(folder, file),
    readFileSync(join(root, file), "utf8").replace(find, () => replace),
  );
  return folder;
};

const judged = (fault: Fault): Promise<Verdict> =>
  new Promise((resolve) => {
    const folder = planted(fault);
    const judge = spawn(process.execPath, ["--import", "tsx", "property-tests/faults/judge.ts"], { cwd: folder });
    const timer = setTimeout(() => judge.kill(), 180_000);
    let said = "";
    judge.stdout.on("data", (text) => {
      said += text;
    });
    judge.on("close", (code) => {
      clearTimeout(timer);
      rmSync(folder, { recursive: true, force: true });
      const last = said.trim().split("\n").at(-1) ?? "";
      const ended = { caughtBy: code === null ? null : `an end with code ${code}` };
      resolve(last.startsWith("{") ? JSON.parse(last) : ended);
    });
  });

const queue = [...chosen];
const missed: string[] = [];
const sizes: number[] = [];
const worker = async (): Promise<void> => {
  for (let fault = queue.shift(); fault !== undefined; fault = queue.shift()) {
    const { caughtBy, lines } = await judged(fault);
    if (caughtBy === null) missed.push(fault.what);
    if (lines !== undefined) sizes.push(lines);
    console.log(
      `${caughtBy === null ? "MISSED" : "caught"}  ${fault.what}: ${caughtBy ?? "-"}${lines === undefined ? "" : ` (${lines} lines)`}`,
    );
  }
};
await Promise.all([worker(), worker()]);
sizes.sort((a, b) => a - b);
const summary = [
  `${chosen.length - missed.length} of ${chosen.length} faults are caught, ${sizes.length} of them by random programs: shrunk, these have`,
  `${sizes[Math.floor(sizes.length / 2)]} lines in the median and ${sizes.at(-1)} at most.`,
];
console.log(summary.join("\n"));
if (wanted.length === 0) writeSection("faults", ["", ...summary, ""]);
process.exit(missed.length === 0 ? 0 : 1);
