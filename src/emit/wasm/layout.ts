import type { Precision } from "../../runtime/interface.ts";

/**
 * The memory of a program. At its head stand, as 32-bit integers, the dims, and the address of every buffer and table;
 * then room for packing, and the arena.
 */
export interface Layout {
  readonly dimension: (index: number) => number;
  readonly start: (buffer: number) => number;
  /** The number of a stretch for a packed operand, after those of the buffers. */
  readonly stretch: (stretch: number) => number;
  /** The number of a table of lengths, after those. */
  readonly table: (table: number) => number;
  /** Where products pack a block of the right operand and one of the left, and put a tile at an edge. */
  readonly panels: number;
  readonly strips: number;
  /** The address of the left operand that stands packed in the strips, whole; 0 if none does. */
  readonly held: number;
  readonly tile: number;
  readonly arena: number;
}

/** `head`, in words, is the most that any program of the module needs: what they share stands at the same places. */
export const layoutOf = (
  dims: number,
  buffers: number,
  stretches: number,
  tables: ReadonlyArray<number>,
  head: number,
  precision: Precision,
): Layout => {
  const known = dims + buffers + stretches + tables.length;
  const held = 4 * head;
  const tile = aligned(held + 4);
  const strips = tile + tileBytes;
  const panels = strips + blockRows * blockTerms * bytesOf[precision];
  return {
    // The dims of segments, which the program itself writes, come last.
    dimension: (index) => 4 * (index < dims ? index : known + index - dims),
    start: (buffer) => 4 * (dims + buffer),
    stretch: (stretch) => buffers + stretch,
    table: (table) => buffers + stretches + tables.indexOf(table),
    held,
    tile,
    strips,
    panels,
    arena: panels + blockTerms * blockColumns[precision] * bytesOf[precision],
  };
};

/**
 * Products are taken in blocks: of this many terms of their sums and so many columns the right operand's share stays in
 * the second cache, of so many rows the left operand's in the first.
 */
export const blockTerms = 256;
export const blockRows = 32;
export const blockColumns: { readonly [P in Precision]: number } = { f32: 512, f64: 256 };

const bytesOf: { readonly [P in Precision]: number } = { f32: 4, f64: 8 };

/** A tile is 4 rows of two vectors. */
const tileBytes = 4 * 2 * 16;

const aligned = (bytes: number): number => (bytes + 63) & ~63;
