import { parseArgs } from "node:util";
import { claims } from "./claims/claims.ts";
import { keep, linesOf, type MeasuredClaim, writeClaims } from "./claims/written.ts";

/** Measures every claim (or those whose numbers are on the command line); fails if what must hold does not. */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    /** Whether README.md has what each claim comes to as it was last measured. */
    write: { type: "boolean", default: false },
  },
});

const unknown = positionals.filter((number) => claims[Number(number) - 1] === undefined);
if (unknown.length > 0) {
  console.error(`I found no claim ${unknown.join(", ")}; there are 1 to ${claims.length}.`);
  process.exit(2);
}

const chosen = claims
  .map((claim, i) => ({ ...claim, number: i + 1 }))
  .filter(({ number }) => positionals.length === 0 || positionals.includes(`${number}`));
const measured = chosen.map(({ number, claim, about, measure }): MeasuredClaim => {
  const start = performance.now();
  const findings = measure();
  const seconds = (performance.now() - start) / 1000;
  const found = { number, claim, ...(about === undefined ? {} : { about }), findings, seconds };
  keep(found);
  console.log(`\n${linesOf(found).join("\n")}`);
  return found;
});
if (values.write) writeClaims(claims.length);

const broken = measured.flatMap(({ findings }) => findings.filter(({ holds }) => holds === false));
if (broken.length > 0) {
  console.log(`\n${broken.length} of the findings that must hold do not.`);
  process.exitCode = 1;
}
