import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Pair } from "./pairs.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const here = fileURLToPath(new URL(".", import.meta.url));
const packages = join(here, "node_modules");

/** Why the programs cannot be run, or false. */
export const missing =
  !existsSync(join(packages, "@tensorflow", "tfjs")) &&
  "TensorFlow.js is not installed (npm ci --prefix docs/tensorflow-js --ignore-scripts)";

/** How far the numbers of one side may be from those of the other: both compute in single precision. */
export const tolerance = 5e-5;

/** The numbers that a program tells, by their names. */
export type Told = Readonly<Record<string, ReadonlyArray<number>>>;

export interface Compared {
  readonly name: string;
  readonly there: ReadonlyArray<number>;
  readonly here: ReadonlyArray<number>;
  /** The greatest of their differences, relative to numbers above 1; infinite where one side has more numbers. */
  readonly difference: number;
}

/** Copies all programs to a folder where they can write beside each other, with the packages that they import. */
export const copied = (): string => {
  const folder = join(root, "build", "from-tensorflow-js");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  cpSync(join(here, "programs"), folder, { recursive: true });
  symlinkSync(packages, join(folder, "node_modules"), "junction");
  return folder;
};

/** Runs both sides of a pair, one after the other. */
export const compared = (folder: string, { folder: name, commands, back }: Pair): ReadonlyArray<Compared> => {
  const cwd = join(folder, name);
  const there = told(runIn(cwd, ["tf.js"]));
  for (const words of commands) runIn(cwd, [join(root, "dist", "rnnc.cjs"), ...words.split(" ")]);
  const found = told(runIn(cwd, ["--import", import.meta.resolve("tsx/esm"), "rnnc.ts"]));
  return comparisons({ ...there, ...(back === undefined ? {} : told(runIn(cwd, [back]))) }, found);
};

const runIn = (cwd: string, words: ReadonlyArray<string>): string => {
  const { status, stdout, stderr } = spawnSync(process.execPath, words, { cwd, encoding: "utf8" });
  if (status !== 0) throw new Error(`node ${words.join(" ")}\n${stderr}`);
  return stdout;
};

/** Lines of a name and numbers. */
export const told = (output: string): Told =>
  Object.fromEntries(
    output
      .split("\n")
      .map((line) => line.split(" "))
      .filter(([, ...numbers]) => numbers.length > 0 && numbers.every((number) => Number.isFinite(Number(number))))
      .map(([name, ...numbers]) => [name!, numbers.map(Number)]),
  );

export const comparisons = (there: Told, found: Told): ReadonlyArray<Compared> =>
  [...new Set([...Object.keys(there), ...Object.keys(found)])].map((name) => {
    const [left, right] = [there[name] ?? [], found[name] ?? []];
    const each = left.map((value, i) => Math.abs(value - right[i]!) / Math.max(1, Math.abs(value)));
    return {
      name,
      there: left,
      here: right,
      difference: left.length === right.length && left.length > 0 ? Math.max(...each) : Number.POSITIVE_INFINITY,
    };
  });
