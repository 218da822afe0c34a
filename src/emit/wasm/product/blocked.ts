import type { Precision } from "../../../runtime/interface.ts";
import type { DefinedFunction } from "../assembler.ts";
import type { Code } from "../code.ts";
import { get, int, type Local, set, stepwise } from "../frame.ts";
import { blockColumns, blockRows, blockTerms, type Layout } from "../layout.ts";
import type { Library } from "../library.ts";
import { holdStrips, packPanels, packStrips } from "./block-packing.ts";
import { eachTile } from "./block-tiles.ts";
import { type Blocks, blockLocals } from "./blocks.ts";
import { defineProduct } from "./operands.ts";

/**
 * A product in blocks, after Goto and van de Geijn (2008): panels of the right operand, packed here unless `packed` says
 * where they stand already, meet strips of four rows of the left one.
 */
export const blockedFunction = (precision: Precision, layout: Layout, library: Library): DefinedFunction =>
  defineProduct((frame, operands) => {
    const locals = blockLocals(frame);
    const kernel: Blocks["kernel"] = (name, make) => library.indexOf(name, () => make(precision));
    const blocks: Blocks = { precision, layout, operands, locals, kernel };
    const { firstTerm, firstColumn, firstRow, terms, columns, rows, adding } = locals;
    const { m, n, k, add } = operands;
    return [
      set(adding, get(add)),
      holdStrips(blocks),
      stepwise(firstTerm, int.constant(0), k, blockTerms, [
        set(terms, rest(k, firstTerm, blockTerms)),
        stepwise(firstColumn, int.constant(0), n, blockColumns[precision], [
          set(columns, rest(n, firstColumn, blockColumns[precision])),
          packPanels(blocks),
          stepwise(firstRow, int.constant(0), m, blockRows, [
            set(rows, rest(m, firstRow, blockRows)),
            packStrips(blocks),
            eachTile(blocks),
          ]),
        ]),
        // The sums go on from block to block of their terms.
        set(adding, int.constant(1)),
      ]),
    ];
  });

/** How much is left for a block, which is no larger than it may be. */
const rest = (all: Local, done: Local, block: number): Code => {
  const left = int.sub(get(all), get(done));
  return int.select(int.less(left, int.constant(block)), left, int.constant(block));
};
