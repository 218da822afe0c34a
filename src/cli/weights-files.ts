import { readFileSync, statSync } from "node:fs";
import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import { type Run, weightsOf } from "../train/run.ts";
import { decodeSafetensors } from "../weights/decode.ts";
import { weightsOfOnnx } from "../weights/onnx-layers.ts";
import { safetensorsOf } from "../weights/renamed.ts";
import type { Safetensors, Shaped } from "../weights/safetensors.ts";
import { type Failure, usageError } from "./failure.ts";

export const weightsOfRun = (run: Run, last: boolean | undefined): Safetensors =>
  safetensorsOf(shapedWeights(run, last));

export const shapedWeights = (run: Run, last: boolean | undefined): Readonly<Record<string, Shaped>> =>
  Object.fromEntries(
    Object.entries(weightsOf(run, last)).map(([path, values]) => [path, { values, shape: run.shapes[path]! }]),
  );

/** Every reason why the weights of a file do not fit. */
export const misfit =
  (file: string, hint = "") =>
  (problems: ReadonlyArray<string>): Failure =>
    listed(`The weights in ${file} do not fit${hint}`, problems);

export const listed = (what: string, problems: ReadonlyArray<string>): Failure =>
  usageError(`${what}:\n  ${problems.join("\n  ")}`);

export const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

export const weightsIn = (path: string): E.Either<Failure, Safetensors> =>
  pipe(
    E.tryCatch(
      () => readFileSync(path),
      (reason) => usageError(`I cannot read ${path} (${(reason as NodeJS.ErrnoException).code})`),
    ),
    E.flatMap((bytes) =>
      isOnnx(path)
        ? E.mapLeft((problems: ReadonlyArray<string>) => listed(`I cannot take the weights of ${path}`, problems))(
            weightsOfOnnx(bytes),
          )
        : E.mapLeft((reason: string) => usageError(`${path} ${reason}`))(decodeSafetensors(bytes)),
    ),
  );

/** Weights of ONNX stand in a file with what computes with them. */
export const isOnnx = (path: string): boolean => path.endsWith(".onnx");
