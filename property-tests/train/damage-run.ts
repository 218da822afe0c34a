import fc from "fast-check";
import { damages, mustBeRefused } from "./damages.ts";

/** `npm run damages`: damages saved runs 50,000 times, or as often as is asked, from a seed. Every one must be refused. */
const [times = "50000", seed = "1"] = process.argv.slice(2);
const counts = new Map<string, number>();
fc.assert(
  fc.property(damages, (damaged) => {
    counts.set(damaged.way, (counts.get(damaged.way) ?? 0) + 1);
    mustBeRefused(damaged);
  }),
  { numRuns: Number(times), seed: Number(seed) },
);
for (const [way, count] of counts) console.log(`${String(count).padStart(6)}  ${way}`);
console.log(`${times.padStart(6)}  damages: none is accepted, none throws, none allocates more than the files take`);
