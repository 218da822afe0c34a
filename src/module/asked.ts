import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import type { NonEmptyArray } from "fp-ts/lib/NonEmptyArray.js";
import type { Model } from "../circuit/model.ts";
import type { Diagnostic } from "../syntax/diagnostic.ts";
import type { LossScale } from "../transform/batch-loss.ts";
import { optimisations } from "./optimisations.ts";
import { type CompileOptions, decodeOptions, wrongOption } from "./options.ts";

type Checked<A> = E.Either<NonEmptyArray<Diagnostic>, A>;

/** What a program in JavaScript may give, which no types have seen. */
export const asked = (source: unknown, options: unknown, load: unknown): Checked<CompileOptions> => {
  if (typeof source !== "string") return E.left([wrongOption("", "The source is to be a text.")]);
  if (typeof load !== "function") return E.left([wrongOption("", "What finds imported programs is to be a function.")]);
  return pipe(
    decodeOptions(options),
    E.mapLeft(([first, ...others]): NonEmptyArray<Diagnostic> => [first, ...others]),
    E.flatMap(withKnownOptimisations),
  );
};

const withKnownOptimisations = (options: CompileOptions): Checked<CompileOptions> => {
  const known = optimisations.map(({ name }) => name);
  const unknown = options.without?.find((name) => !known.includes(name));
  if (unknown === undefined) return E.right(options);
  const message = `There is no optimisation ${unknown} to do without.`;
  return E.left([wrongOption(options.file ?? "", message, `The optimisations are ${known.join(", ")}.`)]);
};

/** A gradient can be asked for by inputs that the model has. */
export const withInputs =
  (wrt: ReadonlyArray<string>, file: string) =>
  (model: Model): Checked<Model> => {
    const known = model.inputs.map(({ name }) => name);
    const [unknown] = wrt.filter((name) => !known.includes(name));
    if (unknown === undefined) return E.right(model);
    return E.left([
      wrongOption(file, `There is no input ${unknown} to take a gradient by.`, `The inputs are ${known.join(", ")}.`),
    ]);
  };

/** Parameters whose paths match a pattern are fixed; one that matches none was meant for another program. */
export const withFrozen =
  (patterns: ReadonlyArray<string>, file: string) =>
  (model: Model): Checked<Model> => {
    if (patterns.length === 0) return E.right(model);
    const paths = model.parameters.map(({ path }) => path);
    const vain = patterns.find((pattern) => !paths.some(matching(pattern)));
    if (vain !== undefined) {
      const hint = paths.length === 0 ? "It has none." : `The parameters are ${paths.join(", ")}.`;
      return E.left([wrongOption(file, `There is no parameter ${vain} to freeze.`, hint)]);
    }
    const isFrozen = (path: string): boolean => patterns.some((pattern) => matching(pattern)(path));
    return E.right({
      ...model,
      parameters: model.parameters.map((each) => (isFrozen(each.path) ? { ...each, isFixed: true } : each)),
    });
  };

/** Whether a path is one of a pattern: `*` stands for any text, dots among it, and `?` for one letter. */
const matching = (pattern: string): ((path: string) => boolean) => {
  const escaped = pattern.replaceAll(/[.+^${}()|[\]\\]/g, "\\$&");
  const form = new RegExp(`^${escaped.replaceAll(/\*+/g, ".*").replaceAll("?", ".")}$`, "u");
  return (path) => form.test(path);
};

/** A loss of a batch by its observed values is asked of a model that observes some. */
export const withLoss =
  (loss: LossScale, file: string) =>
  (model: Model): Checked<Model> =>
    loss !== "perObservation" || model.randoms.length > 0
      ? E.right(model)
      : E.left([
          wrongOption(
            file,
            `${model.name} observes nothing that its loss could be divided by.`,
            "A loss per observation is that of a model with a `~`; the others are the sum and the mean over examples.",
          ),
        ]);
