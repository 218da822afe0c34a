import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { circumstances } from "../circumstances.ts";
import { table, writeSection } from "../markdown.ts";
import { type Peer, pytorch, rnnc } from "../peers.ts";
import { measured, type Plan, quick, type Result } from "../rounds.ts";
import { significant } from "../statistics.ts";
import { type Differences, differencesOf } from "./agreement.ts";
import { type Outcome, type Sized, sizes, taskOf } from "./objectives.ts";

/** Both sides agree if values differ by no more than this, and gradients. */
const tolerance = 1e-10;

const plan: Plan = {
  ...{ rounds: 4, warmUp: 1000, milliseconds: 200, atLeast: 4, budget: 10_000 },
  quiet: { slack: 1.05, patience: 40_000 },
};

const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url));
const contestants: ReadonlyArray<Peer> = [
  ...(["wasm", "js", "native"] as const).map((target) => ({
    ...rnnc,
    name: target,
    arguments: [...rnnc.arguments.slice(0, -2), here("./rnnc.ts"), target],
  })),
  { ...pytorch, arguments: [here("./pytorch.py")] },
];

interface Measured {
  readonly sized: Sized;
  readonly results: ReadonlyArray<Result>;
}

/** ADBench's objectives as programs beside plain PyTorch: whether they agree, and what a gradient costs. */
export const runObjectives = async (options: { readonly quick: boolean; readonly json: boolean }): Promise<void> => {
  const found: Measured[] = [];
  for (const [i, sized] of sizes.entries()) {
    process.stderr.write(`${i + 1} of ${sizes.length}: ${titleOf(sized)}\n`);
    const results = await measuredAt(sized, options.quick ? quick : plan);
    found.push({ sized, results });
    process.stderr.write(`  ${contestants.map(({ name }, k) => toldOf(name, results[k]!)).join("; ")}\n`);
  }
  if (found.some(({ results }) => isBroken(results) || worstOf(results) > tolerance)) process.exitCode = 1;
  const text = [
    "Written by `npm run bench -- objectives`.",
    agreementTable(found),
    timeTable(found),
    footOf(found),
  ].join("\n\n");
  if (!options.quick) writeSection("objectives", text);
  console.log(options.json ? JSON.stringify(found, null, 2) : text);
};

const measuredAt = async (sized: Sized, how: Plan): Promise<ReadonlyArray<Result>> => {
  const folder = mkdtempSync(join(tmpdir(), "rnnc-objectives-"));
  const file = join(folder, "task.json");
  writeFileSync(file, JSON.stringify(taskOf(sized, 1)));
  return measured(contestants, file, how).finally(() => rmSync(folder, { recursive: true }));
};

const titleOf = ({ name, statics, N }: Sized): string =>
  [
    name,
    ...Object.entries({ ...statics, [name === "gmm" ? "N" : "T"]: N }).map(([size, value]) => `${size} = ${value}`),
  ].join(", ");

const outcomeOf = ({ introduction }: Result): Outcome | undefined =>
  introduction.tag === "ready" ? (introduction.outcome as Outcome) : undefined;

/** PyTorch's, or where that is missing WebAssembly's. */
const referenceOf = (results: ReadonlyArray<Result>): Outcome =>
  outcomeOf(results.find(({ peer }) => peer === "PyTorch")!) ?? outcomeOf(results[0]!)!;

const differencesFrom = (results: ReadonlyArray<Result>, result: Result): Differences | undefined => {
  const outcome = outcomeOf(result);
  return outcome === undefined ? undefined : differencesOf(outcome, referenceOf(results));
};

/** A contestant that is there and fails, but for native code, which wants a compiler. */
const isBroken = (results: ReadonlyArray<Result>): boolean =>
  results.some(({ peer, introduction }) => introduction.tag === "cannot" && peer !== "native");

const worstOf = (results: ReadonlyArray<Result>): number =>
  Math.max(
    ...results.flatMap((result) => {
      const differences = differencesFrom(results, result);
      return differences === undefined ? [] : [differences.value, differences.gradient];
    }),
  );

const agreementTable = (found: ReadonlyArray<Measured>): string => {
  const last = found[0]!.results.at(-1)!;
  const isBeside = outcomeOf(last) !== undefined;
  const others = found[0]!.results.slice(isBeside ? 0 : 1, -1).map(({ peer }) => peer);
  return table(
    [
      isBeside ? "how far from PyTorch" : `how far from WebAssembly (PyTorch: ${reasonOf(last)})`,
      "objective",
      ...others.flatMap((peer) => [`${peer}: value`, "gradient"]),
    ],
    found.map(({ sized, results }) => [
      titleOf(sized),
      referenceOf(results).value.toPrecision(10),
      ...others.flatMap((peer) => {
        const differences = differencesFrom(results, results.find((result) => result.peer === peer)!);
        return differences === undefined ? ["", ""] : [differences.value, differences.gradient].map(power);
      }),
    ]),
  );
};

const power = (value: number): string => (value === 0 ? "0" : value.toExponential(0));

const timeTable = (found: ReadonlyArray<Measured>): string => {
  const names = contestants.map(({ name }) => name);
  return table(
    [
      "ms of the objective, of its gradient, and how many times that",
      ...names.flatMap((name) => [name, "gradient", "times"]),
      "PyTorch / wasm",
    ],
    found.map(({ sized, results }) => [
      titleOf(sized),
      ...results.flatMap(timesOf),
      ratio(medianOf(results.at(-1)!, "gradient"), medianOf(results[0]!, "gradient")),
    ]),
  );
};

/** A line on a contestant, as it goes. */
const toldOf = (name: string, result: Result): string => {
  const [objective, gradient] = timesOf(result);
  return gradient === "" ? `${name}: ${objective}` : `${name}: ${objective} ms, gradient ${gradient} ms`;
};

const timesOf = (result: Result): ReadonlyArray<string> => {
  const [objective, gradient] = [medianOf(result, "objective"), medianOf(result, "gradient")];
  if (objective === undefined || gradient === undefined) return [reasonOf(result), "", ""];
  return [significant(objective), significant(gradient), ratio(gradient, objective)];
};

const medianOf = ({ variants }: Result, name: string): number | undefined =>
  variants.find((variant) => variant.name === name)?.timing.median;

const reasonOf = ({ introduction, failure }: Result): string =>
  introduction.tag === "ready" ? failure : introduction.reason;

const ratio = (above: number | undefined, below: number | undefined): string =>
  above === undefined || below === undefined ? "" : shown(above / below);

const shown = (times: number): string => (times >= 10 ? times.toFixed(0) : times.toPrecision(2));

const footOf = ([first]: ReadonlyArray<Measured>): string => {
  const versions = first!.results.flatMap(({ peer, introduction }) =>
    peer === "PyTorch"
      ? [introduction.tag === "missing" ? `PyTorch: ${introduction.reason}` : introduction.version]
      : [],
  );
  return `Double precision. ${[...versions, circumstances([])].join("; ")}.`;
};
