import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import fc from "fast-check";
import { programLaws } from "../programs/all-laws.ts";
import { type ProgramLaw, propertyOf } from "../programs/laws.ts";

/**
 * What a mutant must survive: a fast part of the default test run, the likeliest to notice first. It ends with the first
 * failure. Stryker runs it once for each mutant, which it chooses by a variable of the environment.
 */
const tried = (law: ProgramLaw): number => Math.ceil(Math.min(150, law.usual / 8));

for (const law of programLaws) {
  const { failed } = fc.check(propertyOf(law), { numRuns: tried(law), maxSkipsPerRun: 1000, endOnFailure: true });
  if (failed) process.exit(1);
}

const files = ["transform", "oracles"].flatMap((area) =>
  readdirSync(`property-tests/${area}`)
    .filter((name) => name.endsWith(".test.ts"))
    .map((name) => `property-tests/${area}/${name}`),
);
const { status } = spawnSync(
  process.execPath,
  [
    ...["--import", "tsx", "--import", "./property-tests/seed.ts"],
    ...["--test", "--test-concurrency=1", "--test-reporter=dot", ...files],
  ],
  { stdio: "ignore", env: { ...process.env, FC_RUNS: "20" } },
);
process.exit(status ?? 1);
