import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * Runs every property test, and those of examples/ that show how users test their own models; an empty list is a
 * failure, which node's own runner would let pass.
 */
const root = fileURLToPath(new URL("..", import.meta.url));
const tests = ["property-tests", "examples"].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".test.ts") && !/node_modules|^package/.test(path))
    .map((path) => join(folder, path))
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
    "--test-reporter=spec",
    ...tests,
  ],
  { cwd: root, stdio: ["ignore", "inherit", "inherit"] },
);
if (signal !== null) console.error(`The tests were ended by ${signal}.`);
process.exit(status ?? 1);
