import { spawn } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import fc from "fast-check";
import { CompilerFault } from "../../src/fault.ts";
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
  /** The part of the compiler that its own fault names. */
  readonly part?: string;
}

/** By random programs, of each law the first so many of its test. */
const byPrograms = (most: number, laws = programLaws): Verdict | undefined => {
  for (const law of laws) {
    const failure = failureOf(law, Math.min(most, law.usual));
    if (failure !== undefined) return { caughtBy: law.name, ...failure };
  }
  return undefined;
};

const failureOf = (law: ProgramLaw, numRuns: number): Pick<Verdict, "lines" | "part"> | undefined => {
  const { counterexample, errorInstance } = fc.check(propertyOf(law), { numRuns, maxSkipsPerRun: 1000 });
  if (counterexample === null) return undefined;
  const lines = counterexample[0].source.trim().split("\n").length;
  return errorInstance instanceof CompilerFault ? { lines, part: errorInstance.part } : { lines };
};

/** The areas that know what a program should mean, or what a part of the compiler should do. */
const areas = [
  "cases",
  "oracles",
  "elaborate",
  "diagnostics",
  "border",
  "transform",
  "check",
  "property",
  "circuit",
  "loops",
  "emit",
  "wasm",
  "schedule",
  "meaning",
  "decks",
  "std",
  "train",
  "streams",
];

/** What random programs say nothing of has areas of its own. */
const besidePrograms: Readonly<Record<string, ReadonlyArray<string>>> = {
  data: ["data", "cli"],
  train: ["train", "cli", "weights"],
  weights: ["weights", "train"],
  measure: ["measure", "cli"],
  flow: ["flow", "cli"],
  report: ["report", "cli"],
  native: ["native"],
};

/** What measures the heap says nothing of what a program means, and may fail on a machine that is busy. */
const measures = new Set(["memory.test.ts"]);

const byArea = (area: string): Promise<Verdict | undefined> =>
  byFiles(
    readdirSync(`property-tests/${area}`)
      .filter((name) => name.endsWith(".test.ts") && !measures.has(name))
      .map((name) => `property-tests/${area}/${name}`),
  );

/** Runs files of tests until one fails. */
const byFiles = (files: ReadonlyArray<string>): Promise<Verdict | undefined> =>
  new Promise((resolve) => {
    const run = spawn(
      process.execPath,
      [
        ...["--import", "tsx", "--import", "./property-tests/seed.ts"],
        ...["--test", "--test-concurrency=1", "--test-reporter=tap"],
        ...files,
      ],
      // A group of its own: the runner's processes end with it.
      { stdio: ["ignore", "pipe", "inherit"], detached: true },
    );
    let told = "";
    run.stdout.on("data", (text) => {
      told += text;
      const found = failureIn(told, files);
      if (found === undefined) return;
      resolve(found);
      try {
        process.kill(-run.pid!);
      } catch {
        // It has ended by itself.
      }
    });
    run.on("close", () => resolve(undefined));
  });

/** The first test that is told, to its end, to fail. */
const failureIn = (told: string, files: ReadonlyArray<string>): Verdict | undefined => {
  const [, caughtBy, facts = ""] = /^not ok \d+ - (.*)\n((?: .*\n)*? {2}\.\.\.\n)/m.exec(told) ?? [];
  if (caughtBy === undefined) return undefined;
  const file = files.find((path) => facts.includes(path));
  return { caughtBy, ...(file === undefined ? {} : { file }) };
};

/** What caught the fault the last time. */
const asBefore = async ({ caughtBy, file }: Partial<Verdict>): Promise<Verdict | undefined> => {
  if (caughtBy === undefined || caughtBy === null) return undefined;
  if (file !== undefined) return existsSync(file) ? byFiles([file]) : undefined;
  return byPrograms(
    Infinity,
    programLaws.filter(({ name }) => name === caughtBy),
  );
};

type Step = () => Verdict | undefined | Promise<Verdict | undefined>;

/**
 * What is likeliest and quickest is asked first: a few programs, the area that bears the fault's name, more programs, the
 * other areas, and at last as many programs as the test run tries.
 */
const stepsOfCompiler = (first: string | undefined): ReadonlyArray<Step> => [
  () => byPrograms(20),
  ...areas.filter((area) => area === first).map((area) => () => byArea(area)),
  () => byPrograms(150),
  ...areas.filter((area) => area !== first).map((area) => () => byArea(area)),
  () => byPrograms(Infinity),
];

const verdict = async (first: string | undefined, last: Partial<Verdict>): Promise<Verdict> => {
  const own = besidePrograms[first ?? ""];
  // Sources without a fault have no area of their own: all are asked.
  const all = first === "" ? ["data", "weights", "measure", "flow", "report", "native", "cli"] : [];
  const steps = [
    ...(own === undefined ? stepsOfCompiler(first) : []),
    ...(own ?? all).map((area) => () => byArea(area)),
  ];
  for (const step of [() => asBefore(last), ...steps]) {
    const found = await step();
    if (found !== undefined) return found;
  }
  return { caughtBy: null };
};

console.log(JSON.stringify(await verdict(process.argv[2], JSON.parse(process.argv[3] ?? "{}"))));
