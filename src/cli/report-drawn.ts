import type { Compiled } from "../compile.ts";
import { drawnAs } from "../data/coding/drawn.ts";
import { drawTexts } from "../data/draw-texts.ts";
import { drawingOf } from "../data/drawing.ts";
import { drawnFrom } from "../data/drawn-from.ts";
import { usualLength } from "../data/generated-length.ts";
import { flatOf } from "../measure/flat.ts";
import type { Drawn, ShownExample } from "../report/run-report.ts";
import { factsOf } from "../train/facts.ts";
import type { MeasuredRun } from "./measured-run.ts";

/** What a model of sequences draws: of a text some that begin anew, of examples the likeliest symbols one by one. */
export const drawnOf = (
  measured: MeasuredRun,
  compiled: Compiled,
  examples: ReadonlyArray<ShownExample>,
  seed: number,
): ReadonlyArray<Drawn> => {
  const { recipe } = measured.run;
  try {
    if (recipe.vocabulary !== null) return textsDrawn(measured, compiled, recipe.vocabulary, seed);
    return compiled.model.inputs.length > 0
      ? drawnFromExamples(measured, compiled, examples)
      : drawnAlone(measured, compiled, seed);
  } catch (error) {
    // A model that does not run along one axis alone draws nothing.
    if (error instanceof Error && error.name === "RnncError") return [];
    throw error;
  }
};

type Vocabulary = NonNullable<MeasuredRun["run"]["recipe"]["vocabulary"]>;

const textsDrawn = (
  { params }: MeasuredRun,
  compiled: Compiled,
  vocabulary: Vocabulary,
  seed: number,
): ReadonlyArray<Drawn> =>
  [0.5, 0.8, 1].flatMap((temperature) =>
    drawTexts(compiled, params, vocabulary, "", {
      seed,
      temperature,
      length: vocabulary.tokens === "chars" ? 400 : 80,
    }).map((text) => ({ from: `temperature ${temperature}`, text, actual: undefined })),
  );

/** Of targets that are symbols and read back, what is drawn beside what stands in the data. */
const drawnFromExamples = (
  { run, params }: MeasuredRun,
  compiled: Compiled,
  examples: ReadonlyArray<ShownExample>,
): ReadonlyArray<Drawn> => {
  const { model } = compiled;
  const random = model.randoms.find(({ family, reads = [] }) => family === "categorical" && reads.length > 0);
  if (random === undefined) return [];
  const { declared, coding } = factsOf(run.recipe);
  const told = (values: unknown): string => {
    const written = drawnAs(declared, coding, { [random.target]: values }, false)[random.target];
    return Array.isArray(written) ? written.join(" ") : String(written);
  };
  const drawn = drawnFrom(
    compiled,
    params,
    examples.map(({ example }) => example),
    { choose: "mode" },
  );
  return [...drawn].map((values, i) => {
    const { inputs, place, example } = examples[i]!;
    const from = inputs.map(({ tokens, isText }) => tokens.join(isText ? "" : " ")).join(" | ");
    return { from: from || place, text: told(values[random.target]), actual: told(flatOf(example[random.target]!)) };
  });
};

const drawnAlone = ({ run, params }: MeasuredRun, compiled: Compiled, seed: number): ReadonlyArray<Drawn> => {
  const { declared, coding } = factsOf(run.recipe);
  return [0, 1, 2].map((i) => {
    const { values } = compiled.generate(params, drawingOf({ seed: seed + i }, usualLength(compiled.model, 100)));
    const one = Object.fromEntries(Object.entries(values).map(([name, all]) => [name, all[0]]));
    return {
      from: `seed ${seed + i}`,
      text: JSON.stringify(drawnAs(declared, coding, one, false)),
      actual: undefined,
    };
  });
};
