import { type Axis, type FeatureAxis, featureAxis, hasAxis, type TimeAxis } from "../../circuit/axis.ts";
import type { Builder } from "../../circuit/build.ts";
import type { NodeId } from "../../circuit/circuit.ts";
import type { Component } from "../system.ts";
import { featureAxes, lookUpRow, type Valued } from "./algebra.ts";

/**
 * The components that an axis counts are the same values under another axis: a renaming, of some of them where it counts
 * only those. A length that is known at run time alone, an axis that runs from its end or one that the value has already
 * (a diagonal) pick a component at each position.
 */
export const componentAt = (b: Builder, table: Valued, index: Component): NodeId => {
  const rows = featureAxes(table.shape).find(({ slot }) => slot === 0)!;
  const turned = (node: NodeId, renames: ReadonlyArray<readonly [Axis, Axis]>): NodeId =>
    b.rename([...renames, ...columnsToRows(table)], node);
  if (index.tag === "number") {
    const one = featureAxis(0, 1);
    return turned(b.sum([one], b.slice(rows, index.value - 1, 1, table.node)), []);
  }
  const size = fixedSize(index);
  if (size === undefined || hasAxis(b.node(table.node).axes, index.axis))
    return lookUpRow(b, table, placeOfComponent(b, index));
  return turned(b.slice(rows, index.by, size, table.node), [[featureAxis(0, size), index.axis]]);
};

const columnsToRows = ({ shape }: Valued): ReadonlyArray<readonly [FeatureAxis, FeatureAxis]> =>
  featureAxes(shape).flatMap((axis) => (axis.slot === 1 ? [[axis, featureAxis(0, axis.size)] as const] : []));

/** How many components are counted, one after the other, if that is known when compiling. */
const fixedSize = ({ axis, reversed }: { readonly axis: TimeAxis; readonly reversed: boolean }): number | undefined =>
  axis.extent.tag === "fixed" && !reversed ? axis.extent.size : undefined;

/** The component as symbols are numbered: from 0. */
export const placeOfComponent = (b: Builder, index: Component): NodeId => {
  if (index.tag === "number") return b.constant(index.value - 1);
  const { axis, reversed, by } = index;
  const position = reversed ? b.map("sub", b.length(axis), b.index(axis)) : b.index(axis);
  return plus(b, position, reversed ? by : by - 1);
};

const plus = (b: Builder, x: NodeId, by: number): NodeId =>
  by === 0 ? x : by < 0 ? b.map("sub", x, b.constant(-by)) : b.map("add", x, b.constant(by));
