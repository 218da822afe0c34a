import fc from "fast-check";
import { writeSection } from "../testing-page.ts";
import { propertyOf } from "./laws.ts";
import { meaningOfBent, meaningOfSmooth } from "./meaning.ts";

/**
 * Tries many random programs, half of them with kinks, a thousand from each seed: `many.ts 50000`. Prints what fails,
 * shrunk, and writes how many were tried to TESTING.md.
 */
const [wanted = 50_000, firstSeed = 1_000] = process.argv.slice(2).map(Number);
const chunk = 500;

let failed = 0;
const seeds = Array.from({ length: Math.ceil(wanted / (2 * chunk)) }, (_, i) => firstSeed + i);
for (const seed of seeds) {
  for (const law of [meaningOfSmooth, meaningOfBent]) {
    const found = fc.check(propertyOf(law), { seed, numRuns: chunk, includeErrorInReport: true });
    if (found.failed) {
      failed += 1;
      console.log(fc.defaultReportMessage(found));
    }
  }
  const tried = ((seed - firstSeed + 1) * 2 * chunk).toLocaleString("en");
  const found = failed === 0 ? "none fails" : `**${failed} fail**`;
  console.log(`${tried} programs: ${found}`);
  // As it stands so far: a run that is ended early has tried what it has tried.
  writeSection("programs", ["", `${tried} random programs, from the seeds ${firstSeed} to ${seed}: ${found}.`, ""]);
}
process.exit(failed === 0 ? 0 : 1);
