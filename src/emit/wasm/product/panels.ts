import type { Precision } from "../../interface.ts";
import type { DefinedFunction } from "../assembler.ts";
import type { Code } from "../code.ts";
import { define, get, increase, int, repeatWhile, set, stepwise, when } from "../frame.ts";
import { scalarOperations, vectorOperations } from "../operations.ts";
import { panelColumns } from "./tile.ts";

/**
 * Packs a matrix into panels: for each group of columns and each term its elements side by side, with zeros where the
 * last panel has no column. Parameters: where the matrix begins, the distance of terms and of columns; the numbers of
 * columns and of terms; where the panels go.
 */
export const panelsFunction = (precision: Precision): DefinedFunction =>
  define(
    { params: Array.from({ length: 6 }, () => "i32") },
    (frame, from, termStep, columnStep, columns, terms, to) => {
      const scalar = scalarOperations[precision];
      const vector = vectorOperations[precision];
      const width = panelColumns(precision);
      const [column, term, at, end] = [frame.local("i32"), frame.local("i32"), frame.local("i32"), frame.local("i32")];
      const places = Array.from({ length: width }, () => frame.local("i32"));
      const eachTerm = (body: Code): Code => [
        stepwise(term, int.constant(0), terms!, 1, [body, increase(to!, int.constant(32))]),
      ];
      const neighbouring = [
        set(at, get(from!)),
        eachTerm([
          [0, 16].map((offset) => vector.store(get(to!), vector.load(get(at), offset), offset)),
          increase(at, get(termStep!)),
        ]),
      ];
      const apart = [
        places.map((place, i) => set(place, i === 0 ? get(from!) : int.add(get(places[i - 1]!), get(columnStep!)))),
        eachTerm(
          places.map((place, i) => [
            scalar.store(get(to!), scalar.load(get(place)), i * scalar.bytes),
            increase(place, get(termStep!)),
          ]),
        ),
      ];
      const edge = [
        set(at, get(from!)),
        eachTerm([
          [0, 16].map((offset) => vector.store(get(to!), vector.constant(0), offset)),
          set(places[0]!, get(at)),
          set(places[1]!, get(to!)),
          set(end, int.add(get(to!), int.mul(int.sub(get(columns!), get(column)), int.constant(scalar.bytes)))),
          repeatWhile(int.less(get(places[1]!), get(end)), [
            scalar.store(get(places[1]!), scalar.load(get(places[0]!))),
            increase(places[0]!, get(columnStep!)),
            increase(places[1]!, int.constant(scalar.bytes)),
          ]),
          increase(at, get(termStep!)),
        ]),
      ];
      return stepwise(column, int.constant(0), columns!, width, [
        when(
          int.less(int.sub(get(columns!), get(column)), int.constant(width)),
          edge,
          when(int.equal(get(columnStep!), int.constant(scalar.bytes)), neighbouring, apart),
        ),
        increase(from!, int.mul(get(columnStep!), int.constant(width))),
      ]);
    },
  );
