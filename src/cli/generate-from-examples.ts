import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import type { Compiled } from "../compile.ts";
import { drawnAs } from "../data/coding/drawn.ts";
import { listOf } from "../data/examples.ts";
import { ownFields } from "../data/formats/write.ts";
import type { Sample } from "../data/sample.ts";
import type { Example, Generated, GenerateOptions, ModelInfo, Params } from "../runtime/interface.ts";
import { type Run, weightsOf } from "../train/run.ts";
import { encoderOf, examplesOf, givenSamples } from "./examples-of-recipe.ts";
import { dataFailure, type Failure } from "./failure.ts";
import { copiesOf, drawingOf, type GenerateCommandOptions } from "./generate-options.ts";
import { lengthFor } from "./generated-length.ts";
import type { Terminal } from "./terminal.ts";

/** `rnnc generate RUN --data FILE…`: a line of JSON for each example, with what stands in the data and what was drawn. */
export const drawFromExamples = (
  terminal: Terminal,
  run: Run,
  compiled: Compiled,
  files: ReadonlyArray<string>,
  options: GenerateCommandOptions,
): E.Either<Failure, Iterable<string>> =>
  pipe(
    givenSamples(run.recipe, files, {}, true),
    E.bindTo("samples"),
    E.bind("encoded", ({ samples }) => examplesOf(terminal, run.recipe, compiled, samples, "drawing")),
    E.bind("read", ({ samples, encoded }) =>
      pipe([...encoded.places], E.traverseArray(samples.at), E.mapLeft(dataFailure)),
    ),
    E.map(({ read, encoded }) => {
      const { declared, coding } = encoderOf(run.recipe, compiled, "drawing");
      const tell: Tell = (index, drawn) =>
        lineOf(read[index]!, drawnAs(declared, coding, drawn, options.several !== undefined));
      return linesOf(compiled, weightsOf(run, options.last), listOf(encoded.examples), options, tell);
    }),
  );

/** The line of an example from what was drawn from it. */
type Tell = (index: number, drawn: DrawnValues) => string;

/** So many examples are drawn from at once. */
const atOnce = 32;

function* linesOf(
  compiled: Compiled,
  params: Params,
  examples: ReadonlyArray<Example>,
  options: GenerateCommandOptions,
  tell: Tell,
): Iterable<string> {
  const { model } = compiled;
  const copies = copiesOf(options);
  for (const { from, length, chunk } of chunksOf(model, examples, options)) {
    const inputs = chunk.flatMap((example) => Array.from({ length: copies }, () => inputsOf(model, example)));
    const found = compiled.generate(params, { ...seededAt(drawingOf(options, length), from), inputs });
    const of = found.of ?? inputs.map((_, i) => Math.floor(i / copies));
    for (const i of chunk.keys())
      yield tell(
        from + i,
        drawnOf(found, (k) => of[k] === i, options.several !== undefined),
      );
  }
}

/** What was drawn from one example: of each target the values, or a list of them if several were asked for. */
type DrawnValues = Readonly<Record<string, unknown>>;

const drawnOf = (
  { values, logProbabilities }: Generated,
  isOfIt: (drawing: number) => boolean,
  isList: boolean,
): DrawnValues => {
  const own = <A>(all: ReadonlyArray<A>): A | ReadonlyArray<A> | undefined => {
    const found = all.filter((_, k) => isOfIt(k));
    return isList ? found : found[0];
  };
  return {
    ...Object.fromEntries(Object.entries(values).map(([target, all]) => [target, own(all)])),
    // A name that no variable has.
    ...(logProbabilities === undefined ? {} : { $logProbability: own(logProbabilities) }),
  };
};

/** The one place where drawn values become text. */
const lineOf = (sample: Sample, drawn: DrawnValues): string => JSON.stringify({ ...ownFields(sample), ...drawn });

/** What is drawn from examples that are not drawn from at once has other random numbers. */
const seededAt = (options: GenerateOptions, from: number): GenerateOptions =>
  options.seed === undefined ? options : { ...options, seed: options.seed + from * 2 ** 32 };

interface Chunk {
  /** The number of the first example. */
  readonly from: number;
  readonly length: number;
  readonly chunk: ReadonlyArray<Example>;
}

/** Examples that follow each other, of which sequences of the same length are drawn. */
const chunksOf = (
  model: ModelInfo,
  examples: ReadonlyArray<Example>,
  { length: asked }: GenerateCommandOptions,
): ReadonlyArray<Chunk> => {
  const chunks: Array<Chunk & { readonly chunk: Example[] }> = [];
  for (const [i, example] of examples.entries()) {
    const length = lengthFor(model, example, asked);
    const last = chunks.at(-1);
    if (last !== undefined && last.length === length && last.chunk.length < atOnce) last.chunk.push(example);
    else chunks.push({ from: i, length, chunk: [example] });
  }
  return chunks;
};

/** The inputs of an example, and the lengths of other axes: not the targets that are drawn, nor what its file says besides. */
const inputsOf = ({ inputs, targets, axes, streamable }: ModelInfo, example: Example): Example => {
  const still = targets.filter(({ indices }) => !indices.includes(`${streamable}`));
  const names = new Set<string | number>([
    ...inputs.filter(({ weighs }) => weighs !== true).map(({ name }) => name),
    ...still.map(({ name }) => name),
    ...axes.filter(({ name }) => name !== streamable).map(({ length }) => length),
  ]);
  return Object.fromEntries(Object.entries(example).filter(([name]) => names.has(name)));
};
