import { type Command, InvalidArgumentError, Option } from "commander";
import { type Target, targets } from "../emit/targets.ts";
import { Memory } from "../schedule/recompute/memory.ts";
import type { LossScale } from "../transform/batch-loss.ts";

/** Values of static parameters: numbers, or names of cells and functions. */
export type Statics = Readonly<Record<string, number | string>>;

/** What every command that reads a program takes. */
export interface CommonOptions {
  readonly set: Statics;
  readonly model?: string;
  readonly precision: "f32" | "f64";
  readonly target?: Target;
  readonly seed: number;
  readonly json: boolean;
  readonly memory?: Memory;
  readonly threads?: number;
  /** Optimisations to do without. */
  readonly without?: ReadonlyArray<string>;
}

const told = (targets: Readonly<Record<string, string>>): string =>
  Object.entries(targets)
    .map(([target, description]) => `${target}: ${description}`)
    .join("; ");

/** One document on standard output. */
export const json = ["--json", "results as JSON on standard output", false] as const;

/** Which model of a program is meant. */
export const withProgramOptions = (command: Command): Command =>
  command
    .option("--set <name=value>", "give a static parameter its value (repeatable)", assignment, {})
    .option("--model <name>", "the model, if the file has several");

/** Of a command that writes a module, `targets` may be more than what runs here. */
export const withCommonOptions = (command: Command, offered: Readonly<Record<string, string>> = targets): Command =>
  withProgramOptions(command)
    .addOption(new Option("--precision <type>", "the type of numbers").choices(["f32", "f64"]).default("f32"))
    .addOption(new Option("--target <code>", told(offered)).choices(Object.keys(offered)))
    .option("--seed <integer>", "what random numbers start from", integer, 1)
    .option(...json);

/** For commands that run a program: as what can run here. */
export const withRunnableTarget = (command: Command): Command =>
  command.hook("preAction", async (_, given) => {
    if (given.opts<Pick<CommonOptions, "target">>().target !== "native") return;
    const { runnableTarget } = await import("../native/runnable.ts");
    given.setOptionValue("target", runnableTarget("native"));
  });

/** What a gradient keeps, for commands that make one. */
export const withMemory = (command: Command): Command =>
  command.option(
    "--memory <kind>",
    "what gradients keep of a recurrence: all that they read (full), its states (states), or its states at every n-th position (every:n)",
    memory,
  );

/** For commands that run batches, or write what will. */
export const withThreads = (command: Command): Command =>
  command.option(
    "--threads <count>",
    "split the examples of a batch over so many threads, with the same bits from run to run (default: 1)",
    threads,
  );

const threads = (text: string): number => {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1 || count > 256)
    throw new InvalidArgumentError("It is a whole number from 1 to 256.");
  return count;
};

/** For commands that may be done again whenever a program changes. */
export const withWatch = (command: Command): Command =>
  command.option("--watch", "again whenever the program or what it imports changes, until Ctrl-C", false);

const memory = (text: string): Memory => {
  if (!Memory.is(text)) throw new InvalidArgumentError("It is full, states or every:n with a whole number n from 1.");
  return text;
};

/** What is minimized of a batch, for commands that make a loss. */
export const withLoss = (command: Command, usual = "mean"): Command =>
  command.addOption(
    new Option(
      "--loss <kind>",
      `of a batch: the sum or the mean over its examples, or the mean over its observed values (default: ${usual})`,
    ).choices(["sum", "mean", "perObservation"] satisfies ReadonlyArray<LossScale>),
  );

/** What is not trained, for commands that make a gradient to train by. */
export const withFreeze = (command: Command): Command =>
  command.option(
    "--freeze <pattern>",
    "parameters that stay as they are drawn: a path, or several as in 'enc.*' (repeatable)",
    (pattern: string, before: ReadonlyArray<string> = []) => [...before, pattern],
  );

