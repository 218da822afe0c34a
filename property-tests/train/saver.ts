import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { saveRun } from "../../src/train/run-folder.ts";
import { sampleRun } from "./sample-run.ts";

/**
 * A process that saves a run, generation after generation, until it is killed: `saver FOLDER FROM`. With a number after that it
 * kills itself before its so-manieth operation on files from then on, what it writes there half written.
 */
const [folder = "", from = "0", last] = process.argv.slice(2);

const dieAt = (fatal: number): void => {
  let done = 0;
  const operations = ["openSync", "closeSync", "fsyncSync", "mkdirSync", "renameSync", "rmSync", "writeSync"] as const;
  for (const name of operations) {
    const usual = fs[name] as (...given: ReadonlyArray<unknown>) => unknown;
    const counted = (...given: ReadonlyArray<unknown>): unknown => {
      done++;
      if (done === fatal && name === "writeSync") usual(given[0], (given[1] as Uint8Array).subarray(0, 100));
      if (done === fatal) process.kill(process.pid, "SIGKILL");
      return usual(...given);
    };
    Object.assign(fs, { [name]: counted });
  }
  syncBuiltinESMExports();
};

if (last !== undefined) dieAt(Number(last));
console.log("begun");
for (let step = Number(from); last === undefined || step === Number(from); step++) saveRun(folder, sampleRun(step));
