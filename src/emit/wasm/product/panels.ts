import type { Precision } from "../../../runtime/interface.ts";
import type { DefinedFunction } from "../assembler.ts";
import type { Code } from "../code.ts";
import { define, get, increase, int, repeatWhile, set, stepwise, when } from "../frame.ts";
import { scalarOperations } from "../scalar-operations.ts";
import { vectorOperations } from "../vector-operations.ts";
import { panelColumns } from "./tile.ts";
import { transposed } from "./transposed.ts";

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
      const vectors = Array.from({ length: 4 }, () => frame.local("v128"));
      /** Where the terms are neighbours, as many as a vector holds, of four columns at a time. */
      const transposedTerms = Array.from({ length: width / 4 }, (_, group) => [
        vectors.map((local, i) => set(local, vector.load(get(places[4 * group + i]!)))),
        transposed(precision, vectors).map((part, i) => {
          const perTerm = (4 * scalar.bytes) / 16;
          const place = 32 * Math.floor(i / perTerm) + 16 * (group * perTerm + (i % perTerm));
          return vector.store(get(to!), part, place);
        }),
      ]);
      const apart = [
        places.map((place, i) => set(place, i === 0 ? get(from!) : int.add(get(places[i - 1]!), get(columnStep!)))),
        set(term, int.constant(0)),
        when(
          int.equal(get(termStep!), int.constant(scalar.bytes)),
          repeatWhile(int.greaterEqual(int.sub(get(terms!), get(term)), int.constant(vector.lanes)), [
            transposedTerms,
            places.map((place) => increase(place, int.constant(16))),
            increase(to!, int.constant(32 * vector.lanes)),
            increase(term, int.constant(vector.lanes)),
          ]),
        ),
        repeatWhile(int.less(get(term), get(terms!)), [
          places.map((place, i) => [
            scalar.store(get(to!), scalar.load(get(place)), i * scalar.bytes),
            increase(place, get(termStep!)),
          ]),
          increase(to!, int.constant(32)),
          increase(term, int.constant(1)),
        ]),
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
