import type { LoopProgram } from "../../schedule/loops.ts";
import type { Size } from "../../schedule/size.ts";
import type { Precision } from "../interface.ts";
import { type Layout, layoutOf } from "./layout.ts";
import { tablesOf } from "./tables.ts";

/** A program with what its memory holds besides its buffers. */
export interface Prepared {
  readonly program: LoopProgram;
  /** The tables of lengths that it reads, which follow the buffers. */
  readonly tables: ReadonlyArray<{ readonly table: number; readonly size: Size }>;
  readonly layout: Layout;
}

export const prepare = (program: LoopProgram, precision: Precision): Prepared => {
  const tables = tablesOf(program);
  const layout = layoutOf(
    1 + program.lengths.length,
    program.buffers.length,
    tables.map(({ table }) => table),
    precision,
  );
  return { program, tables, layout };
};
