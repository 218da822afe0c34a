import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import * as t from "io-ts";
import { Coding, Vocabulary } from "../data/coding/coding.ts";
import { DataPlan } from "../data/plan.ts";
import { TargetName } from "../emit/back-ends.ts";
import type { ModelInfo, Params } from "../runtime/interface.ts";
import { Memory } from "../schedule/recompute/memory.ts";
import { valuesOf } from "../weights/decode.ts";
import { type Safetensors, tensorOf } from "../weights/safetensors.ts";
import { decodeManifest, encodeManifest, sha256 } from "./manifest.ts";
import { type Damage, FileEntry, type Files, fileOf, manifestName, type Read, tensorsIn } from "./run-files.ts";
import { Settings } from "./settings.ts";
import type { Training } from "./step.ts";
import { chosenParams, type Measured, type Watch } from "./watch.ts";

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
      /** Over how many threads a batch is split: training goes on with the same bits only on as many. */
      threads: t.number,
      freeze: t.readonlyArray(t.string),
      without: t.readonlyArray(t.string),
      /** The run or the file whose weights it began with. */
      init: t.string,
    }),
  ]),
);
export type Recipe = t.TypeOf<typeof Recipe>;

/** A training as it is saved: what was asked for, and how far it came. */
export interface Run {
  readonly recipe: Recipe;
  readonly training: Training;
  /** Of each parameter. */
  readonly shapes: Readonly<Record<string, ReadonlyArray<number>>>;
}

/** What a run is used by: the weights of the lowest held-out loss, where some was measured, or the last. */
export const weightsOf = ({ training }: Pick<Run, "training">, last = false): Params =>
  chosenParams(training, last ? "last" : "best");
export const shapesOf = ({ params }: Pick<ModelInfo, "params">): Run["shapes"] =>
  Object.fromEntries(params.map(({ path, shape }) => [path, shape]));

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
const ManifestHeader = t.readonly(
  t.type({
    step: t.number,
    cursor: t.readonly(t.type({ epoch: t.number, index: t.number, random: t.readonlyArray(t.number) })),
    carried: t.union([CarriedHeader, t.null]),
    loss: LossNumber,
    average: LossNumber,
    norm: LossNumber,
    watch: WatchHeader,
    recipe: Recipe,
    /** The best weights, unless they are those of now. */
    files: t.readonly(t.type({ weights: FileEntry, state: FileEntry, best: t.union([FileEntry, t.null]) })),
  }),
);
/** The norms by parameter: earlier versions saved none, and nothing depends on them. */
const Norms = t.readonly(t.partial({ norms: t.readonly(t.record(t.string, LossNumber)) }));
const Manifest = t.intersection([ManifestHeader, Norms]);
type Manifest = t.TypeOf<typeof Manifest>;

/** What the manifest of a run says which format it is. The first two were single files. */
const format = 3;

/** The files of a run; the manifest, which names the others, is the last. */
export const encodeRun = ({ recipe, training, shapes }: Run): Files => {
  const { step, params, memories, cursor, carried, loss, average, norm, norms, watch } = training;
  const weights = fileOf("weights", step, shaped(params, shapes));
  const state = fileOf("state", step, {
    metadata: {},
    tensors: {
      ...flat("memory", memories),
      ...flat("state", carried?.values ?? {}),
      ...flat("context", carried?.context ?? {}),
    },
  });
  // Those of now are not written twice.
  const best =
    watch.best === null || watch.best.step === step
      ? null
      : fileOf("best", watch.best.step, shaped(watch.best.params, shapes));
  const manifest: Manifest = {
    step,
    loss: numberOrNull(loss),
    average: numberOrNull(average),
    norm: numberOrNull(norm),
    norms: Object.fromEntries(Object.entries(norms).map(([path, each]) => [path, numberOrNull(each)])),
    watch: { ...watch, last: headerOf(watch.last), best: headerOf(watch.best) },
    files: { weights: weights[0], state: state[0], best: best === null ? null : best[0] },
    cursor,
    carried: carried && {
      size: carried.size,
      position: carried.position,
      lengths: Object.fromEntries(Object.entries(carried.lengths).map(([name, of]) => [name, [...of]])),
    },
    recipe,
  };
  return new Map([
    ...[weights, state, ...(best === null ? [] : [best])].map(([{ file }, bytes]) => [file, bytes] as const),
    [manifestName, encodeManifest({ format, ...manifest, sourceSha256: sha256(Buffer.from(recipe.source)) })],
  ]);
};

