import { type Command, InvalidArgumentError } from "commander";
import { assignment, integer, json, positive } from "./options.ts";

/** What one option takes in turn: `n=16,32`, `--rate 0.1,0.01`, seeds 1 to 5. */
export interface Varied {
  /** The words before each value: `--set n=`, which the value follows at once, or `--seed`. */
  readonly option: string;
  /** What it is called in the names of runs and in tables. */
  readonly name: string;
  readonly values: ReadonlyArray<string>;
}

export interface SweepOptions {
  readonly set: ReadonlyArray<Varied>;
  readonly seed?: Varied;
  readonly rate?: Varied;
  readonly runs?: string;
  readonly collect: boolean;
  readonly json: boolean;
}

export const withSweepOptions = (command: Command): Command =>
  command
    .option("--set <name=values>", "values of a static parameter, as in n=16,32 or n=1..4 (repeatable)", settings, [])
    .option("--seed <values>", "seeds, as in 1..5 or 1,2,3", (text: string) => varied("--seed", "seed", text, integer))
    .option("--rate <values>", "learning rates, as in 0.1,0.01", (text: string) =>
      varied("--rate", "rate", text, positive),
    )
    .option("--runs <folder>", "where the runs go (default: runs/NAME of the program)")
    .option("--collect", "one table of the runs that are there, the best first", false)
    .option(...json);

const settings = (text: string, before: ReadonlyArray<Varied>): ReadonlyArray<Varied> => {
  const [, name, values] = /^([\p{L}_][\p{L}\p{N}_']*)=(\S+)$/u.exec(text) ?? [];
  if (name === undefined || values === undefined) throw new InvalidArgumentError("I expected something like n=16,32.");
  if (before.some((other) => other.name === name)) throw new InvalidArgumentError(`${name} is given twice.`);
  return [...before, varied(`--set ${name}=`, name, values, (value) => assignment(`${name}=${value}`, {}))];
};

/** All values that `rnnc train` would refuse, at once: `taken` is how it reads one. */
const varied = (option: string, name: string, text: string, taken: (value: string) => unknown): Varied => {
  const values = text.split(",").flatMap(valuesOf);
  const refused = values.flatMap((value) => refusalOf(value, taken));
  if (refused.length > 0) throw new InvalidArgumentError(refused.join(" "));
  const first = new Map<string, string>();
  for (const value of values) {
    const same = first.get(numberIn(value));
    if (same !== undefined)
      throw new InvalidArgumentError(`${value} is given twice${same === value ? "" : `, first as ${same}`}.`);
    first.set(numberIn(value), value);
  }
  return { option, name, values };
};

const refusalOf = (value: string, taken: (value: string) => unknown): ReadonlyArray<string> => {
  if (value.includes("..")) return [`${value}: I expected a range as in 1..5.`];
  try {
    taken(value);
    return [];
  } catch (error) {
    if (!(error instanceof InvalidArgumentError)) throw error;
    return [`${value}: ${error.message}`];
  }
};

/** However a number is written, it is the same run. */
const numberIn = (value: string): string => (Number.isFinite(Number(value)) ? String(Number(value)) : value);

/** The most runs that one sweep names. */
export const mostRuns = 100_000;

/** `1..5` is 1, 2, 3, 4, 5; all else is itself. */
const valuesOf = (text: string): ReadonlyArray<string> => {
  if (text === "") throw new InvalidArgumentError("A value is missing.");
  const [, from, to] = /^(-?\d+)\.\.(-?\d+)$/.exec(text) ?? [];
  if (from === undefined || to === undefined) return [text];
  const count = Number(to) - Number(from) + 1;
  if (count < 1) throw new InvalidArgumentError(`${text} has no values: the first is the smaller.`);
  if (count > mostRuns) throw new InvalidArgumentError(`${text} has too many values.`);
  return Array.from({ length: count }, (_, i) => String(Number(from) + i));
};
