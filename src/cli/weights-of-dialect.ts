import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import type { Run } from "../train/run.ts";
import { type CellInstance, cellsOf, optionsOf } from "../weights/dialects/cells.ts";
import { type AskedDialect, dialectOf, dialects } from "../weights/dialects/dialects.ts";
import { fileLayers } from "../weights/dialects/file-layers.ts";
import { onnx } from "../weights/dialects/onnx.ts";
import { translated } from "../weights/dialects/translate.ts";
import { writtenAs } from "../weights/dialects/written.ts";
import type { Safetensors } from "../weights/safetensors.ts";
import { type Failure, usageError } from "./failure.ts";
import { compileRecipe } from "./task-of-recipe.ts";
import type { Terminal } from "./terminal.ts";
import { isOnnx, listed, misfit, shapedWeights, weightsIn, weightsOfRun } from "./weights-files.ts";
import type { DialectOptions } from "./weights-options.ts";

/** The weights of a run as a file has them, of a dialect if one is named. */
export const asExported = (
  terminal: Terminal,
  run: Run,
  options: DialectOptions & { readonly last?: boolean },
): E.Either<Failure, Safetensors> =>
  pipe(
    dialectIn(options),
    E.flatMap((dialect) =>
      dialect === undefined
        ? E.right(weightsOfRun(run, options.last))
        : pipe(
            cellsIn(terminal, run, dialect),
            E.flatMap((cells) =>
              pipe(
                writtenAs(dialect, cells, options.layer, shapedWeights(run, options.last)),
                E.mapLeft((problems) => listed(`The weights cannot be written for ${dialect.dialect.name}`, problems)),
                E.map(tellingOptions(terminal, dialect, cells)),
              ),
            ),
          ),
    ),
  );

/** The weights in a file, under the names of the model wherever a dialect says which they are. */
export const asImported = (
  terminal: Terminal,
  run: Run,
  options: DialectOptions & { readonly from: string },
): E.Either<Failure, Safetensors> =>
  pipe(
    E.Do,
    E.bind("file", () => weightsIn(options.from)),
    E.bind("dialect", ({ file }) => dialectOfFile(options, file)),
    E.flatMap(({ file, dialect }) =>
      dialect === undefined
        ? E.right(file)
        : pipe(
            cellsIn(terminal, run, dialect),
            E.flatMap((cells) =>
              pipe(
                translated(dialect, cells, options.layer, file),
                E.mapLeft(misfit(options.from, hintOf(options, file))),
                E.map(tellingOptions(terminal, dialect, cells)),
              ),
            ),
          ),
    ),
  );

/** What stands in no file: which functions a layer must be made with. */
const tellingOptions =
  (terminal: Terminal, dialect: AskedDialect, cells: ReadonlyArray<CellInstance>) =>
  (weights: Safetensors): Safetensors => {
    for (const told of optionsOf(dialect, cells)) terminal.err(`${told}, which a file of weights does not say.\n`);
    return weights;
  };

/** A file may have the layers of a dialect that nobody named, or of another than was named. */
export const hintOf = ({ dialect }: DialectOptions, file: Safetensors): string => {
  const found = dialectOf(file);
  return found === undefined || (dialect !== undefined && fileLayers(dialect.dialect, file.tensors).length > 0)
    ? ""
    : ` (it has layers of ${dialects[found].name}: --dialect ${found} reads them)`;
};

/** A file of ONNX says itself what its layers are. */
const dialectOfFile = (
  options: DialectOptions & { readonly from: string },
  file: Safetensors,
): E.Either<Failure, AskedDialect | undefined> => {
  if (!isOnnx(options.from)) return dialectIn(options);
  if (options.dialect !== undefined)
    return E.left(usageError(`${options.from} says itself what its layers are: leave out --dialect`));
  return E.right(fileLayers(onnx, file.tensors).length > 0 ? { dialect: onnx, word: undefined } : undefined);
};

/** A dialect, if one is named; which layer is which cell makes no sense without. */
const dialectIn = ({ dialect, layer }: DialectOptions): E.Either<Failure, AskedDialect | undefined> =>
  dialect === undefined && Object.keys(layer).length > 0
    ? E.left(usageError("--layer says which layer of a --dialect is which cell: name the dialect, too"))
    : E.right(dialect);

const cellsIn = (
  terminal: Terminal,
  { recipe }: Run,
  dialect: AskedDialect,
): E.Either<Failure, ReadonlyArray<CellInstance>> =>
  pipe(
    compileRecipe(terminal, recipe, { exports: [] }),
    E.map(({ elaborated }) => cellsOf(elaborated.parameters, dialect)),
    E.filterOrElse(
      (cells) => cells.length > 0,
      () =>
        usageError(
          `The model applies no standard cell that is a layer of ${dialect.dialect.name}${dialect.dialect === onnx ? ownCells : ""}`,
        ),
    ),
  );

/** The gates of such a cell are packed into the tensors of an operation, and nothing says which is which. */
const ownCells =
  ": the weights of an operation LSTM, GRU or RNN go into cells of the standard library alone, not into equations of a program's own, whichever graph they became. A run's own weights come back from a file of rnnc weights export RUN -o FILE.safetensors";
