import fc from "fast-check";
import { programLaws } from "../programs/all-laws.ts";
import { type ProgramLaw, propertyOf } from "../programs/laws.ts";

/**
 * What a mutant must survive: a fast part of the default test run, the likeliest to notice first. It ends with the first
 * failure. Stryker runs it once for each mutant, which it chooses by a variable of the environment.
 */
const tried = (law: ProgramLaw): number => Math.ceil(Math.min(60, law.usual / 8));

for (const law of programLaws) {
  const { failed } = fc.check(propertyOf(law), { numRuns: tried(law), maxSkipsPerRun: 1000, endOnFailure: true });
  if (failed) process.exit(1);
}

// One process starts faster than one for each file; it ends with the verdict of node's runner.
process.env.FC_RUNS = "20";
await import("./fast.ts");
