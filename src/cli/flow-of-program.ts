import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { randomExample } from "../check/random-example.ts";
import type { Compiled } from "../compile.ts";
import { flowOf } from "../flow/flow.ts";
import type { Portrait } from "../flow/picture/portrait.ts";
import type { Example } from "../runtime/interface.ts";
import { type Failure, usageError } from "./failure.ts";
import type { FlowOptions } from "./flow-options.ts";
import { flowSubjects } from "./flow-subjects.ts";
import { openProgram } from "./program.ts";
import type { Terminal } from "./terminal.ts";

const usualLength = 30;

/** With parameters as they are drawn at first, and a random example. */
export const portraitOfProgram = (
  terminal: Terminal,
  file: string,
  options: FlowOptions,
): E.Either<Failure, Portrait> =>
  pipe(
    ofRuns(options),
    E.flatMap(() => openProgram(terminal, file, { ...options, precision: "f64", exports: ["init", "pack"] })),
    E.bind("example", ({ compiled }) => randomExampleOf(compiled, options.length, options.seed, usualLength)),
    E.bind("subjects", ({ compiled }) => flowSubjects(terminal, compiled.elaborated, options)),
    E.map(({ compiled, example, subjects }) => {
      const flow = flowOf(compiled.elaborated, subjects)(compiled.init(options.seed), example);
      return {
        model: compiled.model.name,
        about: `as initialised by seed ${options.seed}, on a random example`,
        flows: [{ when: "", flow }],
      };
    }),
  );

/** A random example, as long as is asked for. */
export const randomExampleOf = (
  compiled: Compiled,
  lengths: FlowOptions["length"],
  seed: number,
  usual: number,
): E.Either<Failure, Example> => {
  const unknown = unknownLength(compiled, lengths);
  if (unknown !== undefined) return E.left(usageError(unknown));
  return E.right(
    randomExample(compiled.model, xoroshiro128plus(seed), (name) => {
      const given = lengths[name] ?? usual;
      return { least: given, greatest: given };
    }),
  );
};

/** What only a run has. */
const ofRuns = ({ data, example, last, format, columns }: FlowOptions): E.Either<Failure, void> => {
  const given = { data, example, last: last || undefined, format, columns };
  const [name] = Object.entries(given).find(([, value]) => value !== undefined) ?? [];
  return name === undefined
    ? E.right(undefined)
    : E.left(usageError(`--${name} is for a run; a program is followed on a random example`));
};

const unknownLength = ({ model }: Compiled, given: FlowOptions["length"]): string | undefined => {
  const names = model.axes.flatMap(({ length }) => (typeof length === "string" ? [length] : []));
  const unknown = Object.keys(given).find((name) => !names.includes(name));
  return unknown === undefined
    ? undefined
    : `There is no length ${unknown}; the lengths are ${[...new Set(names)].join(", ") || "all fixed"}`;
};
