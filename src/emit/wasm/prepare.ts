import type { LoopProgram } from "../../loops/loops.ts";
import { segmentDimCount } from "../../loops/segments/dims.ts";
import type { Size } from "../../loops/size.ts";
import type { Precision } from "../../runtime/interface.ts";
import { type Packing, packingsOf, stretchesOf } from "../packing.ts";
import type { WasmChoices } from "./choices.ts";
import { type Layout, layoutOf } from "./layout.ts";
import type { Sharing } from "./sharing.ts";
import { tablesOf } from "./tables.ts";

/** A program with what its memory holds besides its buffers. */
export interface Prepared {
  readonly program: LoopProgram;
  /** The tables of lengths that it reads, which follow those. */
  readonly tables: ReadonlyArray<{ readonly table: number; readonly size: Size }>;
  /** For each block, what is packed before its loops; the stretches for it follow the buffers. */
  readonly packings: ReadonlyArray<Packing>;
  readonly sharings: ReadonlyArray<Sharing>;
  readonly layout: Layout;
}

export const prepare = (
  programs: ReadonlyArray<LoopProgram>,
  precision: Precision,
  choices: WasmChoices,
): ReadonlyArray<Prepared> => {
  const found = programs.map((program) => {
    const packings = packingsOf(program, choices);
    const counts = [1 + program.lengths.length, program.buffers.length, stretchesOf(packings).length] as const;
    const tables = tablesOf(program);
    return {
      program,
      tables,
      packings,
      sharings: program.blocks.map(choices.sharingOf),
      counts,
      words: counts.reduce((a, b) => a + b, tables.length + (program.segments === undefined ? 0 : segmentDimCount)),
    };
  });
  const head = Math.max(...found.map(({ words }) => words));
  return found.map(({ program, tables, packings, sharings, counts }) => {
    const known = tables.map(({ table }) => table);
    return { program, tables, packings, sharings, layout: layoutOf(...counts, known, head, precision) };
  });
};
