import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import "./fresh.ts";

/** What a checkout needs after its packages are there: the text modules, and the command line as one file. */
const { bundle } = await import("./bundle.ts");
await bundle();
const root = fileURLToPath(new URL("../../", import.meta.url));
const program = "examples/hello.rnn";
mkdirSync(`${root}build/prepared`, { recursive: true });
// What the engine makes of the bundle is kept from each command's first run on: let that be done for the commonest.
for (const words of [
  ["--version"],
  ["check", program],
  ["compile", program, "-o", "build/prepared/hello.js", "--json"],
])
  execFileSync(process.execPath, ["dist/rnnc.cjs", ...words], { cwd: root, stdio: ["ignore", "ignore", "inherit"] });
