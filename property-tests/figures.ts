import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { programLaws } from "./programs/all-laws.ts";
import { tried } from "./programs/laws.ts";
import { writeSection } from "./testing-page.ts";

/**
 * Runs all tests as `npm test` does, or takes what such a run has printed from a file, and writes how many there are in each
 * area, how they end and how long they take; and how many random programs each law was tried on.
 */
const [log] = process.argv.slice(2);
const printed =
  log === undefined
    ? spawnSync(process.execPath, ["--import", "tsx", "property-tests/run.ts"], {
        cwd: fileURLToPath(new URL("..", import.meta.url)),
        encoding: "utf8",
        maxBuffer: 2 ** 28,
        stdio: ["ignore", "pipe", "inherit"],
      }).stdout
    : readFileSync(log, "utf8");

interface Figures {
  readonly tests: number;
  readonly seconds: number;
}

const areas = new Map<string, Figures>();
for (const [, path = "", tests, seconds] of printed.matchAll(/^\[\d+ of \d+\] (\S+): (\d+) tests, ([\d.]+) s$/gm)) {
  const area = path.split("/").slice(0, 2).join("/");
  const before = areas.get(area) ?? { tests: 0, seconds: 0 };
  areas.set(area, { tests: before.tests + Number(tests), seconds: before.seconds + Number(seconds) });
}

/** Node's own count. */
const count = (what: string): number =>
  Number(new RegExp(`^ℹ ${what} ([\\d.]+)$`, "m").exec(printed)?.[1] ?? Number.NaN);
const [tests, failed, skipped] = [count("tests"), count("fail"), count("skipped")];
const minutes = (count("duration_ms") / 60_000).toFixed(1);

writeSection("figures", [
  "",
  `${tests.toLocaleString("en")} tests, ${failed} failed, ${skipped} skipped, in ${minutes} minutes.`,
  "",
  "| law of random programs | programs |",
  "| --- | --- |",
  ...programLaws.map(({ name, usual }) => `| ${name} | ${tried(usual).toLocaleString("en")} |`),
  "",
  "| area | tests | time |",
  "| --- | --- | --- |",
  ...[...areas]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([area, each]) => `| \`${area}/\` | ${each.tests} | ${each.seconds.toFixed(0)} s |`),
  "",
]);
process.exit(failed === 0 ? 0 : 1);
