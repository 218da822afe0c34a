import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { writeSection } from "../testing-page.ts";
import type { Fault } from "./fault.ts";
import { faults } from "./faults.ts";
import type { Verdict } from "./judge.ts";
import { judged } from "./planting.ts";

/**
 * Plants each fault in a copy of the sources of its own and has it judged there, one on each core; ends with failure if
 * one is missed, or if the sources as they are have one. With words as arguments: only the faults whose description
 * holds one of them; with `--new`: those that no run has judged yet. What caught each is kept in `verdicts.json` as it
 * is found, and asked first the next time; the table is written once all have a verdict.
 */
const wanted = process.argv.slice(2).filter((word) => word !== "--new");
const isNewAlone = process.argv.includes("--new");

const kept = new URL("verdicts.json", import.meta.url);
const before: Readonly<Record<string, Verdict>> = existsSync(kept) ? JSON.parse(readFileSync(kept, "utf8")) : {};
const verdicts = new Map<Fault, Verdict>();

const isChosen = ({ what }: Fault): boolean =>
  (wanted.length === 0 || wanted.some((word) => what.includes(word))) && !(isNewAlone && before[what] !== undefined);
const chosen = faults.filter(isChosen);
const queue = [...chosen];
const worker = async (): Promise<void> => {
  for (let fault = queue.shift(); fault !== undefined; fault = queue.shift()) {
    // What names no pass cannot have caught one.
    const last = before[fault.what];
    const judgement = await judged(fault, fault.pass === undefined || last?.part !== undefined ? last : {});
    // What a pass over loops breaks is to be named as its own.
    const isNamed = fault.pass === undefined || judgement.part === `loop pass ${fault.pass}`;
    const verdict = isNamed ? judgement : { ...judgement, caughtBy: null };
    verdicts.set(fault, verdict);
    keep();
    console.log(`${verdict.caughtBy === null ? "MISSED" : "caught"}  ${fault.what}: ${shown(verdict)}`);
  }
};

const shown = ({ caughtBy, lines, part }: Verdict): string =>
  `${caughtBy ?? "-"}${lines === undefined ? "" : ` (${lines} lines)`}${part === undefined ? "" : `; ${part}`}`;

const all = (): Readonly<Record<string, Verdict>> => ({
  ...before,
  ...Object.fromEntries([...verdicts].map(([{ what }, verdict]) => [what, verdict])),
});
const known = new Set(faults.map(({ what }) => what));
const keep = (): void => {
  const ofKnown = Object.entries(all()).filter(([what]) => known.has(what));
  writeFileSync(kept, `${JSON.stringify(Object.fromEntries(ofKnown.sort()), null, 1)}\n`);
};

const control: Verdict = wanted.length === 0 ? await judged(undefined) : { caughtBy: null };
if (control.caughtBy !== null) console.log(`The sources as they are fail: ${shown(control)}`);
await Promise.all(Array.from({ length: availableParallelism() }, worker));

const complete = faults.every(({ what }) => all()[what] !== undefined);
const told = (complete ? faults : chosen).map((fault) => ({ ...fault, ...all()[fault.what]! }));
const caught = told.filter(({ caughtBy }) => caughtBy !== null).length;
const sizes = told.flatMap(({ lines }) => (lines === undefined ? [] : [lines])).sort((a, b) => a - b);
const shrunk =
  sizes.length === 0
    ? ""
    : `: shrunk, these have ${sizes[Math.floor(sizes.length / 2)]} lines in the median and ${sizes.at(-1)} at most`;
const summary = `${caught} of ${told.length} faults are caught, ${sizes.length} of them by random programs${shrunk}.`;
console.log(summary);
if (complete)
  writeSection("faults", [
    "",
    summary,
    "",
    "| fault | caught by | lines of the shrunk program |",
    "| --- | --- | --- |",
    ...told.map(({ what, caughtBy, lines }) => `| ${what} | ${caughtBy ?? "**nothing**"} | ${lines ?? ""} |`),
    "",
  ]);
process.exit(control.caughtBy === null && caught === told.length ? 0 : 1);
