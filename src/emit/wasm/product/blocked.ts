import type { Precision } from "../../../runtime/interface.ts";
import type { DefinedFunction } from "../assembler.ts";
import type { Code } from "../code.ts";
import { call, get, increase, int, type Local, repeatWhile, set, stepwise, when } from "../frame.ts";
import { blockColumns, blockRows, blockTerms, type Layout } from "../layout.ts";
import type { Library } from "../library.ts";
import { scalarOperations } from "../operations.ts";
import { defineProduct, sharedAs } from "./operands.ts";
import { panelsFunction } from "./panels.ts";
import { stripsFunction } from "./strips.ts";
import { panelColumns, tileFunction, tileRows } from "./tile.ts";

/**
 * A product in blocks, after Goto and van de Geijn (2008): panels of the right operand, packed here unless `packed` says
 * where they stand already, meet strips of four rows of the left one.
 */
export const blockedFunction = (precision: Precision, layout: Layout, library: Library): DefinedFunction =>
  defineProduct((frame, { a, am, ak, b, bk, bn, c, cm, cn, m, n, k, add, packed, shared }) => {
    const { bytes, load, store } = scalarOperations[precision];
    const width = panelColumns(precision);
    const local = () => frame.local("i32");
    const kernel = (name: string, make: (precision: Precision) => DefinedFunction) =>
      library.indexOf(name, () => make(precision));
    const [k0, n0, m0] = [local(), local(), local()];
    const [terms, columns, rows] = [local(), local(), local()];
    const [i, j, x, y] = [local(), local(), local(), local()];
    const [base, panelBytes, panel, strip] = [local(), local(), local(), local()];
    const [result, adding, inTile, inResult] = [local(), local(), local(), local()];
    const [isWhole, isHeld] = [local(), local()];
    const product = (p: Local, q: Local | number): Code =>
      int.mul(get(p), typeof q === "number" ? int.constant(q) : get(q));

    const packRight = when(
      int.isZero(get(packed)),
      [
        call(
          kernel("panels", panelsFunction),
          int.add(get(b), int.add(product(k0, bk), product(n0, bn))),
          get(bk),
          get(bn),
          get(columns),
          get(terms),
          int.constant(layout.panels),
        ),
        set(base, int.constant(layout.panels)),
        set(panelBytes, product(terms, width * bytes)),
      ],
      [
        set(base, int.add(get(packed), int.mul(int.add(product(n0, k), product(k0, width)), int.constant(bytes)))),
        set(panelBytes, product(k, width * bytes)),
      ],
    );
    const fits = (extent: Local, block: number): Code => int.greaterEqual(int.constant(block), get(extent));
    const heldPlace = int.constant(layout.held);
    const packLeft = when(int.isZero(get(isHeld)), [
      call(
        kernel("strips", stripsFunction),
        int.add(get(a), int.add(product(m0, am), product(k0, ak))),
        get(am),
        get(ak),
        get(rows),
        get(terms),
        int.constant(layout.strips),
      ),
      set(isHeld, get(isWhole)),
    ]);
    const tile = (at: Code, step: Code, adding: Code): Code =>
      call(kernel("tile", tileFunction), get(strip), get(panel), get(terms), at, step, adding);
    const isWholeTile = int.and(
      int.and(
        int.greaterEqual(int.sub(get(rows), get(i)), int.constant(tileRows)),
        int.greaterEqual(int.sub(get(columns), get(j)), int.constant(width)),
      ),
      int.equal(get(cn), int.constant(bytes)),
    );
    /** Each element of the result that there is, and its place in the tile. */
    const eachInTile = (body: Code): Code => [
      set(x, int.constant(0)),
      repeatWhile(int.and(int.less(get(x), int.constant(tileRows)), int.less(int.add(get(x), get(i)), get(rows))), [
        set(inTile, int.add(int.constant(layout.tile), product(x, width * bytes))),
        set(inResult, int.add(get(result), product(x, cm))),
        set(y, int.constant(0)),
        repeatWhile(int.and(int.less(get(y), int.constant(width)), int.less(int.add(get(y), get(j)), get(columns))), [
          body,
          increase(inTile, int.constant(bytes)),
          increase(inResult, get(cn)),
          increase(y, int.constant(1)),
        ]),
        increase(x, int.constant(1)),
      ]),
    ];
    const tiles = stepwise(j, int.constant(0), columns, width, [
      set(panel, int.add(get(base), int.mul(int.divide(get(j), int.constant(width)), get(panelBytes)))),
      stepwise(i, int.constant(0), rows, tileRows, [
        set(strip, int.add(int.constant(layout.strips), int.mul(product(i, terms), int.constant(bytes)))),
        set(
          result,
          int.add(
            get(c),
            int.add(int.mul(int.add(get(m0), get(i)), get(cm)), int.mul(int.add(get(n0), get(j)), get(cn))),
          ),
        ),
        when(isWholeTile, tile(get(result), get(cm), get(adding)), [
          when(get(adding), eachInTile(store(get(inTile), load(get(inResult))))),
          tile(int.constant(layout.tile), int.constant(width * bytes), get(adding)),
          eachInTile(store(get(inResult), load(get(inTile)))),
        ]),
      ]),
    ]);
    const rest = (all: Local, done: Local, block: number): Code => {
      const left = int.sub(get(all), get(done));
      return int.select(int.less(left, int.constant(block)), left, int.constant(block));
    };
    return [
      set(adding, get(add)),
      // Whether the left operand is a single block, which then stays in the strips.
      set(isWhole, int.and(fits(m, blockRows), fits(k, blockTerms))),
      set(
        isHeld,
        int.and(
          int.and(get(isWhole), int.equal(get(shared), int.constant(sharedAs.again))),
          int.equal(int.load(heldPlace), get(a)),
        ),
      ),
      int.store(
        heldPlace,
        int.select(
          int.and(get(isWhole), int.notEqual(get(shared), int.constant(sharedAs.none))),
          get(a),
          int.constant(0),
        ),
      ),
      stepwise(k0, int.constant(0), k, blockTerms, [
        set(terms, rest(k, k0, blockTerms)),
        stepwise(n0, int.constant(0), n, blockColumns[precision], [
          set(columns, rest(n, n0, blockColumns[precision])),
          packRight,
          stepwise(m0, int.constant(0), m, blockRows, [set(rows, rest(m, m0, blockRows)), packLeft, tiles]),
        ]),
        set(adding, int.constant(1)),
      ]),
    ];
  });
