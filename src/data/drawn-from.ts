import type { CompiledModel, Example, Generated, GenerateOptions, ModelInfo, Params } from "../runtime/interface.ts";
import { copiesOf, type Drawing, drawingOf } from "./drawing.ts";
import { lengthFor } from "./generated-length.ts";
import { writtenValues } from "./written-values.ts";

/** What was drawn from one example: of each target the values, or a list of them if several were asked for. */
export type DrawnValues = Readonly<Record<string, unknown>>;

/** So many examples are drawn from at once. */
const atOnce = 32;

/** What a model draws from each example, one after the other. */
export function* drawnFrom(
  { model, generate }: Pick<CompiledModel, "model" | "generate">,
  params: Params,
  examples: ReadonlyArray<Example>,
  drawing: Drawing,
): Iterable<DrawnValues> {
  const copies = copiesOf(drawing);
  for (const { from, length, chunk } of chunksOf(model, examples, drawing)) {
    const inputs = chunk.flatMap((example) => Array.from({ length: copies }, () => inputsOf(model, example)));
    const found = generate(params, { ...seededAt(drawingOf(drawing, length), from), inputs });
    const of = found.of ?? inputs.map((_, i) => Math.floor(i / copies));
    for (const [i, example] of chunk.entries())
      yield drawnOf(inWrittenOrder(model, found, example), (k) => of[k] === i, drawing.several !== undefined);
  }
}

/** Drawings of one example, in the order in which targets are written. */
export const inWrittenOrder = (model: ModelInfo, { values, logProbabilities }: Generated, example: Example): Drawn => ({
  values: Object.fromEntries(
    Object.entries(values).map(([name, all]) => {
      const target = model.targets.find((each) => each.name === name)!;
      return [name, all.map((steps) => writtenValues(model, target, example, steps))];
    }),
  ),
  ...(logProbabilities === undefined ? {} : { logProbabilities }),
});

interface Drawn {
  readonly values: Readonly<Record<string, ReadonlyArray<unknown>>>;
  readonly logProbabilities?: ReadonlyArray<number>;
}

const drawnOf = (
  { values, logProbabilities }: Drawn,
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
  { length: asked }: Drawing,
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
