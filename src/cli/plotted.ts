import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import type { Axis } from "../circuit/axis.ts";
import type { Output } from "../circuit/circuit.ts";
import type { Model } from "../circuit/model.ts";
import { predict } from "../data/predicted.ts";
import { withCircuit } from "../flow/moved.ts";
import { compiledInDoubles } from "../flow/slopes.ts";
import type { Example, Nested, Params } from "../runtime/interface.ts";
import { nearest } from "../syntax/nearest.ts";
import { dataAlong } from "../views/chart/data-along.ts";
import type { Plotted, Side } from "../views/chart/plotted.ts";
import type { Orders } from "../views/model-equations.ts";
import { type Failure, usageError } from "./failure.ts";

/** What a variable is drawn from: a model with its parameters, an example, and the words of its symbols. */
export interface Shown {
  readonly model: Model;
  readonly params: Params;
  readonly example: Example;
  readonly about: string;
  readonly orders: Orders;
  /** By variable, the words that its symbols stand for. */
  readonly vocabularies: Readonly<Record<string, ReadonlyArray<string>>>;
  /** Of an output from which a target is drawn, the target. */
  readonly targetOf: (output: string) => string | undefined;
}

/** The values of an output, or of any variable of the model, over its axes and components. */
export const plottedOf = (name: string, shown: Shown): E.Either<Failure, Plotted> =>
  pipe(
    outputOf(name, shown),
    E.filterOrElse(({ axes }) => axes.length === 1 || axes.length === 2, refused(name)),
    E.map((output) => {
      const { model, params, example, about } = shown;
      const own = { ...output, name: plotName, role: "output" as const };
      const compiled = compiledInDoubles(withCircuit(model, { ...model.circuit, outputs: [own] }));
      const [found] = predict(compiled, params, [example]);
      const indices = compiled.model.outputs[0]!.indices.length;
      const rows = asRows(found![plotName]!, output.axes.length);
      const isComponents =
        output.axes.length === 2 && output.axes[1]!.tag === "feature" && wordsOf(shown, name) === undefined;
      // Time goes from left to right, unless words of components have to stand there.
      const isTurned = isComponents || (indices === 2 && shown.orders.get(name)?.[0] === output.axes[1]!.key);
      const values = isTurned ? transposed(rows) : rows;
      const axes = isTurned ? [...output.axes].reverse() : output.axes;
      const sizes =
        axes.length === 1 ? [values[0]!.length] : [values.length, Math.max(0, ...values.map((row) => row.length))];
      const times = axes.flatMap(({ tag, key }) => (tag === "time" ? [key] : []));
      const title = times.length === 0 ? name : `${name}[${times.join(",")}]`;
      return { title, about, values, sides: axes.map((axis, i) => sideOf(shown, name, axis, sizes[i]!)) };
    }),
    E.filterOrElse(
      ({ values }) => values.some((row) => row.length > 0),
      () => usageError(`--plot ${name}: there it has no positions`),
    ),
  );

const plotName = "@plot";

const refused =
  (name: string) =>
  ({ axes }: Pick<Output, "axes">): Failure =>
    usageError(
      axes.length === 0
        ? `--plot ${name}: it is a single number, and a picture needs one axis or two`
        : `--plot ${name}: it stands over ${axes.map(axisName).join(", ")}, and a picture has room for two axes`,
    );

const axisName = (axis: Axis): string => (axis.tag === "feature" ? `${axis.size} components` : axis.key);

/** An output of that name, or a variable; axes of one component are no axes. */
const outputOf = (name: string, { model: { circuit } }: Shown): E.Either<Failure, Pick<Output, "node" | "axes">> => {
  const several = (axes: ReadonlyArray<Axis>) => axes.filter((axis) => axis.tag !== "feature" || axis.size > 1);
  const output = circuit.outputs.find((each) => each.role === "output" && each.name === name);
  const node = circuit.nodes.findIndex((each) => each.name === name && each.op.tag !== "parameter");
  if (output !== undefined) return E.right({ node: output.node, axes: several(output.axes) });
  if (node >= 0) return E.right({ node, axes: several(circuit.nodes[node]!.axes) });
  const names = circuit.nodes.flatMap((each) =>
    each.name === undefined || each.op.tag === "parameter" || each.axes.length === 0 ? [] : [each.name],
  );
  const meant = nearest(name, names);
  const hint = meant === undefined ? `it computes ${[...new Set(names)].join(", ")}` : `did you mean ${meant}?`;
  return E.left(usageError(`--plot ${name}: the model computes no such variable (${hint})`));
};

/** Where an axis ends earlier than elsewhere there is no number. */
const asRows = (nested: Nested, sides: number): ReadonlyArray<ReadonlyArray<number>> => {
  const rows = sides === 1 ? [numbersIn(nested)] : (nested as ReadonlyArray<Nested>).map(numbersIn);
  const width = rows.reduce((most, row) => Math.max(most, row.length), 0);
  return rows.map((row) => [...row, ...Array.from({ length: width - row.length }, () => Number.NaN)]);
};

/** One number for each position, also where each is a vector of one component. */
const numbersIn = (nested: Nested): ReadonlyArray<number> =>
  Array.isArray(nested) ? nested.flatMap((part) => numbersIn(part)) : [(nested as number | null) ?? Number.NaN];

const transposed = (rows: ReadonlyArray<ReadonlyArray<number>>): ReadonlyArray<ReadonlyArray<number>> =>
  (rows[0] ?? []).map((_, column) => rows.map((row) => row[column]!));

const sideOf = (shown: Shown, name: string, axis: Axis, size: number): Side => {
  const words = axis.tag === "time" ? wordsAlong(shown, axis.key) : wordsOf(shown, name);
  const labels = Array.from({ length: size }, (_, i) => words?.[i] ?? String(i + 1));
  return { name: axis.tag === "time" ? axis.key : "component", labels, isWords: words !== undefined };
};

/** Of probabilities of a target, the words that it may be. */
const wordsOf = ({ vocabularies, targetOf }: Shown, name: string): ReadonlyArray<string> | undefined => {
  const target = targetOf(name);
  return target === undefined || vocabularies[target] === undefined ? undefined : vocabularies[target].map(visible);
};

/** The words of the data at each position of an axis. */
export const wordsAlong = (
  { model, example, vocabularies }: Pick<Shown, "model" | "example" | "vocabularies">,
  axis: string,
): ReadonlyArray<string> | undefined => {
  const name = dataAlong(model.inputs, axis, (each) => each in vocabularies);
  const symbols = name === undefined ? undefined : example[name];
  if (symbols === undefined || symbols === null || typeof symbols === "number" || !("length" in symbols))
    return undefined;
  return Array.from(symbols as ArrayLike<number | null>, (symbol) =>
    symbol === null ? "" : visible(vocabularies[name!]![symbol] ?? `<${symbol}>`),
  );
};

/** A blank and the end of a line are seen. */
const visible = (word: string): string => word.replaceAll(" ", "␣").replaceAll("\n", "⏎").replaceAll("\t", "⇥");
