import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import type { ModelInfo } from "../runtime/interface.ts";
import type { Recipe } from "../train/run.ts";
import { loadRun } from "../train/run-folder.ts";
import type { Training } from "../train/step.ts";
import { valuesOf } from "../weights/decode.ts";
import { dialectOf } from "../weights/dialects/dialects.ts";
import type { Tensor } from "../weights/safetensors.ts";
import { unusable } from "../weights/unusable.ts";
import { type Failure, usageError } from "./failure.ts";
import type { Prepared } from "./task-of-recipe.ts";
import type { Terminal } from "./terminal.ts";
import { isFolder, listed, weightsIn, weightsOfRun } from "./weights-files.ts";
import { newWords } from "./words-of-before.ts";

/** The weights that a training begins with, by name. */
export interface Start {
  readonly from: string;
  readonly tensors: Readonly<Record<string, Tensor>>;
  /** Of weights that a run has: what it was asked for. */
  readonly before: Recipe | undefined;
}

/** Those of a run, the best that were measured, or those in a file. */
export const startIn = (from: string): E.Either<Failure, Start> =>
  isFolder(from)
    ? pipe(
        loadRun(from),
        E.bimap(usageError, (run): Start => ({ from, tensors: weightsOfRun(run, false).tensors, before: run.recipe })),
      )
    : pipe(
        weightsIn(from),
        E.map(({ tensors }): Start => ({ from, tensors, before: undefined })),
      );

type Parameter = ModelInfo["params"][number];

const fits = ({ tensors }: Start, { path, shape }: Parameter): boolean => {
  const tensor = Object.hasOwn(tensors, path) ? tensors[path] : undefined;
  return tensor !== undefined && tensor.shape.join() === shape.join() && valuesOf(tensor) !== undefined;
};

/** Which parameters begin with what was given, and which are drawn; it is refused if none fits. */
export const tellStart = (
  terminal: Terminal,
  start: Start,
  { recipe, compiled: { model } }: Pick<Prepared, "recipe" | "compiled">,
): E.Either<Failure, void> => {
  const { name, params } = model;
  const fresh = params.filter((parameter) => !fits(start, parameter));
  const some = (all: ReadonlyArray<string>): string =>
    all.length <= 12 ? all.join(", ") : `${all.slice(0, 12).join(", ")}, … (${all.length})`;
  const why = ({ path, shape }: Parameter): string => {
    const tensor = Object.hasOwn(start.tensors, path) ? start.tensors[path] : undefined;
    return tensor === undefined
      ? path
      : `${path} ([${shape.join(", ")}], and [${tensor.shape.join(", ")}] of ${tensor.type} there)`;
  };
  const dialect = dialectOf(start);
  const hint =
    dialect === undefined
      ? ""
      : ` (\`rnnc weights import RUN --from ${start.from} --dialect ${dialect}\` reads it into a run, whose weights --init takes)`;
  if (fresh.length === params.length)
    return E.left(
      usageError(
        `${start.from} has no weight with the name and shape of a parameter of ${name}${hint}: it has ${some(Object.keys(start.tensors))}, and the model ${some(params.map(why))}`,
      ),
    );
  const rest = fresh.length === 0 ? "" : `; drawn anew: ${some(fresh.map(why))}`;
  const others = newWords(recipe, start.before).map((variable) => ` ${variable} has other words than there.`);
  terminal.err(
    `Begins with ${params.length - fresh.length} of ${params.length} weights of ${start.from}${rest}.${others.join("")}\n`,
  );
  return E.right(undefined);
};

/** A training that has not begun, with the weights that fit; on the left, those that are no finite numbers. */
export const startedFrom = (start: Start, { params }: ModelInfo, begun: Training): E.Either<Failure, Training> => {
  const given = params.flatMap((parameter) => {
    const { path, shape } = parameter;
    return fits(start, parameter) ? [{ path, shape, values: valuesOf(start.tensors[path]!)! }] : [];
  });
  const problems = given.flatMap(({ path, ...shaped }) => {
    const odd = unusable(shaped, begun.params[path]!);
    return odd === undefined ? [] : [`${path} has ${odd}`];
  });
  if (problems.length > 0) return E.left(listed(`A training cannot begin with the weights of ${start.from}`, problems));
  const taken = given.map(({ path, values }) => [
    path,
    begun.params[path] instanceof Float64Array ? Float64Array.from(values) : Float32Array.from(values),
  ]);
  return E.right({ ...begun, params: { ...begun.params, ...Object.fromEntries(taken) } });
};
