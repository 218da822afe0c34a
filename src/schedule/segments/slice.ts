import { type Access, accessesIn } from "../lifetime.ts";
import { rowShift, wholeRows } from "../lifetime-turns.ts";
import {
  addIndex,
  type BufferId,
  type Dimension,
  type Index,
  type Loop,
  type LoopProgram,
  type Product,
} from "../loops.ts";
import { withIndices } from "../loops-indices.ts";
import { dimension, equalSizes, type Size, times } from "../size.ts";
import type { SegmentDims } from "./dims.ts";

/** A loop over all positions of an axis, of which a segment can be computed by itself. */
export interface Slice {
  /** What it touches: how many positions away, where the position fixes a row of the buffer. */
  readonly touches: ReadonlyArray<Touch>;
  /** What must be done once, before the first segment. */
  readonly before: ReadonlyArray<Loop>;
  /** The loop for the segment at hand; of some buffers only the rows of the segment are there. */
  readonly segment: (isShort: (buffer: BufferId) => boolean) => Loop;
}

export interface Touch {
  readonly buffer: BufferId;
  readonly writes: boolean;
  readonly shift: number | undefined;
  /** Whether the position matters for what is touched. */
  readonly moves: boolean;
}

/** The axis that is taken in segments, in a program. */
export interface Rows {
  readonly program: LoopProgram;
  readonly extent: Size;
  readonly dims: SegmentDims;
  /** Whether a sum that is taken in parts has the bits of the whole. */
  readonly addsInParts: boolean;
}

export const isOfRows = ({ program: { buffers }, extent }: Rows, buffer: BufferId): boolean =>
  equalSizes(buffers[buffer]!.rows, extent);

/** The loop in segments; undefined where a part of it cannot be computed by itself. */
export const sliceOf = (rows: Rows, loop: Loop): Slice | undefined =>
  loop.tag === "product" ? productSlice(rows, loop) : loopSlice(rows, loop);

const loopSlice = (rows: Rows, loop: Loop): Slice | undefined => {
  const { program, extent, dims } = rows;
  const over = loopOver(loop, extent);
  if (over === undefined) return undefined;
  const { variable } = over;
  const shiftOf = ({ buffer, index }: Access) =>
    isOfRows(rows, buffer) ? rowShift(index, variable, program.buffers[buffer]!.rowSize) : undefined;
  const touches = accessesIn(loop).map((access) => ({
    buffer: access.buffer,
    writes: access.writes,
    shift: shiftOf(access),
    moves: moves(access.index, variable),
  }));
  // A sum over the axis keeps its order only if the axis is the outermost.
  if (over !== loop && touches.some(({ writes, moves }) => writes && !moves)) return undefined;
  const start = dimension(dims.start);
  const moved = (index: Index): Index => ({
    ...index,
    constant: [
      ...index.constant,
      ...index.terms.filter((term) => term.variable === variable).map(({ stride }) => times(stride, start)),
    ],
  });
  return {
    touches,
    before: [],
    segment: (isShort) => {
      const change = withIndices((buffer, index) => (isShort(buffer) ? index : moved(index)), moved);
      return withExtent(change(loop), variable, dimension(dims.count));
    },
  };
};

const moves = ({ terms }: Index, variable: string): boolean => terms.some((term) => term.variable === variable);

/** The loop over the axis, alone inside those around it. */
const loopOver = (loop: Loop, extent: Size): Extract<Loop, { tag: "for" }> | undefined => {
  if (loop.tag !== "for") return undefined;
  if (loop.extent.tag === "size" && equalSizes(loop.extent.size, extent)) return loop;
  const [inner, ...others] = loop.body;
  return inner === undefined || others.length > 0 ? undefined : loopOver(inner, extent);
};

const withExtent = (loop: Loop, variable: string, size: Size): Loop => {
  if (loop.tag !== "for") return loop;
  if (loop.variable === variable) return { ...loop, extent: { tag: "size", size } };
  return { ...loop, body: loop.body.map((inner) => withExtent(inner, variable, size)) };
};

const sides = ["m", "n", "k"] as const;

const productSlice = (rows: Rows, product: Product): Slice | undefined => {
  const { program, extent, dims, addsInParts } = rows;
  const [axis] = extent.dims as [number];
  const over = sides.filter((side) => product[side].extent.dims.includes(axis));
  const [side, ...others] = over;
  if (side === undefined || others.length > 0 || (side === "k" && !addsInParts)) return undefined;
  const along = product[side];
  const rest = without(along.extent, axis);
  if (rest.dims.includes(axis)) return undefined;
  const operands = ["left", "right", "result"] as const;
  const touches = operands.map((operand) => {
    const { buffer, index } = product[operand];
    const { rowSize } = program.buffers[buffer]!;
    const isAlong = along[operand].factor !== 0;
    // The axis must be the outer one where it is taken together with others.
    const hasRows = isOfRows(rows, buffer) && equalSizes(rowSize, times(along[operand], rest));
    const shift = index.terms.length > 0 ? undefined : shiftOf(index, rowSize);
    return { buffer, writes: operand === "result", shift: isAlong && hasRows ? shift : undefined, moves: isAlong };
  });
  if (touches.some(({ moves, shift }) => moves && shift === undefined)) return undefined;
  const segment = (isShort: (buffer: BufferId) => boolean): Loop => {
    const moved = (operand: (typeof operands)[number]) => {
      const { buffer, index } = product[operand];
      const by = times(times(along[operand], rest), dimension(dims.start));
      return isShort(buffer) || by.factor === 0
        ? product[operand]
        : { buffer, index: addIndex(index, { terms: [], constant: [by] }) };
    };
    const part: Dimension = { ...along, extent: times(rest, dimension(dims.count)) };
    return {
      ...product,
      left: moved("left"),
      right: moved("right"),
      result: moved("result"),
      [side]: part,
      accumulate: product.accumulate || side === "k",
    };
  };
  return { touches, before: side === "k" && !product.accumulate ? [cleared(product)] : [], segment };
};

const shiftOf = ({ constant }: Index, rowSize: Size): number | undefined =>
  constant.reduce<number | undefined>((sum, size) => {
    const rows = wholeRows(size, rowSize);
    return sum === undefined || rows === undefined ? undefined : sum + rows;
  }, 0);

/** A size without one of its dims. */
const without = ({ factor, dims }: Size, dim: number): Size => {
  const at = dims.indexOf(dim);
  return { factor, dims: dims.filter((_, i) => i !== at) };
};

/** Zeros where a product's sums will stand. */
const cleared = ({ result: { buffer, index }, m, n }: Product): Loop => {
  const over = (variable: string, { extent, result }: Dimension, body: (at: Index) => Loop, at: Index): Loop => ({
    tag: "for",
    variable,
    extent: { tag: "size", size: extent },
    descending: false,
    body: [body(addIndex(at, { terms: [{ variable, stride: result }], constant: [] }))],
  });
  const zero = (at: Index): Loop => ({
    tag: "store",
    buffer,
    index: at,
    value: { tag: "number", value: 0 },
    mode: "set",
  });
  return over("row", m, (at) => over("column", n, zero, at), index);
};
