import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import type { NonEmptyArray } from "fp-ts/lib/NonEmptyArray.js";
import type { Model } from "./circuit/model.ts";
import { type CompileOptions, decodeOptions, wrongOption } from "./compile-options.ts";
import { elaborate } from "./elaborate/elaborate.ts";
import type { Load } from "./elaborate/library.ts";
import { type Compiled, compileModel } from "./emit/compiled.ts";
import { optimisations } from "./emit/optimisations.ts";
import { noOtherFiles, withStandardLibrary } from "./std/load.ts";
import type { Diagnostic } from "./syntax/diagnostic.ts";
import { parse } from "./syntax/parse.ts";

export { CompileOptions } from "./compile-options.ts";
export type { Compiled } from "./emit/compiled.ts";

type Checked<A> = E.Either<NonEmptyArray<Diagnostic>, A>;

/**
 * The whole compiler; `load` finds the programs that a user imports. After `elaborate` the program is right: a later
 * failure is a fault of ours.
 */
export const compile = (source: string, options: CompileOptions = {}, load: Load = noOtherFiles): Checked<Compiled> =>
  pipe(
    asked(source, options, load),
    E.flatMap(
      ({
        file = "model.rnn",
        model,
        statics = {},
        precision = "f32",
        target,
        loss = "mean",
        wrt = [],
        optimiser,
        memory,
        exports,
        names = false,
        without = [],
      }) =>
        pipe(
          switchedOff(without, file),
          E.flatMap(() => parse(source, file)),
          E.flatMap(elaborate({ statics, load: withStandardLibrary(load), ...(model === undefined ? {} : { model }) })),
          E.flatMap(withInputs(wrt, file)),
          E.map(
            compileModel({
              precision,
              target,
              loss,
              wrt,
              optimiser,
              memory,
              exports,
              names,
              without: new Set(without),
            }),
          ),
        ),
    ),
  );

/** What a program in JavaScript may give, which no types have seen. */
const asked = (source: unknown, options: unknown, load: unknown): Checked<CompileOptions> => {
  if (typeof source !== "string") return E.left([wrongOption("", "The source is to be a text.")]);
  if (typeof load !== "function") return E.left([wrongOption("", "What finds imported programs is to be a function.")]);
  return pipe(
    decodeOptions(options),
    E.mapLeft(([first, ...others]): NonEmptyArray<Diagnostic> => [first, ...others]),
  );
};

/** A gradient can be asked for by inputs that the model has. */
const withInputs =
  (wrt: ReadonlyArray<string>, file: string) =>
  (model: Model): Checked<Model> => {
    const known = model.inputs.map(({ name }) => name);
    const [unknown] = wrt.filter((name) => !known.includes(name));
    if (unknown === undefined) return E.right(model);
    return E.left([
      wrongOption(file, `There is no input ${unknown} to take a gradient by.`, `The inputs are ${known.join(", ")}.`),
    ]);
  };

const switchedOff = (names: ReadonlyArray<string>, file: string): Checked<ReadonlyArray<string>> => {
  const known = optimisations.map(({ name }) => name);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown === undefined) return E.right(names);
  const message = `There is no optimisation ${unknown} to do without.`;
  return E.left([wrongOption(file, message, `The optimisations are ${known.join(", ")}.`)]);
};
