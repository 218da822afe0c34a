import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import type { NonEmptyArray } from "fp-ts/lib/NonEmptyArray.js";
import * as t from "io-ts";
import type { Model } from "./circuit/model.ts";
import { elaborate } from "./elaborate/elaborate.ts";
import type { Load } from "./elaborate/library.ts";
import { optionPage } from "./elaborate/pages/options.ts";
import { type Compiled, compileModel } from "./emit/compiled.ts";
import { ExportName } from "./emit/exports.ts";
import { optimisations } from "./emit/optimisations.ts";
import { Memory } from "./schedule/memory.ts";
import { noOtherFiles, withStandardLibrary } from "./std/load.ts";
import type { Diagnostic } from "./syntax/diagnostic.ts";
import { parse } from "./syntax/parse.ts";
import { optimiserRules } from "./transform/training-step.ts";

export type { Compiled } from "./emit/compiled.ts";

/** What a caller may ask of the compiler. Checked once, here; plain data from here on. */
export const CompileOptions = t.readonly(
  t.exact(
    t.partial({
      /** The path that messages name and that imports are relative to. */
      file: t.string,
      /** Which model, if the program has several. */
      model: t.string,
      /** Values of the model's static parameters: numbers, or names of cells and functions. */
      statics: t.record(t.string, t.union([t.number, t.string])),
      precision: t.union([t.literal("f32"), t.literal("f64")]),
      /** What the model runs as; by default WebAssembly for single precision, JavaScript for double. */
      target: t.union([t.literal("js"), t.literal("wasm")]),
      /** What a batch's loss is: the mean or the sum over its examples, or the mean over its observed values. */
      loss: t.union([t.literal("mean"), t.literal("sum"), t.literal("perObservation")]),
      /** Inputs whose gradient is wanted besides those of the parameters. */
      wrt: t.readonlyArray(t.string),
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
      /** Optimisations to do without, by name: results are the same, as far as rounding allows. */
      without: t.readonlyArray(t.string),
    }),
  ),
  "CompileOptions",
);
export type CompileOptions = t.TypeOf<typeof CompileOptions>;

type Checked<A> = E.Either<NonEmptyArray<Diagnostic>, A>;

/**
 * The whole compiler; `load` finds the programs that a user imports. After `elaborate` the program is right: a later
 * failure is a fault of ours.
 */
export const compile = (source: string, options: CompileOptions = {}, load: Load = noOtherFiles): Checked<Compiled> =>
  pipe(
    decode(options),
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

const decode = (options: CompileOptions): Checked<CompileOptions> =>
  pipe(
    CompileOptions.decode(options),
    E.mapLeft((errors) => {
      const keys = errors.map(({ context }) => context.map(({ key }) => key).find((key) => key !== ""));
      return [wrongOption("", `The compiler cannot use the option ${[...new Set(keys)].join(", ")}.`)];
    }),
  );

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

const wrongOption = (file: string, message: string, hint?: string): Diagnostic => ({
  code: optionPage.code,
  severity: "error",
  title: optionPage.title,
  message,
  labels: [{ span: { file, start: 0, end: 0 }, text: "" }],
  ...(hint === undefined ? {} : { hint }),
});
