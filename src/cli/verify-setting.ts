import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import type { Compiled } from "../compile.ts";
import { type LoadedClass, MakeAnswer, type TorchParameter } from "../export/verify/answers.ts";
import { layerLinks, unknownLayers } from "../export/verify/layer-links.ts";
import type { Link } from "../export/verify/links.ts";
import { matched } from "../export/verify/matching.ts";
import type { Conversation } from "../export/verify/python.ts";
import { identifierOf } from "../mangle.ts";
import type { Diagnostic } from "../syntax/diagnostic.ts";
import type { Static } from "../syntax/statics.ts";
import { type Failure, usageError } from "./failure.ts";
import { compileProgram, type Source } from "./program.ts";
import type { Terminal } from "./terminal.ts";
import type { VerifyOptions } from "./verify-options.ts";
import { raisedText } from "./verify-raised.ts";

/** All that stays the same over the cases of a verification. */
export interface Verification {
  readonly terminal: Terminal;
  readonly source: Source;
  readonly options: VerifyOptions;
  readonly python: Conversation;
  readonly loaded: LoadedClass;
  readonly statics: ReadonlyArray<Static>;
  readonly isTold: (warning: Diagnostic) => boolean;
}

/** Model and module at some sizes, and which parameter is which. */
export interface Setting {
  readonly compiled: Compiled;
  readonly arguments: Readonly<Record<string, unknown>>;
  readonly tensors: ReadonlyArray<TorchParameter>;
  readonly links: ReadonlyArray<Link>;
}

type Sizes = Readonly<Record<string, number>>;

export const settingAt = async (of: Verification, sizes: Sizes): Promise<E.Either<Failure, Setting>> => {
  const given = argumentsAt(of, sizes);
  const compiled = pipe(
    given,
    E.flatMap(() => compiledAt(of, sizes)),
  );
  if (E.isLeft(given)) return given;
  if (E.isLeft(compiled)) return compiled;
  const made = await of.python.ask({ ask: "make", arguments: given.right }, MakeAnswer);
  if (E.isLeft(made)) return E.left(usageError(made.left));
  if ("failure" in made.right) return E.left(usageError(raisedText(of.options.against, made.right.failure)));
  const tensors = made.right.parameters;
  return pipe(
    linksOf(of, compiled.right, tensors, sizes),
    E.map((links) => ({ compiled: compiled.right, arguments: given.right, tensors, links })),
  );
};

/** In double precision; with another loss of the batch where that is asked for. */
export const compiledAt = (
  { terminal, source, options, isTold }: Pick<Verification, "terminal" | "source" | "options" | "isTold">,
  sizes: Sizes,
  loss = options.loss,
): E.Either<Failure, Compiled> =>
  pipe(
    compileProgram(terminal, source, {
      set: { ...options.set, ...sizes },
      precision: "f64",
      json: options.json,
      isTold,
      ...(options.model === undefined ? {} : { model: options.model }),
      ...(loss === undefined ? {} : { loss }),
    }),
    E.map(({ compiled }) => compiled),
    E.filterOrElse(
      ({ model }) => model.hasLoss,
      ({ model }) => usageError(`${model.name} has no loss, so there is nothing to hold against ${options.against}`),
    ),
  );

/** Static parameters that are numbers. */
const knownSizes = ({ statics, options }: Pick<Verification, "statics" | "options">, sizes: Sizes): Sizes => {
  const numbers = { ...options.set, ...sizes };
  return Object.fromEntries(
    statics.flatMap(({ name, number }): ReadonlyArray<readonly [string, number]> => {
      const value = numbers[name] ?? number;
      return typeof value === "number" ? [[name, value]] : [];
    }),
  );
};

const argumentsAt = (of: Verification, sizes: Sizes): E.Either<Failure, Readonly<Record<string, unknown>>> => {
  const { loaded, options, statics } = of;
  const known = Object.entries(knownSizes(of, sizes));
  const named = new Map([...known.map(([name, value]) => [identifierOf(name), value] as const), ...known]);
  const strange = Object.keys(options.arg).filter((name) => !loaded.arguments.some((each) => each.name === name));
  const missing = loaded.arguments.filter(
    ({ name, required }) => required && options.arg[name] === undefined && !named.has(name),
  );
  if (strange.length > 0)
    return E.left(
      usageError(
        `--arg ${strange.join(", ")}: the constructor of ${loaded.name} takes ${loaded.arguments.map(({ name }) => name).join(", ") || "nothing"}`,
      ),
    );
  if (missing.length > 0)
    return E.left(
      usageError(
        `The constructor of ${loaded.name} asks for ${missing.map(({ name }) => name).join(", ")}, and the model's static parameters are ${statics.map(({ name }) => name).join(", ") || "none"}: say ${missing.map(({ name }) => `--arg ${name}=VALUE`).join(" ")}, a value or the name of a static parameter`,
      ),
    );
  return E.right(
    Object.fromEntries(
      loaded.arguments.flatMap(({ name }) => {
        const said = options.arg[name];
        const value = said === undefined ? named.get(name) : (named.get(said) ?? literal(said));
        return value === undefined ? [] : [[name, value]];
      }),
    ),
  );
};

/** As JSON where it is some, else as text. */
const literal = (text: string): unknown =>
  pipe(
    E.tryCatch(
      () => JSON.parse(text) as unknown,
      () => text,
    ),
    E.toUnion,
  );

const linksOf = (
  of: Verification,
  { model, elaborated }: Compiled,
  tensors: ReadonlyArray<TorchParameter>,
  sizes: Sizes,
): E.Either<Failure, ReadonlyArray<Link>> =>
  pipe(
    unknownLayers(elaborated.parameters, tensors, of.options.layer),
    E.fromPredicate(
      (unknown) => unknown.length === 0,
      (unknown) => unknown,
    ),
    E.flatMap(() =>
      matched({
        parameters: model.params.map(({ path, shape }) => ({ name: path, shape })),
        tensors,
        maps: of.options.map,
        sizes: knownSizes(of, sizes),
        layers: (left, free) =>
          layerLinks(
            elaborated.parameters.filter(({ path }) => left.some(({ name }) => name === path)),
            free,
            of.options.layer,
          ),
      }),
    ),
    E.mapLeft((problems) =>
      usageError(
        `The parameters of ${model.name} and of ${of.loaded.name} do not go together${sizesText(sizes)}:\n${problems.map((problem) => `  - ${problem}`).join("\n")}\n  --map PATH=NAME says which is which, --layer NAME=PATH which recurrent layer is which cell`,
      ),
    ),
  );

const sizesText = (sizes: Sizes): string =>
  Object.keys(sizes).length === 0
    ? ""
    : ` (at ${Object.entries(sizes)
        .map(([name, size]) => `${name} = ${size}`)
        .join(", ")})`;
