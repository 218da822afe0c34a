import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as E from "fp-ts/lib/Either.js";
import { encoderOf } from "../../src/cli/examples-of-recipe.ts";
import { learnedOf } from "../../src/cli/learned-of-recipe.ts";
import type { Coding } from "../../src/data/coding/coding.ts";
import { explainDataError } from "../../src/data/data-error.ts";
import { openDataset } from "../../src/data/dataset.ts";
import { encodedAll } from "../../src/data/encoded.ts";
import { listOf } from "../../src/data/examples.ts";
import type { DataPlan } from "../../src/data/plan.ts";
import type { Listed } from "../../src/data/record.ts";
import type { Sample } from "../../src/data/sample.ts";
import type { Example } from "../../src/runtime/interface.ts";
import type { Recipe } from "../../src/train/run.ts";
import { defaultSettings } from "../../src/train/settings.ts";
import { compiledProgram, pathOf } from "./train.ts";

/** Examples as `rnnc train` would read them: the training part teaches the vocabularies, scales and sizes. */
export interface ReadData {
  readonly statics: Readonly<Record<string, number>>;
  readonly coding: Coding;
  readonly training: ReadonlyArray<Example>;
  readonly heldOut: ReadonlyArray<Example>;
}

/** What of a plan a task says of its files. */
export type Reading = Partial<DataPlan> & Pick<DataPlan, "files">;

export const readData = (program: string, reading: Reading, given: Readonly<Record<string, number>> = {}): ReadData => {
  const data: DataPlan = { kind: "examples", streams: 1, window: 1, holdOut: 10, ...reading };
  const asked = recipeOf(program, data, given);
  const dataset = orThrow(openDataset(data, 1), explainDataError);
  const { coding, statics: learned } = orThrow(learnedOf(asked, dataset), ({ text }) => text);
  const statics = { ...given, ...learned };
  const encoder = encoderOf({ ...asked, coding }, compiledProgram(program, { statics, target: "js" }), "training");
  const examplesOf = (samples: Listed<Sample>): ReadonlyArray<Example> =>
    listOf(
      orThrow(
        encodedAll(encoder, samples, 0, () => E.right(0)),
        explainDataError,
      ).examples,
    );
  return { statics, coding, training: examplesOf(dataset.training), heldOut: examplesOf(dataset.heldOut) };
};

const recipeOf = (program: string, data: DataPlan, statics: Readonly<Record<string, number>>): Recipe => ({
  source: readFileSync(pathOf(program), "utf8"),
  file: pathOf(program),
  model: null,
  statics,
  precision: "f32",
  target: null,
  settings: defaultSettings,
  data,
  vocabulary: null,
});

/** Data of a task that do not fit are a mistake in the folder. */
const orThrow = <L, A>(result: E.Either<L, A>, explain: (problem: L) => string): A => {
  if (E.isRight(result)) return result.right;
  throw new Error(explain(result.left));
};

/** Writes records, one a line, where what is built stands; the path of the file. */
export const writeRecords = (name: string, records: ReadonlyArray<object>): string => {
  const path = join(fileURLToPath(new URL("../../build/examples/", import.meta.url)), `${name}.jsonl`);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, records.map((record) => `${JSON.stringify(record)}\n`).join(""));
  return path;
};
