import { readFileSync } from "node:fs";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { randomExample } from "../../src/check/random-example.ts";
import type { Compiled } from "../../src/compile.ts";
import { classNameOf, pytorchText } from "../../src/export/pytorch/module.ts";
import type { Example, ModelInfo, Params, Values } from "../../src/runtime/interface.ts";
import { standardLibrary } from "../../src/std/library.ts";
import type { LossScale } from "../../src/transform/batch-loss.ts";
import { cases, flat } from "../cases/case.ts";
import { compiledExample, exampleNames } from "../emit/examples.ts";
import { compiledProgram } from "../property/programs.ts";
import { modelOf, sizesOf } from "../std/cells.ts";
import { answerOf, parametersAsked } from "./python.ts";

/** A model with parameters and examples, and the text of the program that is told in comments. */
export interface Exported {
  readonly name: string;
  readonly model: Compiled;
  readonly params: Params;
  readonly examples: ReadonlyArray<Example>;
  readonly source?: string;
  readonly steps?: number;
  readonly loss?: LossScale;
}

/** Lengths from `least` on, so that from 0 some sequences are empty. */
export const caseOf = (name: string, model: Compiled, seed: number, least: number, source?: string): Exported => {
  const generator = xoroshiro128plus(seed + 100 * least);
  const moved = Object.entries(model.init(seed)).map(([path, values]) => [
    path,
    values.map((value, i) => value + 0.1 * Math.sin(i + seed)) as Values,
  ]);
  const examples = Array.from({ length: 3 }, () => randomExample(model.model, generator, { least, greatest: 5 }));
  return {
    name: `${name}, lengths from ${least}`,
    model,
    params: Object.fromEntries(moved),
    examples,
    ...(source === undefined ? {} : { source }),
  };
};

const leasts = [1, 0];

export const exampleCases = (names: ReadonlyArray<string> = exampleNames): ReadonlyArray<Exported> =>
  names.flatMap((name) => {
    const model = compiledExample(name);
    const source = readFileSync(new URL(`../../examples/${name}`, import.meta.url), "utf8");
    return leasts.map((least) => caseOf(name, model, 1 + exampleNames.indexOf(name), least, source));
  });

export const cellNames: ReadonlyArray<string> = standardLibrary().definitions.map(({ name }) => name.text);

export const cellCases = (names: ReadonlyArray<string> = cellNames): ReadonlyArray<Exported> =>
  names.flatMap((name) => {
    const source = modelOf(name);
    const model = compiledProgram(source, { statics: sizesOf(name, { n: 3, k: 2 }) });
    return leasts.map((least) => caseOf(name, model, 1 + cellNames.indexOf(name), least, source));
  });

/** The small programs that others' reports led to, with what they are given: slopes that are infinite, and zeros that absorb them. */
export const reportedCases = (): ReadonlyArray<Exported> =>
  cases().map(({ name, source, params, examples, options = {} }) => ({
    name,
    source,
    model: compiledProgram(source, options),
    params: Object.fromEntries(Object.entries(params).map(([path, value]) => [path, Float64Array.from(flat(value))])),
    examples,
    ...(options.loss === undefined ? {} : { loss: options.loss }),
  }));

/** How far the printed module is from the compiled model; relative to the greater of two numbers, or to 1. */
export interface Errors {
  readonly name: string;
  readonly outputs: number;
  readonly loss: number;
  readonly gradient: number;
  readonly curve: number;
  /** Of one step after the other from the whole. */
  readonly steps: number;
  /** Why the module gave nothing. */
  readonly failure?: string;
}

type Told = number | string;
interface Judged {
  readonly failure?: string;
  readonly outputs: Readonly<Record<string, ReadonlyArray<Told>>>;
  readonly loss?: Told;
  readonly gradient?: Readonly<Record<string, ReadonlyArray<Told>>>;
  readonly curve?: ReadonlyArray<Told>;
  readonly steps?: Told;
}

