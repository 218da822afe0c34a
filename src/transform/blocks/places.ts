import { type Axis, hasAxis, type TimeAxis, timeAxis } from "../../circuit/axis.ts";
import { blockCountName } from "../../circuit/block-count.ts";
import type { Builder } from "../../circuit/build.ts";
import type { NodeId } from "../../circuit/circuit.ts";
import { blockKey, placeKey } from "../../circuit/own-names.ts";
import { product } from "../contraction.ts";

/** An axis cut into blocks of so many positions: each is a place in a block, and the last block may reach beyond the end. */
export interface Cut {
  readonly axis: TimeAxis;
  readonly block: TimeAxis;
  readonly place: TimeAxis;
  readonly size: number;
}

export const cut = (axis: TimeAxis, most: number): Cut => {
  const { key, rank, extent } = axis;
  const size = extent.tag === "fixed" ? Math.max(1, Math.min(most, extent.size)) : most;
  const count =
    extent.tag === "fixed"
      ? ({ tag: "fixed", size: Math.ceil(extent.size / size) } as const)
      : ({ tag: "length", name: blockCountName(extent.name, size), over: [] } as const);
  return {
    axis,
    block: timeAxis(blockKey(key), rank, count),
    place: timeAxis(placeKey(key), rank, { tag: "fixed", size }),
    size,
  };
};

/** The cut whose axes are among these, with the axis that is cut. */
export const cutAmong = (axes: ReadonlyArray<Axis>): Cut | undefined => {
  const keyed = (key: string): TimeAxis | undefined =>
    axes.find((axis): axis is TimeAxis => axis.tag === "time" && axis.key === key);
  for (const axis of axes) {
    const [block, place] = [keyed(blockKey(axis.key)), keyed(placeKey(axis.key))];
    if (axis.tag === "time" && block !== undefined && place?.extent.tag === "fixed")
      return { axis, block, place, size: place.extent.size };
  }
  return undefined;
};

/** A value by block and place; beyond the end of a sequence `beyond` stands. */
export const byPlace = (b: Builder, { axis, block, place, size }: Cut, value: NodeId, beyond: NodeId): NodeId => {
  const before = b.map("mul", b.map("sub", b.index(block), b.constant(1)), b.constant(size));
  const position = b.map("add", before, b.index(place));
  const found = hasAxis(b.node(value).axes, axis)
    ? b.sum([axis], b.map("mul", value, b.onehot(axis, position)))
    : value;
  return b.map("select", b.map("lessEqual", position, b.length(axis)), found, beyond);
};

/** A value by position, of one by block and place. */
export const byPosition = (b: Builder, { axis, block, place, size }: Cut, value: NodeId): NodeId => {
  const one = b.constant(1);
  const before = b.map("sub", b.index(axis), one);
  const inBlock = b.map("mod", before, b.constant(size));
  const blocksBefore = b.map("div", b.map("sub", before, inBlock), b.constant(size));
  const picked = [b.onehot(block, b.map("add", blocksBefore, one)), b.onehot(place, b.map("add", inBlock, one))];
  return b.sum([block, place], product(b, [value, ...picked]));
};