export const decodeRun = (manifest: Uint8Array, read: Read): E.Either<Damage, Run> =>
  pipe(
    decodeManifest(manifest),
    E.flatMap(ofThisFormat),
    E.mapLeft((reason): Damage => ({ file: manifestName, reason })),
    E.bindTo("manifest"),
    E.bind("weights", ({ manifest: { files } }) => tensorsIn(read)(files.weights)),
    E.bind("state", ({ manifest: { files } }) => tensorsIn(read)(files.state)),
    E.bind("best", ({ manifest: { files }, weights }) =>
      files.best === null ? E.right(weights) : tensorsIn(read)(files.best),
    ),
    E.map(({ manifest, weights, state, best }) => ({
      recipe: manifest.recipe,
      training: trainingOf(manifest, valuesIn(weights), valuesIn(state), valuesIn(best)),
      shapes: Object.fromEntries(Object.entries(weights.tensors).map(([path, { shape }]) => [path, shape])),
    })),
  );

const ofThisFormat = (json: unknown): E.Either<string, Manifest> => {
  const found = Format.is(json) ? json.format : undefined;
  if (found !== undefined && found !== format) return E.left(otherFormat(found));
  return pipe(
    Manifest.decode(json),
    E.mapLeft(() => "it is not what this version writes"),
  );
};
const Format = t.type({ format: t.number });

export const otherFormat = (found: number): string =>
  `another version of rnnc saved it, in format ${found} of runs, and this one reads format ${format} alone; use that version, or train anew`;

const trainingOf = (
  { step, cursor, carried, loss, average, norm, norms = {}, watch }: Manifest,
  params: Params,
  state: Params,
  best: Params,
): Training => ({
  step,
  params,
  memories: withPrefix("memory", state),
  cursor,
  carried: carried && {
    size: carried.size,
    position: carried.position,
    lengths: Object.fromEntries(Object.entries(carried.lengths).map(([name, of]) => [name, Int32Array.from(of)])),
    values: withPrefix("state", state),
    context: withPrefix("context", state),
  },
  loss: loss ?? Number.NaN,
  average: average ?? Number.NaN,
  norm: norm ?? Number.NaN,
  norms: Object.fromEntries(Object.entries(norms).map(([path, each]) => [path, each ?? Number.NaN])),
  watch: watchOf(watch, best),
});

const watchOf = (watch: t.TypeOf<typeof WatchHeader>, params: Params): Watch => {
  const best = measured(watch.best);
  return { ...watch, last: measured(watch.last), best: best && { ...best, params } };
};

const measured = (header: t.TypeOf<typeof MeasuredHeader>): Measured | null =>
  header && { step: header.step, heldOut: header.heldOut ?? Number.NaN };

const headerOf = (of: Measured | null): t.TypeOf<typeof MeasuredHeader> =>
  of && { step: of.step, heldOut: numberOrNull(of.heldOut) };

const numberOrNull = (value: number): number | null => (Number.isFinite(value) ? value : null);

const shaped = (params: Params, shapes: Run["shapes"]): Safetensors => ({
  metadata: {},
  tensors: Object.fromEntries(
    Object.entries(params).map(([path, values]) => [
      path,
      tensorOf({ values, shape: shapes[path] ?? [values.length] }),
    ]),
  ),
});

const flat = (prefix: string, params: Params): Safetensors["tensors"] =>
  Object.fromEntries(
    Object.entries(params).map(([path, values]) => [`${prefix}/${path}`, tensorOf({ values, shape: [values.length] })]),
  );

const valuesIn = ({ tensors }: Safetensors): Params =>
  Object.fromEntries(
    Object.entries(tensors).flatMap(([name, tensor]) => {
      const values = valuesOf(tensor);
      return values === undefined ? [] : [[name, values]];
    }),
  );

const withPrefix = (prefix: string, tensors: Params): Params =>
  Object.fromEntries(
    Object.entries(tensors)
      .filter(([name]) => name.startsWith(`${prefix}/`))
      .map(([name, values]) => [name.slice(prefix.length + 1), values]),
  );
