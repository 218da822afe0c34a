import { execFileSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";

// Fails when the generated bundle is not what the grammar gives: it was edited, or not generated again.
// The temporary folder is in this one because the generator looks for ohm-js from where it writes.
const here = import.meta.dirname;
const fresh = mkdtempSync(join(here, ".fresh-"));
try {
  copyFileSync(join(here, "rnn.ohm"), join(fresh, "rnn.ohm"));
  execFileSync(join(here, "../node_modules/.bin/ohm"), ["generateBundles", "--withTypes", "--esm", "rnn.ohm"], {
    cwd: fresh,
    stdio: ["ignore", "ignore", "inherit"],
  });
  const stale = ["rnn.ohm-bundle.js", "rnn.ohm-bundle.d.ts"].filter(
    (name) => readFileSync(join(fresh, name), "utf8") !== readFileSync(join(here, name), "utf8"),
  );
  if (stale.length > 0) {
    console.error(`${stale.join(", ")}: stale; run \`npm run grammar\``);
    process.exitCode = 1;
  }
} finally {
  rmSync(fresh, { recursive: true });
}
