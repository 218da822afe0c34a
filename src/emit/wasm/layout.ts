import type { Precision } from "../interface.ts";

/**
 * The memory of a program. At its head stand, as 32-bit integers, the dims, and the address of every buffer and table;
 * then room for packing, and the arena.
 */
export interface Layout {
  readonly dimension: (index: number) => number;
  readonly start: (buffer: number) => number;
  /** The number of a table of lengths, after those of the buffers. */
  readonly table: (table: number) => number;
  /** Where products pack blocks of their operands, and the tiles at edges. */
  readonly panels: number;
  readonly tile: number;
  readonly arena: number;
}

export const layoutOf = (
  dims: number,
  buffers: number,
  tables: ReadonlyArray<number>,
  precision: Precision,
): Layout => {
  const tile = aligned(4 * (dims + buffers + tables.length));
  const panels = tile + tileBytes;
  return {
    dimension: (index) => 4 * index,
    start: (buffer) => 4 * (dims + buffer),
    table: (table) => buffers + tables.indexOf(table),
    tile,
    panels,
    arena: panels + panelBytes(precision),
  };
};

/** Products are taken in blocks of this many terms of their sums, and of so many columns. */
export const blockTerms = 256;
export const blockColumns: { readonly [P in Precision]: number } = { f32: 512, f64: 256 };

/** A tile is 4 rows of two vectors. */
const tileBytes = 4 * 2 * 16;
const panelBytes = (precision: Precision): number =>
  blockTerms * blockColumns[precision] * (precision === "f32" ? 4 : 8);

const aligned = (bytes: number): number => (bytes + 63) & ~63;
