import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import fc from "fast-check";
import { programLaws } from "../programs/all-laws.ts";
import { type ProgramLaw, propertyOf } from "../programs/laws.ts";

/**
 * Tells, as JSON, which part of the default test run catches a fault in this copy of the sources: the same laws, tests,
 * numbers of runs and seed, of which only the order differs. The arguments are the area of tests that is asked first of
 * all areas, and as JSON what caught the fault when all were last run, which is asked before everything.
 */
export interface Verdict {
  readonly caughtBy: string | null;
  /** The file of the test, if it is none of random programs. */
  readonly file?: string;
  /** Lines of the shrunk program. */
  readonly lines?: number;
}

/** By random programs, of each law the first so many of its test. */
const byPrograms = (most: number, laws = programLaws): Verdict | undefined => {
  for (const law of laws) {
    const lines = linesOfFailure(law, Math.min(most, law.usual));
    if (lines !== undefined) return { caughtBy: law.name, lines };
  }
  return undefined;
};

const linesOfFailure = (law: ProgramLaw, numRuns: number): number | undefined => {
  const { counterexample } = fc.check(propertyOf(law), { numRuns, maxSkipsPerRun: 1000 });
  return counterexample === null ? undefined : counterexample[0].source.trim().split("\n").length;
};

/** The areas that know what a program should mean, or what a part of the compiler should do. */
const areas = [
  "cases",
  "oracles",
  "elaborate",
  "transform",
  "check",
  "property",
  "circuit",
  "emit",
  "wasm",
  "schedule",
  "meaning",
  "decks",
  "std",
  "train",
];

/** What measures the heap says nothing of what a program means, and may fail on a machine that is busy. */
const measures = new Set(["memory.test.ts"]);

const byArea = (area: string): Verdict | undefined =>
  byFiles(
    readdirSync(`property-tests/${area}`)
      .filter((name) => name.endsWith(".test.ts") && !measures.has(name))
      .map((name) => `property-tests/${area}/${name}`),
  );

const byFiles = (files: ReadonlyArray<string>): Verdict | undefined => {
  const { stdout } = spawnSync(
    process.execPath,
    [
      ...["--import", "tsx", "--import", "./property-tests/seed.ts"],
      ...["--test", "--test-concurrency=1", "--test-reporter=tap"],
      ...files,
    ],
    { encoding: "utf8", maxBuffer: 2 ** 26 },
  );
  const [, caughtBy, told = ""] = /^not ok \d+ - (.*)\n((?: .*\n)*)/m.exec(stdout) ?? [];
  if (caughtBy === undefined) return undefined;
  const file = files.find((path) => told.includes(path));
  return { caughtBy, ...(file === undefined ? {} : { file }) };
};

/** What caught the fault the last time. */
const asBefore = ({ caughtBy, file }: Partial<Verdict>): Verdict | undefined => {
  if (file !== undefined) return existsSync(file) ? byFiles([file]) : undefined;
  return byPrograms(
    Infinity,
    programLaws.filter(({ name }) => name === caughtBy),
  );
};

const verdict = (first: string | undefined, last: Partial<Verdict>): Verdict => {
  const ordered = [...new Set([...areas.filter((area) => area === first), ...areas])];
  const steps = [
    () => asBefore(last),
    () => byPrograms(150),
    ...ordered.map((area) => () => byArea(area)),
    () => byPrograms(Infinity),
  ];
  for (const step of steps) {
    const found = step();
    if (found !== undefined) return found;
  }
  return { caughtBy: null };
};

console.log(JSON.stringify(verdict(process.argv[2], JSON.parse(process.argv[3] ?? "{}"))));
