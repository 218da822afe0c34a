import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { programLaws } from "./programs/all-laws.ts";
import { writeSection } from "./testing-page.ts";

/**
 * Runs the tests area by area, and writes how many there are, how they end and how long they take; and how many random
 * programs each law was tried on.
 */
const root = fileURLToPath(new URL("..", import.meta.url));

const testsIn = (area: string): ReadonlyArray<string> =>
  readdirSync(join(root, "property-tests", area), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".test.ts"))
    .map((name) => join("property-tests", area, name));

const areas = readdirSync(join(root, "property-tests"), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && testsIn(entry.name).length > 0)
  .map(({ name }) => name)
  .sort();

interface Figures {
  readonly tests: number;
  readonly fail: number;
  readonly skipped: number;
  readonly seconds: number;
}

const figuresOf = (area: string): Figures => {
  const began = performance.now();
  const { stdout } = spawnSync(
    process.execPath,
    [
      ...["--import", "tsx", "--import", "./property-tests/seed.ts"],
      ...["--test", "--test-concurrency=2", "--test-reporter=tap"],
      ...testsIn(area),
    ],
    { cwd: root, encoding: "utf8", maxBuffer: 2 ** 28 },
  );
  const count = (what: string): number => Number(new RegExp(`^# ${what} (\\d+)$`, "m").exec(stdout)?.[1] ?? Number.NaN);
  const seconds = Math.round((performance.now() - began) / 1000);
  return { tests: count("tests"), fail: count("fail"), skipped: count("skipped"), seconds };
};

const row = (area: string, { tests, fail, skipped, seconds }: Figures): string =>
  `| ${area} | ${tests} | ${fail} | ${skipped} | ${seconds} s |`;

const sum = (a: Figures, b: Figures): Figures => ({
  tests: a.tests + b.tests,
  fail: a.fail + b.fail,
  skipped: a.skipped + b.skipped,
  seconds: a.seconds + b.seconds,
});

const figures = areas.map((area) => [area, figuresOf(area)] as const);
const all = figures.map(([, each]) => each).reduce(sum);

writeSection("figures", [
  "",
  "| law of random programs | programs |",
  "| --- | --- |",
  ...programLaws.map(({ name, usual }) => `| ${name} | ${usual.toLocaleString("en")} |`),
  "",
  "| area | tests | failed | skipped | time |",
  "| --- | --- | --- | --- | --- |",
  ...figures.map(([area, each]) => row(`\`property-tests/${area}/\``, each)),
  row("all", all),
  "",
]);
process.exit(all.fail === 0 ? 0 : 1);
