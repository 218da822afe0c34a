import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import { type Comparison, checkGradient, type GradientReport } from "../check/gradient.ts";
import type { Diagnostic } from "../syntax/diagnostic.ts";
import { type Static, staticsOf } from "../syntax/statics.ts";
import type { LossScale } from "../transform/batch-loss.ts";
import { type Failure, usageError } from "./failure.ts";
import { document } from "./json.ts";
import type { CommonOptions } from "./options.ts";
import { compileProgram, type Opened, readProgram, type Source } from "./program.ts";
import { notToldBefore, smallest, smallSizes } from "./small-sizes.ts";
import type { Terminal } from "./terminal.ts";

export interface GradcheckOptions extends CommonOptions {
  readonly times: number;
  readonly tolerance: number;
  /** Inputs whose gradient is checked too; of a model without parameters by default all that are numbers. */
  readonly wrt?: ReadonlyArray<string>;
  readonly loss?: LossScale;
}

/** `rnnc gradcheck FILE`: at several seeds, each with its own sizes, lengths and values. */
export const gradcheck =
  (terminal: Terminal) =>
  (file: string, options: GradcheckOptions): E.Either<Failure, void> =>
    pipe(
      readProgram(file),
      E.flatMap((source) => checkAtSeeds(terminal, source, options)),
    );

export const checkAtSeeds = (
  terminal: Terminal,
  source: Source,
  options: GradcheckOptions,
): E.Either<Failure, void> => {
  const once = { ...options, isTold: notToldBefore() };
  return pipe(
    Array.from({ length: options.times }, (_, i) => options.seed + i),
    E.traverseArray((seed) => checkAt(terminal, source, once, seed)),
    E.flatMap((reports) => tell(terminal, options, reports)),
  );
};

interface Telling extends GradcheckOptions {
  readonly isTold: (warning: Diagnostic) => boolean;
}

const checkAt = (
  terminal: Terminal,
  source: Source,
  options: Telling,
  seed: number,
): E.Either<Failure, GradientReport> =>
  pipe(
    compileSmall(terminal, source, options, seed),
    E.filterOrElse(
      ({ compiled }) => compiled.model.hasLoss,
      ({ compiled }) => usageError(`${compiled.model.name} has no loss, so there is no gradient to check`),
    ),
    E.flatMap((opened) => byInputsAtLeast(terminal, source, options, seed, opened)),
    E.map(({ compiled }) => checkGradient(compiled, { seed, tolerance: options.tolerance })),
  );

/** Where there are no learned parameters to take a gradient by, it is taken by all inputs that are numbers. */
const byInputsAtLeast = (
  terminal: Terminal,
  source: Source,
  options: Telling,
  seed: number,
  opened: Opened,
): E.Either<Failure, Opened> => {
  const { params, inputs, name } = opened.compiled.model;
  if (params.some(({ fixed }) => fixed !== true) || options.wrt !== undefined) return E.right(opened);
  const wrt = inputs.filter(({ symbols }) => symbols === undefined).map((input) => input.name);
  return wrt.length === 0
    ? E.left(usageError(`${name} has neither parameters nor inputs of numbers, so there is no gradient to check`))
    : compileSmall(terminal, source, { ...options, wrt }, seed);
};

/** In f64; sizes that the caller leaves open are small, unless the program then no longer fits together. */
const compileSmall = (
  terminal: Terminal,
  source: Source,
  options: Telling,
  seed: number,
): E.Either<Failure, Opened> => {
  const open = staticsOf(source.text, source.file, options.model).filter(({ name }) => !(name in options.set));
  const compileWith = (chosen: ReadonlyArray<Static>) =>
    compileProgram(terminal, source, {
      ...options,
      precision: "f64",
      set: { ...options.set, ...smallSizes(chosen, seed) },
    });
  const missing = open.filter(({ hasDefault }) => !hasDefault);
  const large = open.filter(({ number }) => number !== null && Number.isInteger(number) && number > smallest.most);
  return pipe(
    compileWith([...missing, ...large]),
    E.alt(() => compileWith(missing)),
  );
};

const tell = (
  terminal: Terminal,
  { json, tolerance }: GradcheckOptions,
  reports: ReadonlyArray<GradientReport>,
): E.Either<Failure, void> => {
  if (json) terminal.out(document(reports));
  else terminal.out(reports.map((report) => `${describe(report)}\n`).join(""));
  if (reports.every(({ passed }) => passed)) return E.right(undefined);
  const text = reports.some((report) => !report.passed && !isHidden(report))
    ? `The gradient does not agree with finite differences within ${tolerance}.`
    : "The loss is so large beside its gradient that finite differences show nothing of it.";
  return E.left({ tag: "gradient", text: `${text}\n` });
};

const isHidden = ({ hidden, compared, worst, loss }: GradientReport): boolean =>
  Number.isFinite(loss) && worst !== null && Number.isFinite(worst.error) && hidden === compared;

const describe = (report: GradientReport): string => {
  const { passed, seed, compared, hidden, loss, worst } = report;
  if (!Number.isFinite(loss)) return `seed ${seed}: the loss is ${loss} at random values, so nothing can be compared`;
  if (worst === null) return `seed ${seed}: there is nothing to compare (every input is empty)`;
  if (passed && worst.gradient === 0 && worst.difference === 0 && worst.error === 0)
    return `seed ${seed}: the loss depends on none of the ${compared} elements that were compared, and there the gradient is 0`;
  const says = passed ? "agrees" : isHidden(report) ? "is HIDDEN by the rounding of the loss" : "DISAGREES";
  const values = `gradient ${worst.gradient}, finite difference ${worst.difference} ± ${worst.uncertainty.toExponential(1)}`;
  const hiding = hidden === 0 ? "" : `; at ${hidden} of them rounding of the loss may hide an error`;
  return `seed ${seed}: ${says} at ${compared} elements${hiding}; worst ${placeOf(worst)}: ${values}, error ${worst.error.toExponential(1)}`;
};

/** Counted from 0. */
const placeOf = ({ path, index, example }: Comparison): string =>
  `${path}[${index.join(",")}]${example === undefined ? "" : ` of example ${example}`}`;
