import * as E from "fp-ts/lib/Either.js";
import * as t from "io-ts";
import { optionPage } from "../elaborate/pages/options.ts";
import { TargetName } from "../emit/back-ends.ts";
import { targetNames } from "../emit/targets.ts";
import { Memory } from "../schedule/recompute/memory.ts";
import type { Diagnostic } from "../syntax/diagnostic.ts";
import { nearest } from "../syntax/nearest.ts";
import { optimiserRules } from "../transform/training-step.ts";
import { ExportName, exportNames } from "./exports.ts";

/** As many as machines have. */
const isThreadCount = (count: number): boolean => Number.isInteger(count) && count >= 1 && count <= 256;

const Finite = t.refinement(t.number, Number.isFinite, "Finite");

const options = {
  /** The path that messages name and that imports are relative to. */
  file: t.string,
  /** Which model, if the program has several. */
  model: t.string,
  /** Values of the model's static parameters: numbers, or names of cells and functions. */
  statics: t.record(t.string, t.union([Finite, t.string])),
  precision: t.union([t.literal("f32"), t.literal("f64")]),
  /** What the model runs as; by default WebAssembly for single precision, JavaScript for double. */
  target: TargetName,
  /** What a batch's loss is: the mean or the sum over its examples, or the mean over its observed values. */
  loss: t.union([t.literal("mean"), t.literal("sum"), t.literal("perObservation")]),
  /** Inputs whose gradient is wanted besides those of the parameters. */
  wrt: t.readonlyArray(t.string),
  /** Parameters that stay as they are drawn, as `fixed` ones do: patterns of paths, in which `*` stands for anything. */
  freeze: t.readonlyArray(t.string),
  /** What `trainer` descends by; without one the module has no `trainer`. */
  optimiser: t.keyof(optimiserRules),
  /**
   * What a gradient keeps of a recurrence: all that it reads; the states; or, as `every:n`, the states at every n-th
   * position. From those it computes the rest again.
   */
  memory: Memory,
  /** The functions that the module is to have, and carries the code of; by default all. */
  exports: t.readonlyArray(ExportName),
  /** Whether functions of WebAssembly carry names, for profiles and stacks. */
  names: t.boolean,
  /** Over how many threads the examples of a batch are split: the same bits for the same number. By default one. */
  threads: t.refinement(t.number, isThreadCount, "ThreadCount"),
  /** Optimisations to do without, by name: results are the same, as far as rounding allows. */
  without: t.readonlyArray(t.string),
};

/** What a caller may ask of the compiler. Checked once, here; plain data from there on. */
export const CompileOptions = t.readonly(t.exact(t.partial(options)), "CompileOptions");
export type CompileOptions = t.TypeOf<typeof CompileOptions>;

/** What each option is to be, in words. */
const expected: { readonly [name in keyof typeof options]: string } = {
  file: "a path",
  model: "the name of a model",
  statics: "an object with a finite number, or the name of a cell or function, for each static parameter",
  precision: '"f32" or "f64"',
  target: targetNames.map((name) => JSON.stringify(name)).join(" or "),
  loss: '"mean", "sum" or "perObservation"',
  wrt: "a list of names of inputs",
  freeze: "a list of patterns of parameter paths",
  optimiser: `one of ${Object.keys(optimiserRules).join(", ")}`,
  memory: '"full", "states" or "every:n" with a whole number n above 0',
  exports: `a list of some of ${exportNames.join(", ")}`,
  names: "true or false",
  threads: "a whole number from 1 to 256",
  without: "a list of names of optimisations",
};

type OptionName = keyof typeof options;

const optionNames = Object.keys(options) as ReadonlyArray<OptionName>;

const isOption = (name: string): name is OptionName => Object.hasOwn(options, name);

/** All that is wrong with what a caller asks for: options that do not exist, and values that they cannot have. */
export const decodeOptions = (given: unknown): E.Either<readonly [Diagnostic, ...Diagnostic[]], CompileOptions> => {
  if (typeof given !== "object" || given === null || Array.isArray(given) || !isPlain(given))
    return E.left([wrongOption("", `The options are to be an object, but are ${shown(given)}.`)]);
  const [first, ...others] = Object.entries(given).flatMap(([name, value]) => problemOf(name, value));
  return first === undefined ? E.right(given) : E.left([first, ...others]);
};

const problemOf = (name: string, value: unknown): ReadonlyArray<Diagnostic> => {
  if (isOption(name))
    return value === undefined || (options[name].is(value) && isPlain(value))
      ? []
      : [wrongOption("", `The option ${name} is to be ${expected[name]}, but is ${shown(value)}.`)];
  const meant = nearest(name, optionNames);
  const hint = meant === undefined ? `The options are ${optionNames.join(", ")}.` : `Did you mean ${meant}?`;
  return [wrongOption("", `There is no option ${name}.`, hint)];
};

/** A list without holes, or an object with entries by name, which a map has not; what is neither is as it is. */
const isPlain = (value: unknown): boolean => {
  if (typeof value !== "object" || value === null) return true;
  if (Array.isArray(value)) return Object.keys(value).length === value.length;
  return /^\[object (Object|Module)\]$/.test(Object.prototype.toString.call(value));
};

const shown = (value: unknown): string => {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "bigint") return `the big integer ${value}`;
  if (Array.isArray(value)) return `[${Array.from(value, shown).join(", ")}]`;
  if (typeof value === "function") return "a function";
  return typeof value === "object" && value !== null ? "an object" : String(value);
};

/** A diagnostic about an option, not about a place in the source. */
export const wrongOption = (file: string, message: string, hint?: string): Diagnostic => ({
  code: optionPage.code,
  severity: "error",
  title: optionPage.title,
  message,
  labels: [{ span: { file, start: 0, end: 0 }, text: "" }],
  ...(hint === undefined ? {} : { hint }),
});
