import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Compiled } from "../../src/compile.ts";
import { classNameOf, pytorchText } from "../../src/export/pytorch/module.ts";
import { trainerText } from "../../src/export/pytorch/trainer.ts";
import type { Example, Params } from "../../src/runtime/interface.ts";
import { type LogLine, readLog } from "../../src/train/log.ts";
import type { LossScale } from "../../src/transform/batch-loss.ts";
import { decodeSafetensors, valuesOf } from "../../src/weights/decode.ts";
import { safetensorsOf } from "../../src/weights/renamed.ts";
import { encodeSafetensors } from "../../src/weights/safetensors.ts";
import { newFolder } from "../cli/run-rnnc.ts";

/** A script that trains, in so many processes. */
export interface Run {
  readonly script: string;
  readonly world: number;
  readonly words: ReadonlyArray<string>;
  /** Before this step the last process is killed. */
  readonly dies?: number;
}

export interface Ended {
  readonly codes: ReadonlyArray<number>;
  readonly told: string;
}

/** A model exported with what trains it, the weights that it begins with, and examples. */
export const exportedTrainer = (model: Compiled, loss: LossScale, params: Params, examples: ReadonlyArray<Example>) => {
  const folder = newFolder();
  const [module, script, data] = ["model.py", "train.py", "rows.jsonl"].map((name) => join(folder, name));
  const shaped = Object.fromEntries(
    model.model.params.map(({ path, shape }) => [path, { shape, values: params[path]! }]),
  );
  writeFileSync(module!, pytorchText(model.elaborated, { loss, sourceOf: () => undefined }));
  writeFileSync(script!, trainerText(module!, classNameOf(model.elaborated.name), loss));
  writeFileSync(join(folder, "model.safetensors"), encodeSafetensors(safetensorsOf(shaped)));
  writeFileSync(data!, examples.map((example) => `${JSON.stringify(example)}\n`).join(""));
  return { folder, script: script!, data: data! };
};

export const logOf = (folder: string): ReadonlyArray<LogLine> => readLog(folder);

/** The numbers of a file of weights, by path. */
export const weightsIn = (path: string): Readonly<Record<string, ReadonlyArray<number>>> => {
  const file = decodeSafetensors(readFileSync(path));
  if (file._tag === "Left") throw new Error(file.left);
  return Object.fromEntries(
    Object.entries(file.right.tensors).map(([name, tensor]) => [name, Array.from(valuesOf(tensor)!)]),
  );
};

/** How far numbers are apart at most, relative to the greater of two, or to 1. */
export const apart = (expected: ReadonlyArray<number>, found: ReadonlyArray<number>): number =>
  expected.length !== found.length
    ? Number.POSITIVE_INFINITY
    : expected.reduce((worst, value, i) => Math.max(worst, between(value, found[i]!)), 0);

const between = (a: number, b: number): number => {
  const error = Math.abs(a - b) / Math.max(1, Math.abs(a), Math.abs(b));
  return Number.isNaN(error) ? Number.POSITIVE_INFINITY : error;
};
