import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { writeSection } from "./testing-page.ts";

/** Runs the tests of each area that judges gradients, and writes how many there are and how long they take. */
const root = fileURLToPath(new URL("..", import.meta.url));
const areas = ["property", "programs", "oracles", "torch", "onnx", "faults"];

const figuresOf = (area: string): string => {
  const folder = join("property-tests", area);
  const files = readdirSync(join(root, folder))
    .filter((name) => name.endsWith(".test.ts"))
    .map((name) => join(folder, name));
  const began = performance.now();
  const { stdout } = spawnSync(
    process.execPath,
    ["--import", "tsx", "--test", "--test-concurrency=2", "--test-reporter=tap", ...files],
    { cwd: root, encoding: "utf8", maxBuffer: 2 ** 26 },
  );
  const count = (what: string): string => new RegExp(`^# ${what} (\\d+)$`, "m").exec(stdout)?.[1] ?? "?";
  const seconds = Math.round((performance.now() - began) / 1000);
  return `| \`${folder}/\` | ${count("tests")} | ${count("fail")} | ${count("skipped")} | ${seconds} s |`;
};

writeSection("figures", [
  "",
  "| area | tests | failed | skipped | time |",
  "| --- | --- | --- | --- | --- |",
  ...areas.map(figuresOf),
  "",
]);
