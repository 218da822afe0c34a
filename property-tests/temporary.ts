import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";

/** What tests make among temporary files goes with their process: there are thousands in a run. */
const made: string[] = [];
const make = fs.mkdtempSync;
fs.mkdtempSync = ((...given: Parameters<typeof make>) => {
  const folder = make(...given);
  made.push(String(folder));
  return folder;
}) as typeof make;
syncBuiltinESMExports();

process.on("exit", () => {
  for (const folder of made)
    try {
      fs.rmSync(folder, { recursive: true, force: true });
    } catch {
      // A test may have closed it to its own user.
    }
});
