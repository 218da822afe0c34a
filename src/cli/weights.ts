import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import type { Values } from "../runtime/interface.ts";
import { tableOf } from "../table.ts";
import { explainLockProblem, type LockProblem, lockFolder } from "../train/lock.ts";
import type { Run } from "../train/run.ts";
import { loadRun, saveRun } from "../train/run-folder.ts";
import { nothingWatched } from "../train/watch.ts";
import { valuesOf } from "../weights/decode.ts";
import { besides, type Mapped, mapped } from "../weights/mapped.ts";
import { fittingWeights } from "../weights/renamed.ts";
import { encodeSafetensors, type Safetensors, type Shaped } from "../weights/safetensors.ts";
import { type Failure, usageError } from "./failure.ts";
import { document } from "./json.ts";
import { besideRun, byEnding } from "./output-file.ts";
import type { Terminal } from "./terminal.ts";
import { isFolder, isOnnx, misfit, weightsIn, weightsOfRun } from "./weights-files.ts";
import { asExported, asImported, hintOf } from "./weights-of-dialect.ts";
import type { DialectOptions } from "./weights-options.ts";
import { unwritable, writeFile } from "./write-file.ts";

/** By default the best weights, where some were measured. */
interface WhichWeights {
  readonly last?: boolean;
}

/** `rnnc weights show RUN|FILE` */
export const showWeights =
  (terminal: Terminal) =>
  (path: string, { last, json }: WhichWeights & AsJson): E.Either<Failure, void> =>
    pipe(
      isFolder(path) ? E.map((run: Run) => weightsOfRun(run, last))(loaded(path)) : weightsIn(path),
      E.map(({ tensors }) => {
        const rows = Object.entries(tensors)
          .toSorted(([a], [b]) => (a < b ? -1 : 1))
          .map(([name, tensor]) => ({ name, shape: tensor.shape, type: tensor.type, ...statistics(valuesOf(tensor)) }));
        return terminal.out(json ? document({ weights: rows }) : textOf(rows));
      }),
    );

interface AsJson {
  readonly json: boolean;
}

interface Row extends Statistics {
  readonly name: string;
  readonly shape: ReadonlyArray<number>;
  readonly type: string;
}

const textOf = (rows: ReadonlyArray<Row>): string =>
  tableOf(
    [
      ["name", "shape", "type", "min", "mean", "max"],
      ...rows.map(({ name, shape, type, ...found }) => [
        name,
        `[${shape.join(", ")}]`,
        type,
        ...[found.min, found.mean, found.max].map((value) => value?.toPrecision(4) ?? ""),
      ]),
    ],
    3,
  )
    .map((line) => `${line}\n`)
    .join("");

/** `rnnc weights export RUN -o FILE` */
export const exportWeights =
  (terminal: Terminal) =>
  (folder: string, options: ExportOptions): E.Either<Failure, void> =>
    pipe(
      byEnding(options.out, { ".safetensors": true }, true, "weights are written as"),
      E.tap(() => besideRun(options.out, folder)),
      E.flatMap(() => loaded(folder)),
      E.flatMap((run) => asExported(terminal, run, options)),
      E.flatMap((weights) => writeFile(options.out, encodeSafetensors(weights))),
      E.map(() =>
        options.json
          ? terminal.out(document({ run: folder, weights: options.out }))
          : terminal.err(`Wrote ${options.out}.\n`),
      ),
    );

export interface ExportOptions extends WhichWeights, AsJson, DialectOptions {
  readonly out: string;
}

export interface ImportOptions extends DialectOptions, AsJson {
  readonly from: string;
  readonly map: Readonly<Record<string, string>>;
}

/** `rnnc weights import RUN --from FILE`: what the optimiser remembers, and the step, stay. */
export const importWeights =
  (terminal: Terminal) =>
  (folder: string, options: ImportOptions): E.Either<Failure, void> => {
    const { from, map } = options;
    // A folder that is no run is told before anything is made in it.
    const release = pipe(
      loaded(folder),
      E.flatMap(() => E.mapLeft((problem: LockProblem) => usageError(explainLockProblem(problem)))(lockFolder(folder))),
    );
    if (E.isLeft(release)) return release;
    try {
      return pipe(
        loaded(folder),
        E.bindTo("run"),
        E.bind("given", ({ run }) => asImported(terminal, run, options)),
        E.let("meant", ({ run, given }) => mapped(given, run.shapes, map, isOnnx(from))),
        E.bind("params", ({ run, given, meant }) => fitted(options, run, given, meant)),
        E.tap(({ meant }) => {
          for (const told of meant.told) terminal.err(`${told}.\n`);
          return E.right(undefined);
        }),
        E.flatMap(({ run, params }) => E.mapLeft(unwritable)(saveRun(folder, withWeights(run, params)))),
        E.map(() =>
          options.json
            ? terminal.out(document({ run: folder, weights: from }))
            : terminal.err(`${folder} has the weights of ${from}.\n`),
        ),
      );
    } finally {
      release.right();
    }
  };

const fitted = (
  options: ImportOptions,
  run: Run,
  given: Safetensors,
  { file, renaming }: Mapped,
): E.Either<Failure, Readonly<Record<string, Shaped>>> => {
  const { wanted, others } = withoutConstants(file, run.shapes, renaming);
  const names = new Set(Object.keys(wanted.tensors).map((name) => renaming[name] ?? name));
  const missing = Object.fromEntries(Object.entries(run.shapes).filter(([name]) => !names.has(name)));
  return pipe(
    isOnnx(options.from) ? wanted : file,
    fittingWeights(run.shapes, renaming, run.training.params),
    E.mapLeft((problems) =>
      isOnnx(options.from) && Object.keys(missing).length > 0 ? [...problems, ...besides(others, missing)] : problems,
    ),
    E.mapLeft(misfit(options.from, hintOf(options, given))),
  );
};

/** A graph has numbers of its own beside its weights. */
const withoutConstants = (
  weights: Safetensors,
  shapes: Run["shapes"],
  map: ImportOptions["map"],
): { readonly wanted: Safetensors; readonly others: Safetensors } => {
  const isWanted = (name: string): boolean => Object.hasOwn(shapes, name) || Object.hasOwn(map, name);
  const of = (isTaken: (name: string) => boolean): Safetensors => ({
    ...weights,
    tensors: Object.fromEntries(Object.entries(weights.tensors).filter(([name]) => isTaken(name))),
  });
  return { wanted: of(isWanted), others: of((name) => !isWanted(name)) };
};

const withWeights = (run: Run, weights: Readonly<Record<string, { readonly values: Values }>>): Run => ({
  ...run,
  training: {
    ...run.training,
    // What was measured was measured of others; the rate stays where plateaus have brought it.
    watch: { ...nothingWatched, plateaus: run.training.watch.plateaus },
    params: Object.fromEntries(
      Object.entries(run.training.params).map(([path, before]) => {
        const { values } = weights[path]!;
        return [path, before instanceof Float64Array ? Float64Array.from(values) : Float32Array.from(values)];
      }),
    ),
  },
});

const loaded = (folder: string): E.Either<Failure, Run> => E.mapLeft(usageError)(loadRun(folder));

interface Statistics {
  readonly min: number | null;
  readonly mean: number | null;
  readonly max: number | null;
}

/** Of no values, or of a type whose values are not read, there are none. */
const statistics = (values: Values | undefined): Statistics => {
  if (values === undefined || values.length === 0) return { min: null, mean: null, max: null };
  let [min, max, sum] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
  for (const value of values) [min, max, sum] = [Math.min(min, value), Math.max(max, value), sum + value];
  return { min, mean: sum / values.length, max };
};
