import type { Code } from "../code.ts";
import { call, get, int, type Local, set, when } from "../frame.ts";
import { blockRows, blockTerms } from "../layout.ts";
import { scalarOperations } from "../scalar-operations.ts";
import { type Blocks, multiplied, panelRowBytes } from "./blocks.ts";
import { sharedAs } from "./operands.ts";
import { panelsFunction } from "./panels.ts";
import { stripsFunction } from "./strips.ts";
import { panelColumns } from "./tile.ts";

/** The panels of the right operand's block: packed here unless the whole operand stands packed. */
export const packPanels = ({ precision, layout, operands, locals, kernel }: Blocks): Code => {
  const { b, bk, bn, k, packed } = operands;
  const { firstTerm, firstColumn, terms, columns, panels, panelBytes } = locals;
  const begun = int.add(multiplied(firstColumn, k), multiplied(firstTerm, panelColumns(precision)));
  return when(
    int.isZero(get(packed)),
    [
      call(
        kernel("panels", panelsFunction),
        int.add(get(b), int.add(multiplied(firstTerm, bk), multiplied(firstColumn, bn))),
        get(bk),
        get(bn),
        get(columns),
        get(terms),
        int.constant(layout.panels),
      ),
      set(panels, int.constant(layout.panels)),
      set(panelBytes, multiplied(terms, panelRowBytes(precision))),
    ],
    [
      set(panels, int.add(get(packed), int.mul(begun, int.constant(scalarOperations[precision].bytes)))),
      set(panelBytes, multiplied(k, panelRowBytes(precision))),
    ],
  );
};

/** The strips of the left operand's block, which stay where they are as long as they are all of it. */
export const packStrips = ({ layout, operands, locals, kernel }: Blocks): Code => {
  const { a, am, ak } = operands;
  const { firstRow, firstTerm, rows, terms, isHeld, isWhole } = locals;
  return when(int.isZero(get(isHeld)), [
    call(
      kernel("strips", stripsFunction),
      int.add(get(a), int.add(multiplied(firstRow, am), multiplied(firstTerm, ak))),
      get(am),
      get(ak),
      get(rows),
      get(terms),
      int.constant(layout.strips),
    ),
    set(isHeld, get(isWhole)),
  ]);
};

/** Whether the strips hold the left operand already, from a product before; and for one after, whether they will. */
export const holdStrips = ({ layout, operands, locals }: Blocks): Code => {
  const { a, m, k, shared } = operands;
  const { isWhole, isHeld } = locals;
  const held = int.constant(layout.held);
  const fits = (extent: Local, block: number): Code => int.greaterEqual(int.constant(block), get(extent));
  const isAgain = int.equal(get(shared), int.constant(sharedAs.again));
  const isShared = int.notEqual(get(shared), int.constant(sharedAs.none));
  return [
    set(isWhole, int.and(fits(m, blockRows), fits(k, blockTerms))),
    set(isHeld, int.and(int.and(get(isWhole), isAgain), int.equal(int.load(held), get(a)))),
    int.store(held, int.select(int.and(get(isWhole), isShared), get(a), int.constant(0))),
  ];
};