export const withSwitches = (command: Command): Command =>
  command
    .option(
      "--without <optimisation>",
      "do without an optimisation (repeatable)",
      (name: string, before: ReadonlyArray<string> = []) => [...before, name],
    )
    .hook("preAction", (_, given) => refuseUnknown(given, given.opts<Pick<CommonOptions, "without">>().without ?? []));

/** Their names stand with the passes, which are loaded only where one is given. */
const refuseUnknown = async (command: Command, names: ReadonlyArray<string>): Promise<void> => {
  if (names.length === 0) return;
  const known = (await import("../module/optimisations.ts")).optimisations.map(({ name }) => name);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined)
    command.error(`error: there is no optimisation '${unknown}'. The optimisations are ${known.join(", ")}.`);
};

/** `n=64` or `f=tanh`, added to those before it. */
export const assignment = (text: string, before: Statics): Statics => {
  const [, name, value] = /^([^\s=]+)=(\S+)$/.exec(text) ?? [];
  if (name === undefined || value === undefined) throw new InvalidArgumentError("I expected something like n=64.");
  if (/^[\p{L}_]/u.test(value)) return { ...before, [name]: value };
  if (!Number.isFinite(Number(value)))
    throw new InvalidArgumentError(`I expected a number or a name after ${name}=, as in ${name}=64 or ${name}=tanh.`);
  return { ...before, [name]: Number(value) };
};

const real = (text: string): number => {
  const value = Number(text);
  if (text.trim() === "" || !Number.isFinite(value)) throw new InvalidArgumentError("I expected a number.");
  return value;
};

export const integer = (text: string): number => {
  const value = real(text);
  if (!Number.isSafeInteger(value)) throw new InvalidArgumentError("I expected an integer.");
  return value;
};

export const positive = (text: string): number => {
  const value = real(text);
  if (value <= 0) throw new InvalidArgumentError("I expected a number above 0.");
  return value;
};

export const count = (text: string): number => {
  const value = integer(text);
  if (value < 1) throw new InvalidArgumentError("I expected an integer of at least 1.");
  return value;
};

export const share = (text: string): number => {
  const value = real(text);
  if (!(value > 0 && value < 1)) throw new InvalidArgumentError("I expected a number above 0 and below 1.");
  return value;
};

type Lengths = Readonly<Record<string, number>>;

/** `T=3`, added to those before it. */
export const lengths =
  (example: string) =>
  (text: string, before: Lengths): Lengths => {
    const [name, value] = assigned(text, example);
    return { ...before, [name]: value };
  };

/** A name with a whole number from 1. */
export const assigned = (text: string, example: string): readonly [name: string, value: number] => {
  const [, name, value] = /^([^\s=]+)=(\d+)$/.exec(text) ?? [];
  if (name === undefined || value === undefined)
    throw new InvalidArgumentError(`I expected something like ${example}.`);
  return [name, count(value)];
};

const secondsIn: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600 };

/** `90s`, `5m` or `1.5h`, in seconds. */
export const duration = (text: string): number => {
  const [, number, unit] = /^(\d+(?:\.\d+)?)([smh])$/.exec(text) ?? [];
  const seconds = Number(number) * (secondsIn[unit ?? ""] ?? Number.NaN);
  if (!(seconds > 0)) throw new InvalidArgumentError("I expected a time like 90s, 5m or 1h.");
  return seconds;
};

/** `x,z` */
export const inputNames = (text: string): ReadonlyArray<string> => {
  const names = text.split(",").map((name) => name.trim());
  if (names.includes("")) throw new InvalidArgumentError("I expected names, as in x,z, and found one without letters.");
  return names;
};

/** `lstm.weight=h.W`, added to those before it. */
export const renaming = (text: string, before: Readonly<Record<string, string>>): Readonly<Record<string, string>> => {
  const [, old, name] = /^([^=]+)=([^=]+)$/.exec(text) ?? [];
  if (old === undefined || name === undefined) throw new InvalidArgumentError("I expected something like old=new.");
  return { ...before, [old]: name };
};
