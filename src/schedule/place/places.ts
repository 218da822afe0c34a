import type { Axis } from "../../circuit/axis.ts";
import type { NodeId } from "../../circuit/circuit.ts";
import type { Buffer, BufferId } from "../../loops/loops.ts";
import { fixed, type Size, times } from "../../loops/size.ts";
import type { Pad } from "../statements/statement.ts";

/** Where a value stands: in a buffer over some of its axes, outermost first. */
export interface BufferPlace {
  readonly buffer: BufferId;
  /** Each storage axis with its stride. */
  readonly strides: ReadonlyArray<{ readonly axis: Axis; readonly stride: Size }>;
  /** Where in the buffer its first element stands. */
  readonly start: number;
  /** The extent of one row before the first position, for the pad. */
  readonly padAxis: Axis | undefined;
}

/** The buffers of a program, numbered as they are asked for, and which values have places in them. */
export interface Places {
  readonly allocate: (name: string, axes: ReadonlyArray<Axis>, pad?: Pad) => BufferPlace;
  readonly placeOf: (node: NodeId) => BufferPlace | undefined;
  /** The place of a value, which is made if it has none. */
  readonly placed: (node: NodeId, make: () => BufferPlace) => BufferPlace;
  readonly buffers: () => ReadonlyArray<Buffer>;
}

export const newPlaces = (extent: (axis: Axis) => Size): Places => {
  const buffers: Buffer[] = [];
  const places = new Map<NodeId, BufferPlace>();
  return {
    allocate: (name, axes, pad) => {
      const strides = stridesOf(axes, extent);
      buffers.push({
        name,
        rows: axes[0] === undefined ? fixed(1) : extent(axes[0]),
        front: pad?.front ?? 0,
        back: pad?.back ?? 0,
        rowSize: strides[0]?.stride ?? fixed(1),
      });
      return { buffer: buffers.length - 1, strides, start: 0, padAxis: pad?.axis };
    },
    placeOf: (node) => places.get(node),
    placed: (node, make) => {
      const place = places.get(node) ?? make();
      places.set(node, place);
      return place;
    },
    buffers: () => buffers,
  };
};

/** Rows lie one after the other: an axis's stride is what all axes inside it take. */
const stridesOf = (axes: ReadonlyArray<Axis>, extent: (axis: Axis) => Size): BufferPlace["strides"] => {
  const sizes = axes.map(extent);
  return axes.map((axis, i) => ({ axis, stride: sizes.slice(i + 1).reduce(times, fixed(1)) }));
};
