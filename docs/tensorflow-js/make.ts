import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { pageText } from "./page.ts";
import { pairs } from "./pairs.ts";
import { compared, copied, missing, tolerance } from "./run.ts";

/** `npm run from-tensorflow-js`: runs every pair of programs, compares what they tell, and writes the page. */
if (missing !== false) throw new Error(missing);
const folder = copied();
const results = pairs.map((pair) => {
  const found = compared(folder, pair);
  for (const { name, difference } of found) process.stderr.write(`${pair.folder}: ${name} differs by ${difference}\n`);
  return found;
});

/** The programs must have the types that they are given, too: the compiled modules tell theirs. */
const root = fileURLToPath(new URL("../..", import.meta.url));
writeFileSync(
  join(folder, "tsconfig.json"),
  JSON.stringify({
    extends: join(root, "tsconfig.json"),
    compilerOptions: { checkJs: false, lib: ["ES2023", "DOM"] },
    include: ["*/rnnc.ts"],
    exclude: [],
  }),
);
const tsc = join(root, "node_modules", "typescript", "bin", "tsc");
const checked = spawnSync(process.execPath, [tsc, "-p", folder], { stdio: "inherit" });

const isFar = results.flat().some(({ difference }) => !(difference <= tolerance));
if (isFar || checked.status !== 0) process.exit(1);
const manifest = new URL("node_modules/@tensorflow/tfjs/package.json", import.meta.url);
const { version } = JSON.parse(readFileSync(manifest, "utf8")) as { readonly version: string };
writeFileSync(new URL("../from-tensorflow-js.md", import.meta.url), pageText(results, version));
