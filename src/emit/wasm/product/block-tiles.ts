import type { Code } from "../code.ts";
import { call, get, increase, int, repeatWhile, set, stepwise, when } from "../frame.ts";
import { scalarOperations } from "../scalar-operations.ts";
import { type Blocks, multiplied, panelRowBytes } from "./blocks.ts";
import { panelColumns, tileFunction, tileRows } from "./tile.ts";

/** Each strip of a block meets each panel. */
export const eachTile = (blocks: Blocks): Code => {
  const { precision, layout, operands, locals } = blocks;
  const { c, cm, cn } = operands;
  const { tileRow, tileColumn, rows, columns, terms, panels, panelBytes, panel, strip, result } = locals;
  const { bytes } = scalarOperations[precision];
  const width = panelColumns(precision);
  const down = int.mul(int.add(get(locals.firstRow), get(tileRow)), get(cm));
  const along = int.mul(int.add(get(locals.firstColumn), get(tileColumn)), get(cn));
  return stepwise(tileColumn, int.constant(0), columns, width, [
    set(panel, int.add(get(panels), int.mul(int.divide(get(tileColumn), int.constant(width)), get(panelBytes)))),
    stepwise(tileRow, int.constant(0), rows, tileRows, [
      set(strip, int.add(int.constant(layout.strips), int.mul(multiplied(tileRow, terms), int.constant(bytes)))),
      set(result, int.add(get(c), int.add(down, along))),
      tile(blocks),
    ]),
  ]);
};

/** A whole tile is computed where the result stands, one at an edge in a place of its own. */
const tile = (blocks: Blocks): Code => {
  const { precision, layout, operands, locals, kernel } = blocks;
  const { strip, panel, terms, result, adding, inTile, inResult } = locals;
  const { load, store } = scalarOperations[precision];
  const tileAt = (place: Code, step: Code): Code =>
    call(kernel("tile", tileFunction), get(strip), get(panel), get(terms), place, step, get(adding));
  return when(isWholeTile(blocks), tileAt(get(result), get(operands.cm)), [
    when(get(adding), eachInTile(blocks, store(get(inTile), load(get(inResult))))),
    tileAt(int.constant(layout.tile), int.constant(panelRowBytes(precision))),
    eachInTile(blocks, store(get(inResult), load(get(inTile)))),
  ]);
};

const isWholeTile = ({ precision, operands, locals }: Blocks): Code => {
  const { tileRow, tileColumn, rows, columns } = locals;
  return int.and(
    int.and(
      int.greaterEqual(int.sub(get(rows), get(tileRow)), int.constant(tileRows)),
      int.greaterEqual(int.sub(get(columns), get(tileColumn)), int.constant(panelColumns(precision))),
    ),
    int.equal(get(operands.cn), int.constant(scalarOperations[precision].bytes)),
  );
};

/** Each element of the result that there is, and its place in the tile. */
const eachInTile = ({ precision, layout, operands, locals }: Blocks, body: Code): Code => {
  const { tileRow, tileColumn, row, column, rows, columns, result, inTile, inResult } = locals;
  const isColumn = int.and(
    int.less(get(column), int.constant(panelColumns(precision))),
    int.less(int.add(get(column), get(tileColumn)), get(columns)),
  );
  const isRow = int.and(
    int.less(get(row), int.constant(tileRows)),
    int.less(int.add(get(row), get(tileRow)), get(rows)),
  );
  return [
    set(row, int.constant(0)),
    repeatWhile(isRow, [
      set(inTile, int.add(int.constant(layout.tile), multiplied(row, panelRowBytes(precision)))),
      set(inResult, int.add(get(result), multiplied(row, operands.cm))),
      set(column, int.constant(0)),
      repeatWhile(isColumn, [
        body,
        increase(inTile, int.constant(scalarOperations[precision].bytes)),
        increase(inResult, get(operands.cn)),
        increase(column, int.constant(1)),
      ]),
      increase(row, int.constant(1)),
    ]),
  ];
};
