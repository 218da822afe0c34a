import type { Compiled } from "../compile.ts";
import { ownOf } from "../data/coding/own.ts";
import { predict } from "../data/predicted.ts";
import { flatOf } from "../measure/flat.ts";
import type { Alignment, ShownExample, Side } from "../report/run-report.ts";
import type { Nested } from "../runtime/interface.ts";
import { factsOf, vocabulariesOf } from "../train/facts.ts";
import type { MeasuredRun } from "./measured-run.ts";

/** So many examples, and outputs, are shown. */
const [mostExamples, mostOutputs] = [4, 3];

/** Outputs over two axes in some of the examples that are shown. */
export const alignmentsOf = (
  { run, params }: MeasuredRun,
  compiled: Compiled,
  examples: ReadonlyArray<ShownExample>,
): ReadonlyArray<Alignment> => {
  const { model } = compiled;
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
  const names = vocabulariesOf(factsOf(run.recipe), model.targets[0]?.name);
  const sideOf = (index: string, { example }: ShownExample): Side => {
    const variable = [...model.inputs, ...model.targets].find(
      ({ name, indices, symbols }) => symbols !== undefined && indices.join() === index && Object.hasOwn(example, name),
    );
    if (variable === undefined) return { index, labels: undefined };
    const known = ownOf(names, variable.name);
    return {
      index,
      labels: flatOf(example[variable.name]!).map((symbol) =>
        symbol === null ? "–" : (known?.[symbol] ?? String(symbol)),
      ),
    };
  };
  return shown.flatMap(({ name, indices }) =>
    chosen.map((of, i) => ({
      name,
      place: of.place,
      rows: sideOf(indices[0]!, of),
      columns: sideOf(indices[1]!, of),
      values: (predictions[i]![name] as ReadonlyArray<Nested>).map((row) => flatOf(row).map(Number)),
    })),
  );
};
