import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import * as t from "io-ts";
import { Coding } from "../data/coding/coding.ts";
import { DataPlan } from "../data/plan.ts";
import { Vocabulary } from "../data/vocabulary.ts";
import { TargetName } from "../emit/back-ends.ts";
import type { Params, Values } from "../runtime/interface.ts";
import { Memory } from "../schedule/recompute/memory.ts";
import { writeAtomically } from "./atomic-file.ts";
import { decodeContainer, encodeContainer } from "./container.ts";
import type { FileProblem } from "./file-problem.ts";
import { Settings } from "./settings.ts";
import type { Training } from "./step.ts";
import { chosenParams, type Measured, nothingWatched, type Watch } from "./watch.ts";

/** What a training was asked for: with the same recipe and data it gives the same bits. */
const Recipe = t.readonly(
  t.intersection([
    t.type({
      /** The source as it was compiled, and the folder that its imports are relative to. */
      source: t.string,
      file: t.string,
      model: t.union([t.string, t.null]),
      statics: t.readonly(t.record(t.string, t.union([t.number, t.string]))),
      precision: t.keyof({ f32: null, f64: null }),
      target: t.union([TargetName, t.null]),
      settings: Settings,
      data: DataPlan,
      vocabulary: t.union([Vocabulary, t.null]),
    }),
    t.partial({
      coding: Coding,
      memory: Memory,
      freeze: t.readonlyArray(t.string),
      without: t.readonlyArray(t.string),
    }),
  ]),
);
export type Recipe = t.TypeOf<typeof Recipe>;

/** A training as it is saved: what was asked for, and how far it came. */
export interface Run {
  readonly recipe: Recipe;
  readonly training: Training;
}

/** What a run is used by: the weights of the lowest held-out loss, where some was measured, or the last. */
export const weightsOf = ({ training }: Pick<Run, "training">, last = false): Params =>
  chosenParams(training, last ? "last" : "best");

// JSON has no NaN: a loss that is not there yet is null.
const LossNumber = t.union([t.number, t.null]);
const CarriedHeader = t.readonly(
  t.type({
    size: t.number,
    position: t.number,
    lengths: t.readonly(t.record(t.string, t.readonlyArray(t.number))),
  }),
);
const MeasuredHeader = t.union([t.readonly(t.type({ step: t.number, heldOut: LossNumber })), t.null]);
const WatchHeader = t.readonly(
  t.type({
    last: MeasuredHeader,
    best: MeasuredHeader,
    vain: t.number,
    vainHere: t.number,
    plateaus: t.number,
  }),
);
const Header = t.readonly(
  t.intersection([
    t.type({
      recipe: Recipe,
      step: t.number,
      cursor: t.readonly(t.type({ epoch: t.number, index: t.number, random: t.readonlyArray(t.number) })),
      carried: t.union([CarriedHeader, t.null]),
      loss: LossNumber,
      average: LossNumber,
    }),
    t.partial({ norm: LossNumber, watch: WatchHeader }),
  ]),
);

/** The file that holds a run in its folder. */
export const runFile = (folder: string): string => join(folder, "run.rnnc");

export const saveRun = (folder: string, run: Run): E.Either<FileProblem, void> =>
  writeAtomically(runFile(folder), encodeRun(run));

export const loadRun = (folder: string): E.Either<string, Run> =>
  pipe(
    E.tryCatch(
      () => readFileSync(runFile(folder)),
      (error) => unreadable(folder, (error as NodeJS.ErrnoException).code),
    ),
    E.flatMap((bytes) =>
      pipe(
        decodeRun(bytes),
        E.mapLeft((reason) => `I cannot read ${runFile(folder)}: ${reason}`),
      ),
    ),
  );

const unreadable = (folder: string, code: string | undefined): string =>
  code === "ENOENT" || code === "ENOTDIR"
    ? `I find no run in ${folder} (there is no ${runFile(folder)})`
    : `I cannot read ${runFile(folder)} (${code})`;

export const encodeRun = ({ recipe, training }: Run): Uint8Array => {
  const { step, params, memories, cursor, carried, loss, average, norm, watch } = training;
  return encodeContainer({
    header: {
      recipe,
      step,
      cursor,
      carried: carried && {
        size: carried.size,
        position: carried.position,
        lengths: Object.fromEntries(Object.entries(carried.lengths).map(([name, of]) => [name, [...of]])),
      },
      loss,
      average,
      norm,
      watch: { ...watch, best: watch.best && { step: watch.best.step, heldOut: watch.best.heldOut } },
    },
    tensors: {
      ...prefixed("param", params),
      ...prefixed("memory", memories),
      ...prefixed("state", carried?.values ?? {}),
      ...prefixed("context", carried?.context ?? {}),
      // Those of now are not written twice.
      ...prefixed("best", watch.best === null || watch.best.step === step ? {} : watch.best.params),
    },
  });
};

export const decodeRun = (bytes: Uint8Array): E.Either<string, Run> =>
  pipe(
    decodeContainer(bytes),
    E.flatMap(({ header, tensors }) =>
      pipe(
        Header.decode(header),
        E.mapLeft(() => "its header is not one that this version writes"),
        E.map(({ recipe, step, cursor, carried, loss, average, norm, watch }) => ({
          recipe,
          training: {
            step,
            params: withPrefix("param", tensors),
            memories: withPrefix("memory", tensors),
            cursor,
            carried: carried && {
              size: carried.size,
              position: carried.position,
              lengths: Object.fromEntries(
                Object.entries(carried.lengths).map(([name, of]) => [name, Int32Array.from(of)]),
              ),
              values: withPrefix("state", tensors),
              context: withPrefix("context", tensors),
            },
            loss: loss ?? Number.NaN,
            average: average ?? Number.NaN,
            norm: norm ?? Number.NaN,
            watch: watch === undefined ? nothingWatched : watchOf(watch, step, tensors),
          },
        })),
      ),
    ),
  );

const watchOf = (
  watch: t.TypeOf<typeof WatchHeader>,
  step: number,
  tensors: Readonly<Record<string, Values>>,
): Watch => {
  const best = measured(watch.best);
  const params = best === null ? {} : withPrefix(best.step === step ? "param" : "best", tensors);
  return { ...watch, last: measured(watch.last), best: best && { ...best, params } };
};

const measured = (header: t.TypeOf<typeof MeasuredHeader>): Measured | null =>
  header && { step: header.step, heldOut: header.heldOut ?? Number.NaN };

const prefixed = (prefix: string, params: Params): Record<string, Values> =>
  Object.fromEntries(Object.entries(params).map(([path, values]) => [`${prefix}/${path}`, values]));

const withPrefix = (prefix: string, tensors: Readonly<Record<string, Values>>): Params =>
  Object.fromEntries(
    Object.entries(tensors)
      .filter(([name]) => name.startsWith(`${prefix}/`))
      .map(([name, values]) => [name.slice(prefix.length + 1), values]),
  );
