import type { Compiled } from "../compile.ts";
import { predict } from "../data/predicted.ts";
import { flatOf } from "../measure/flat.ts";
import type { ShownExample } from "../report/run-report.ts";
import type { Nested } from "../runtime/interface.ts";
import { factsOf, vocabulariesOf } from "../train/facts.ts";
import type { Plotted, Side } from "../views/chart/plotted.ts";
import type { MeasuredRun } from "./measured-run.ts";
import { wordsAlong } from "./plotted.ts";

/** So many examples, outputs and positions are shown. */
const [mostExamples, mostOutputs, mostPositions] = [4, 3, 48];

/** Outputs over two axes in some of the examples that are shown. */
export const alignmentsOf = (
  { run, params }: MeasuredRun,
  compiled: Compiled,
  examples: ReadonlyArray<ShownExample>,
): ReadonlyArray<Plotted> => {
  const { model, elaborated } = compiled;
  const shown = model.outputs
    .filter(({ indices, shape }) => indices.length === 2 && shape.length === 0)
    .slice(0, mostOutputs);
  if (shown.length === 0) return [];
  const chosen = examples.slice(0, mostExamples);
  const predictions = predict(
    compiled,
    params,
    chosen.map(({ example }) => example),
  );
  const vocabularies = vocabulariesOf(factsOf(run.recipe), model.targets[0]?.name);
  return shown.flatMap(({ name, indices }) =>
    chosen.map(({ example, place }, i): Plotted => {
      const values = (predictions[i]![name] as ReadonlyArray<Nested>).slice(0, mostPositions).map((row) =>
        flatOf(row)
          .slice(0, mostPositions)
          .map((value) => value ?? Number.NaN),
      );
      const sideOf = (index: string, size: number): Side => {
        const words = wordsAlong({ model: elaborated, example, vocabularies }, index);
        const labels = Array.from({ length: size }, (_, k) => words?.[k] ?? String(k + 1));
        return { name: index, labels, isWords: words !== undefined };
      };
      const across = values.reduce((most, row) => Math.max(most, row.length), 0);
      return {
        title: `${name}[${indices.join(",")}]`,
        about: place,
        sides: [sideOf(indices[0]!, values.length), sideOf(indices[1]!, across)],
        values,
      };
    }),
  );
};
