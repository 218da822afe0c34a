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

export const prepare = (programs: ReadonlyArray<LoopProgram>, precision: Precision): ReadonlyArray<Prepared> => {
  const found = programs.map((program) => ({ program, tables: tablesOf(program) }));
  const words = found.map(({ program, tables }) => 1 + program.lengths.length + program.buffers.length + tables.length);
  return found.map(({ program, tables }) => {
    const known = tables.map(({ table }) => table);
    const layout = layoutOf(1 + program.lengths.length, program.buffers.length, known, Math.max(...words), precision);
    return { program, tables, layout };
  });
};
