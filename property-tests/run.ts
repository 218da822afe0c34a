import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * Runs every property test, and those of examples/ that show how users test their own models; or, with a folder as
 * argument, those of that folder. An empty list is a failure, which node's own runner would let pass. What is tried with
 * the package as it is installed has tools of its own, and is run by name.
 */
const root = fileURLToPath(new URL("..", import.meta.url));
const [wanted] = process.argv.slice(2);
const isWanted = (path: string): boolean =>
  wanted === undefined ? !path.startsWith("property-tests/package/") : path.startsWith(`property-tests/${wanted}/`);
const tests = ["property-tests", "examples"].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".test.ts") && !/\b(node_modules|consumer|files)\b/.test(path))
    .map((path) => join(folder, path).replaceAll("\\", "/"))
    .filter(isWanted)
    .sort(),
);

if (tests.length === 0) {
  console.error("There are no tests in property-tests/ and examples/.");
  process.exit(1);
}
const { status, signal } = spawnSync(
  process.execPath,
  [
    "--import",
    "tsx",
    "--import",
    "./property-tests/seed.ts",
    "--test",
    "--test-concurrency=2",
    "--test-reporter=./property-tests/reporter.js",
    ...tests,
  ],
  {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, RNNC_TEST_FILES: String(tests.length) },
  },
);
if (signal !== null) console.error(`The tests were ended by ${signal}.`);
process.exit(status ?? 1);
