import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { checkGradient, type GradientReport } from "../check/gradient.ts";
import { type Failure, usageError } from "./failure.ts";
import type { CommonOptions } from "./options.ts";
import { compileProgram, type Opened, readProgram, type Source } from "./program.ts";
import { type Static, staticsOf } from "./statics.ts";
import type { Terminal } from "./terminal.ts";

export interface GradcheckOptions extends CommonOptions {
  readonly times: number;
  readonly tolerance: number;
}

/** `rnnc gradcheck FILE`: at several seeds, each with its own sizes, lengths and values. */
export const gradcheck =
  (terminal: Terminal) =>
  (file: string, options: GradcheckOptions): E.Either<Failure, void> =>
    pipe(
      readProgram(file),
      E.flatMap((source) => checkAtSeeds(terminal, source, options)),
    );

export const checkAtSeeds = (terminal: Terminal, source: Source, options: GradcheckOptions): E.Either<Failure, void> =>
  pipe(
    Array.from({ length: options.times }, (_, i) => options.seed + i),
    E.traverseArray((seed) => checkAt(terminal, source, options, seed)),
    E.flatMap((reports) => tell(terminal, options, reports)),
  );

const checkAt = (
  terminal: Terminal,
  source: Source,
  options: GradcheckOptions,
  seed: number,
): E.Either<Failure, GradientReport> =>
  pipe(
    compileSmall(terminal, source, options, seed),
    E.filterOrElse(
      ({ compiled }) => compiled.model.hasLoss,
      ({ compiled }) => usageError(`${compiled.model.name} has no loss, so there is no gradient to check`),
    ),
    E.map(({ compiled }) => checkGradient(compiled, { seed, tolerance: options.tolerance })),
  );

/** In f64; sizes that the caller leaves open are small, unless the program then no longer fits together. */
const compileSmall = (
  terminal: Terminal,
  source: Source,
  options: GradcheckOptions,
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

const smallest = { least: 2, most: 5 };

const smallSizes = (chosen: ReadonlyArray<Static>, seed: number): Readonly<Record<string, number>> => {
  const generator = xoroshiro128plus(seed);
  return Object.fromEntries(chosen.map(({ name }) => [name, uniformInt(generator, smallest.least, smallest.most)]));
};

const tell = (
  terminal: Terminal,
  { json, tolerance }: GradcheckOptions,
  reports: ReadonlyArray<GradientReport>,
): E.Either<Failure, void> => {
  if (json) terminal.out(`${JSON.stringify(reports, null, 2)}\n`);
  else terminal.out(reports.map((report) => `${describe(report)}\n`).join(""));
  return reports.every(({ passed }) => passed)
    ? E.right(undefined)
    : E.left({ tag: "gradient", text: `The gradient does not agree with finite differences within ${tolerance}.\n` });
};

const describe = ({ passed, seed, compared, loss, worst }: GradientReport): string => {
  if (!Number.isFinite(loss)) return `seed ${seed}: the loss is ${loss} at random values, so nothing can be compared`;
  if (worst === null) return `seed ${seed}: there are no parameters to check`;
  const place = `${worst.path}[${worst.index.join(",")}]`;
  const values = `gradient ${worst.gradient}, finite difference ${worst.difference}`;
  return `seed ${seed}: ${passed ? "agrees" : "DISAGREES"} at ${compared} elements; worst ${place}: ${values}, error ${worst.error.toExponential(1)}`;
};
