import { execFileSync } from "node:child_process";
import "./fresh.ts";

/** What a checkout needs after its packages are there: the text modules, and the command line as one file. */
const { bundle } = await import("./bundle.ts");
await bundle();
// What the engine makes of the bundle is kept from the first command on: let that be one that compiles.
execFileSync(process.execPath, ["dist/rnnc.cjs", "check", "examples/hello.rnn"], {
  cwd: new URL("../../", import.meta.url),
});
