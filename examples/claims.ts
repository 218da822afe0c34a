import { claims } from "./claims/claims.ts";

/** Measures every claim (or those whose number is named on the command line); fails if what must hold does not. */
const main = (numbers: ReadonlyArray<string>): void => {
  const chosen = claims.filter((_, i) => numbers.length === 0 || numbers.includes(`${i + 1}`));
  const broken = chosen.flatMap(({ claim, measure }) => {
    const start = performance.now();
    const findings = measure();
    console.log(`\n${claims.findIndex((other) => other.claim === claim) + 1}. ${claim}`);
    for (const { what, value, holds } of findings)
      console.log(`   ${what.padEnd(84)}${value.padStart(12)}${mark(holds)}`);
    console.log(`   (${((performance.now() - start) / 1000).toFixed(1)} s)`);
    return findings.filter(({ holds }) => holds === false);
  });
  if (chosen.length > 0 && broken.length === 0) return;
  console.log(`\n${broken.length} of the findings that must hold do not.`);
  process.exitCode = 1;
};

const mark = (holds: boolean | undefined): string => (holds === undefined ? "" : holds ? "   holds" : "   BROKEN");

main(process.argv.slice(2));
