import {
  addIndex,
  type BufferId,
  type Dimension,
  type For,
  type Index,
  type Loop,
  type LoopProgram,
  type Product,
} from "../loops.ts";
import { withIndices } from "../loops-indices.ts";
import { accessesIn } from "../memory/lifetime.ts";
import { rowShift, wholeRows } from "../memory/overwriting.ts";
import { dimension, equalSizes, fixed, type Size, times } from "../size.ts";
import type { SegmentDims } from "./dims.ts";

/** A loop over all positions of an axis, of which a segment can be computed by itself. */
export interface Slice {
  /** What it touches. */
  readonly touches: ReadonlyArray<Touch>;
  /** The product whose sums go on from segment to segment: they begin with zeros. */
  readonly sum: Product | undefined;
  /** The loop for the segment at hand; of some buffers only the rows of the segment are there. */
  readonly segment: (isShort: (buffer: BufferId) => boolean) => Loop;
}

export interface Touch {
  readonly buffer: BufferId;
  readonly writes: boolean;
  /** How many positions away, where that is one number. */
  readonly shift: number | undefined;
  /** How far apart the elements of neighbouring positions stand; undefined where the position does not matter. */
  readonly stride: Size | undefined;
}

/** The axis that is taken in segments, in a program. */
export interface Rows {
  readonly program: LoopProgram;
  readonly extent: Size;
  readonly dims: SegmentDims;
}

export const isOfRows = ({ program: { buffers }, extent }: Rows, buffer: BufferId): boolean =>
  equalSizes(buffers[buffer]!.rows, extent);

/** The loop in segments; undefined where a part of it cannot be computed by itself. */
export const sliceOf = (rows: Rows, loop: Loop): Slice | undefined => {
  const over = loopOver(loop, rows.extent);
  const slice =
    over?.tag === "for"
      ? loopSlice(rows, loop, over)
      : over?.tag === "product"
        ? productSlice(rows, loop, over)
        : undefined;
  // A sum over the axis keeps its order only if the axis is the outermost.
  const isOrdered = over === loop || slice?.touches.every(({ writes, stride }) => !writes || stride !== undefined);
  return isOrdered ? slice : undefined;
};

const loopSlice = (rows: Rows, loop: Loop, { variable }: For): Slice => {
  const { program, dims } = rows;
  const touches = accessesIn(loop).map(({ buffer, index, writes }): Touch => {
    const own = index.terms.find((term) => term.variable === variable)?.stride;
    const stride = isOfRows(rows, buffer) ? program.buffers[buffer]!.rowSize : own;
    return {
      buffer,
      writes,
      shift: stride === undefined ? undefined : rowShift(index, variable, stride),
      stride: own === undefined ? undefined : stride,
    };
  });
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
    sum: undefined,
    segment: (isShort) => {
      const change = withIndices((buffer, index) => (isShort(buffer) ? index : moved(index)), moved);
      const part = { tag: "size", size: dimension(dims.count) } as const;
      return innermost(
        change(loop),
        (inner) => inner.tag === "for" && inner.variable === variable,
        (inner) => (inner.tag === "for" ? { ...inner, extent: part } : inner),
      );
    },
  };
};

/** The loop over the axis, or a product that may be, alone inside those around it. */
const loopOver = (loop: Loop, extent: Size): For | Product | undefined => {
  if (loop.tag === "product") return loop;
  if (loop.tag !== "for") return undefined;
  if (loop.extent.tag === "size" && equalSizes(loop.extent.size, extent)) return loop;
  const [inner, ...others] = loop.body;
  return inner === undefined || others.length > 0 ? undefined : loopOver(inner, extent);
};

/** A loop with one that stands alone inside it changed. */
const innermost = (loop: Loop, isIt: (inner: Loop) => boolean, change: (inner: Loop) => Loop): Loop => {
  if (isIt(loop)) return change(loop);
  return loop.tag === "for" ? { ...loop, body: loop.body.map((inner) => innermost(inner, isIt, change)) } : loop;
};

const sides = ["m", "n", "k"] as const;
const operands = ["left", "right", "result"] as const;

const productSlice = (rows: Rows, loop: Loop, product: Product): Slice | undefined => {
  const { program, extent, dims } = rows;
  const [axis] = extent.dims as [number];
  const over = sides.filter((side) => product[side].extent.dims.includes(axis));
  const [side, ...others] = over;
  if (side === undefined || others.length > 0) return undefined;
  const along = product[side];
  const rest = without(along.extent, axis);
  if (rest.dims.includes(axis)) return undefined;
  const touches = operands.map((operand): Touch => {
    const { buffer, index } = product[operand];
    const stride = times(along[operand], rest);
    if (stride.factor === 0) return { buffer, writes: operand === "result", shift: undefined, stride: undefined };
    // The axis must be the outer one where it is taken together with others.
    const isApart = isOfRows(rows, buffer)
      ? equalSizes(program.buffers[buffer]!.rowSize, stride)
      : equalSizes(rest, fixed(1));
    return { buffer, writes: operand === "result", shift: isApart ? shiftOf(index, stride) : undefined, stride };
  });
  if (touches.some(({ stride, shift }) => stride !== undefined && shift === undefined)) return undefined;
  const segment = (isShort: (buffer: BufferId) => boolean): Loop => {
    const moved = (operand: (typeof operands)[number]) => {
      const { buffer, index } = product[operand];
      const by = times(times(along[operand], rest), dimension(dims.start));
      return isShort(buffer) || by.factor === 0
        ? product[operand]
        : { buffer, index: addIndex(index, { terms: [], constant: [by] }) };
    };
    const part: Dimension = { ...along, extent: times(rest, dimension(dims.count)) };
    return innermost(
      loop,
      (inner) => inner === product,
      () => ({
        ...product,
        left: moved("left"),
        right: moved("right"),
        result: moved("result"),
        [side]: part,
        accumulate: product.accumulate || side === "k",
      }),
    );
  };
  return { touches, sum: side === "k" && !product.accumulate ? product : undefined, segment };
};

const shiftOf = ({ terms, constant }: Index, stride: Size): number | undefined => {
  if (terms.some((term) => equalSizes(term.stride, stride))) return undefined;
  return constant.reduce<number | undefined>((sum, size) => {
    const rows = wholeRows(size, stride);
    return sum === undefined || rows === undefined ? undefined : sum + rows;
  }, 0);
};

/** A size without one of its dims. */
const without = ({ factor, dims }: Size, dim: number): Size => {
  const at = dims.indexOf(dim);
  return { factor, dims: dims.filter((_, i) => i !== at) };
};