/** All cases go through one Python; nothing where there is no PyTorch. */
export const errorsOf = (cases: ReadonlyArray<Exported>): ReadonlyArray<Errors> | undefined =>
  answerOf<ReadonlyArray<Judged>>("exported.py", cases.map(question))?.map((judged, i) => errorOf(cases[i]!, judged));

const question = ({ model, params, examples, source, steps = 0, loss = "mean" }: Exported) => ({
  text: pytorchText(model.elaborated, { loss, sourceOf: () => source }),
  name: classNameOf(model.elaborated.name),
  examples,
  ...parametersAsked(model, params),
  indices: Object.fromEntries(model.model.outputs.map(({ name, indices }) => [name, indices.length])),
  has_loss: model.model.hasLoss,
  steps,
  ...streamAsked(model),
});

/** Of a model that can be stepped: how long, and which place the axis has among the indices of what has it. */
const streamAsked = ({ model, circuits }: Compiled) => {
  const axis = model.axes.find(({ name }) => name === model.streamable);
  if (axis === undefined || circuits.step === undefined) return {};
  const places = (variables: ModelInfo["inputs"]) =>
    Object.fromEntries(
      variables.flatMap(({ name, indices }) =>
        indices.includes(axis.name) ? [[name, indices.indexOf(axis.name)]] : [],
      ),
    );
  return {
    stream: {
      size: axis.length,
      inputs: places([...model.inputs, ...model.targets, ...model.noises]),
      outputs: places(model.outputs),
    },
  };
};

const errorOf = ({ name, model, params, examples, steps = 0 }: Exported, judged: Judged): Errors => {
  const none = { name, outputs: 0, loss: 0, gradient: 0, curve: 0, steps: 0 };
  if (judged.failure !== undefined) return { ...none, failure: judged.failure };
  const batch = model.pack(examples);
  const outputs = Object.entries(model.forward(params, batch)).flatMap(([output, value]) =>
    "data" in value ? [apart(value.data as Values, judged.outputs[output] ?? [])] : [],
  );
  const result = { ...none, outputs: Math.max(0, ...outputs), steps: Number(judged.steps ?? 0) };
  if (!model.model.hasLoss) return result;
  const { loss, gradient } = model.gradient(params, batch);
  const slopes = model.model.params.flatMap(({ path, fixed }) =>
    fixed === true ? [] : [apart(gradient[path]!, judged.gradient?.[path] ?? [])],
  );
  return {
    ...result,
    loss: apart([loss], [judged.loss ?? "NaN"]),
    // Of a loss that is no number there is no slope.
    gradient: Number.isFinite(loss) ? Math.max(0, ...slopes) : 0,
    curve: steps === 0 ? 0 : apart(descent(model, params, examples, steps), judged.curve ?? []),
  };
};

/** The losses of plain descent. */
const descent = (
  model: Compiled,
  params: Params,
  examples: ReadonlyArray<Example>,
  steps: number,
): ReadonlyArray<number> => {
  const batch = model.pack(examples);
  let now = params;
  return Array.from({ length: steps }, () => {
    const { loss, gradient } = model.gradient(now, batch);
    now = Object.fromEntries(
      Object.entries(now).map(([path, values]) => {
        const slope = gradient[path];
        return [path, slope === undefined ? values : (values.map((value, i) => value - 0.001 * slope[i]!) as Values)];
      }),
    );
    return loss;
  });
};

const apart = (expected: ArrayLike<number>, found: ReadonlyArray<Told>): number =>
  expected.length !== found.length
    ? Number.POSITIVE_INFINITY
    : Array.from(expected).reduce((worst, value, i) => Math.max(worst, between(value, Number(found[i]))), 0);

const between = (a: number, b: number): number => {
  if (Object.is(a, b) || a === b) return 0;
  const error = Math.abs(a - b) / Math.max(1, Math.abs(a), Math.abs(b));
  return Number.isNaN(error) ? Number.POSITIVE_INFINITY : error;
};
