import type { Precision } from "../../../runtime/interface.ts";
import type { DefinedFunction } from "../assembler.ts";
import type { Code } from "../code.ts";
import { get, int, type Local, type Locals } from "../frame.ts";
import type { Layout } from "../layout.ts";
import { scalarOperations } from "../scalar-operations.ts";
import type { Operands } from "./operands.ts";
import { panelColumns } from "./tile.ts";

/** What the parts of a product in blocks share: its operands, and how far in them it has come. */
export interface Blocks {
  readonly precision: Precision;
  readonly layout: Layout;
  readonly operands: Operands<Local>;
  readonly locals: BlockLocals;
  /** The number of a function that does a part of the work. */
  readonly kernel: (name: string, make: (precision: Precision) => DefinedFunction) => number;
}

export type BlockLocals = ReturnType<typeof blockLocals>;

export const blockLocals = (frame: Locals) => {
  const local = () => frame.local("i32");
  return {
    // Where the block begins, and how much there is of it.
    ...{ firstTerm: local(), firstColumn: local(), firstRow: local() },
    ...{ terms: local(), columns: local(), rows: local() },
    // Where in the block the tile begins, and an element in the tile.
    ...{ tileRow: local(), tileColumn: local(), row: local(), column: local() },
    // The right operand's block, the size of its panels; the panel and the strip that meet.
    ...{ panels: local(), panelBytes: local(), panel: local(), strip: local() },
    // Where the tile goes, whether it is added to what stands there; an element's place in the tile and in the result.
    ...{ result: local(), adding: local(), inTile: local(), inResult: local() },
    // Whether the left operand is a single block, and whether that stands in the strips already.
    ...{ isWhole: local(), isHeld: local() },
  };
};

/** What the elements of a term take in a panel, and those of a row in a tile. */
export const panelRowBytes = (precision: Precision): number =>
  panelColumns(precision) * scalarOperations[precision].bytes;

export const multiplied = (a: Local, b: Local | number): Code =>
  int.mul(get(a), typeof b === "number" ? int.constant(b) : get(b));
