import type { NodeId } from "../../../src/circuit/circuit.ts";
import type { Model } from "../../../src/circuit/model.ts";
import { isOwnName } from "../../../src/circuit/own-names.ts";
import { carriedOf } from "../../../src/flow/carried.ts";
import type { Example } from "../../../src/runtime/interface.ts";
import { dataAlong } from "../../../src/views/chart/data-along.ts";
import type { Plotted, Side } from "../../../src/views/chart/plotted.ts";
import type { Orders } from "../../../src/views/model-equations.ts";
import type { Words } from "../dataset.ts";
import { flatValues } from "./spelled.ts";

/** A variable that is drawn as cells: numbers over one or two axes, as attention is, or the components of a state over time. */
interface Mapped {
  readonly name: string;
  readonly node: NodeId;
  /** The first is the outer one of its values; the second is missing where they are in one row. */
  readonly axes: readonly [outer: string, inner: string | null];
  /** Whether rows are what its values have inside. */
  readonly isTurned: boolean;
}

export const mappedOf = (model: Model, orders: Orders): ReadonlyArray<Mapped> => {
  const over = model.circuit.nodes.flatMap(({ name, axes }, node): ReadonlyArray<Mapped> => {
    const [first, second, ...others] = axes;
    const isMap = first?.tag === "time" && second?.tag === "time" && others.length === 0;
    if (!isMap || name === undefined || isOwnName(name)) return [];
    return [{ name, node, axes: [first.key, second.key], isTurned: orders.get(name)?.[0] === second.key }];
  });
  const told = model.circuit.outputs.flatMap(({ role, name, node, axes: [axis, ...others] }): ReadonlyArray<Mapped> => {
    const isRow = role === "output" && axis?.tag === "time" && others.length === 0;
    return isRow ? [{ name, node, axes: [axis.key, null], isTurned: true }] : [];
  });
  const states = carriedOf(model).flatMap(
    ({ name, node, axis, shape }): ReadonlyArray<Mapped> =>
      shape.length === 1 ? [{ name, node, axes: [axis.key, "unit"], isTurned: true }] : [],
  );
  return [...over.slice(-mostOfEach), ...told.slice(0, mostOfEach), ...states.slice(0, mostOfEach)];
};

const mostOfEach = 2;
const mostCells = 3000;

interface Situation {
  readonly model: Model;
  readonly example: Example;
  readonly words: Words;
}

export const heatMap = (
  { name, axes, isTurned }: Mapped,
  values: ReadonlyArray<number>,
  situation: Situation,
): ReadonlyArray<Plotted> => {
  const outer = lengthAlong(situation, axes[0]);
  if (outer === undefined || outer === 0 || values.length > mostCells || values.length % outer !== 0) return [];
  const inner = values.length / outer;
  const rows = Array.from({ length: outer }, (_, i) => values.slice(i * inner, (i + 1) * inner));
  const turned = isTurned ? Array.from({ length: inner }, (_, i) => rows.map((row) => row[i]!)) : rows;
  const [down, across] = (isTurned ? [axes[1], axes[0]] : axes).map((axis) => axis ?? "");
  const [height, width] = isTurned ? [inner, outer] : [outer, inner];
  return [
    {
      title: `${name}[${axes[1] === null || axes[1] === "unit" ? axes[0] : `${down},${across}`}]`,
      about: "",
      sides: [sideAlong(situation, down ?? "", height), sideAlong(situation, across ?? "", width)],
      values: turned,
    },
  ];
};

const lengthAlong = ({ model, example }: Situation, axis: string): number | undefined => {
  const extent = model.axes.find(({ key }) => key === axis)?.extent;
  if (extent?.tag !== "length") return extent?.size;
  const alike = model.axes.filter((other) => other.extent.tag === "length" && other.extent.name === extent.name);
  const data = alike.map(({ key }) => dataAlong(model.inputs, key)).find((found) => found !== undefined);
  const value = data === undefined ? undefined : example[data];
  return Array.isArray(value) ? value.length : undefined;
};

const sideAlong = ({ model, example, words }: Situation, axis: string, size: number): Side => {
  const data = dataAlong(model.inputs, axis);
  const known = data === undefined ? undefined : words[data];
  const symbols = known === undefined ? [] : flatValues(example[data!]);
  return {
    name: axis,
    labels: Array.from({ length: size }, (_, i) =>
      known === undefined ? (axis === "" ? "" : String(i + 1)) : (known[symbols[i]!] ?? ""),
    ),
    isWords: known !== undefined,
  };
};
