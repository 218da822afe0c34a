import type { NodeId } from "../../../src/circuit/circuit.ts";
import type { Model } from "../../../src/circuit/model.ts";
import { isOwnName } from "../../../src/circuit/own-names.ts";
import { carriedOf } from "../../../src/flow/carried.ts";
import type { Example } from "../../../src/runtime/interface.ts";
import type { Words } from "../dataset.ts";
import type { HeatMap } from "../protocol.ts";
import { flatValues } from "./spelled.ts";

/** A variable that is drawn as cells: over two axes, as attention is, or a state's components over time. */
interface Mapped {
  readonly name: string;
  readonly node: NodeId;
  readonly tag: "attention" | "state";
  readonly axes: readonly [string, string];
}

export const mappedOf = (model: Model): ReadonlyArray<Mapped> => {
  const over = model.circuit.nodes.flatMap(({ name, axes }, node): ReadonlyArray<Mapped> => {
    const [first, second, ...others] = axes;
    if (name === undefined || isOwnName(name) || first?.tag !== "time" || second?.tag !== "time" || others.length > 0)
      return [];
    return [{ name, node, tag: "attention", axes: [first.key, second.key] }];
  });
  const states = carriedOf(model).flatMap(
    ({ name, node, axis, shape }): ReadonlyArray<Mapped> =>
      shape.length === 1 && shape[0]! <= 64 ? [{ name, node, tag: "state", axes: [axis.key, "unit"] }] : [],
  );
  return [...over.slice(-mostOfEach), ...states.slice(0, mostOfEach)];
};

const mostOfEach = 2;
const mostCells = 3000;

/** Rows of a state are its components. */
export const heatMap = (
  { name, tag, axes: [first, second] }: Mapped,
  values: ReadonlyArray<number>,
  model: Model,
  example: Example,
  words: Words,
): ReadonlyArray<HeatMap> => {
  const rows = lengthAlong(model, example, first);
  if (rows === undefined || rows === 0 || values.length > mostCells || values.length % rows !== 0) return [];
  const columns = values.length / rows;
  const at = (row: number, column: number): number => values[row * columns + column]!;
  const across = (count: number, value: (i: number) => number): ReadonlyArray<number> =>
    Array.from({ length: count }, (_, i) => value(i));
  const labels = (axis: string): ReadonlyArray<string> => labelsAlong(model, example, axis, words);
  return tag === "state"
    ? [
        {
          name: `${name}[${first}]`,
          rows: second,
          columns: first,
          rowLabels: [],
          columnLabels: labels(first),
          values: across(columns, (c) => c).map((c) => across(rows, (r) => at(r, c))),
        },
      ]
    : [
        {
          name: `${name}[${first},${second}]`,
          rows: first,
          columns: second,
          rowLabels: labels(first),
          columnLabels: labels(second),
          values: across(rows, (r) => r).map((r) => across(columns, (c) => at(r, c))),
        },
      ];
};

/** What stands along an axis in an example: the first of its data that has only this axis. */
const dataAlong = (model: Model, axis: string) =>
  model.inputs.find(({ axes, role }) => role !== "noise" && axes.length === 1 && axes[0]!.key === axis);

const lengthAlong = (model: Model, example: Example, axis: string): number | undefined => {
  const extent = model.axes.find(({ key }) => key === axis)?.extent;
  if (extent?.tag === "fixed") return extent.size;
  const same = model.axes.filter(
    (other) => other.extent.tag === "length" && extent?.tag === "length" && other.extent.name === extent.name,
  );
  for (const { key } of same) {
    const data = dataAlong(model, key);
    const value = data === undefined ? undefined : example[data.name];
    if (Array.isArray(value)) return value.length;
  }
  return undefined;
};

const labelsAlong = (model: Model, example: Example, axis: string, words: Words): ReadonlyArray<string> => {
  const data = dataAlong(model, axis);
  const known = data === undefined ? undefined : words[data.name];
  return data === undefined || known === undefined
    ? []
    : flatValues(example[data.name]).map((symbol) => known[symbol] ?? "");
};
