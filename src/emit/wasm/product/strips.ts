import type { Precision } from "../../../runtime/interface.ts";
import type { DefinedFunction } from "../assembler.ts";
import type { Code } from "../code.ts";
import { define, get, increase, int, type Local, repeatWhile, set, stepwise, when } from "../frame.ts";
import { scalarOperations } from "../scalar-operations.ts";
import { vectorOperations } from "../vector-operations.ts";
import { tileRows } from "./tile.ts";
import { transposed } from "./transposed.ts";

/**
 * Packs rows into strips: for each four rows and each term their elements side by side; a row that is missing in the last
 * strip is the last one again. Parameters: where the rows begin, the distance of rows and of terms; the numbers of rows
 * and of terms; where the strips go. Neighbours are moved a vector at a time.
 */
export const stripsFunction = (precision: Precision): DefinedFunction =>
  define({ params: Array.from({ length: 6 }, () => "i32") }, (frame, from, rowStep, termStep, rows, terms, to) => {
    const { bytes, load, store } = scalarOperations[precision];
    const vector = vectorOperations[precision];
    const [row, rest] = [frame.local("i32"), frame.local("i32")];
    const places = Array.from({ length: tileRows }, () => frame.local("i32"));
    const vectors = Array.from({ length: tileRows }, () => frame.local("v128"));
    const isUnit = (step: Local) => int.equal(get(step), int.constant(bytes));
    const isWhole = int.greaterEqual(int.sub(get(rows!), get(row)), int.constant(tileRows));

    /** So many terms at a time, while there are so many. */
    const termsAtOnce = (count: number, body: Code): Code =>
      repeatWhile(int.greaterEqual(get(rest), int.constant(count)), [
        body,
        increase(to!, int.constant(count * tileRows * bytes)),
        increase(rest, int.constant(-count)),
      ]);
    const besides = Array.from({ length: (tileRows * bytes) / 16 }, (_, i) => 16 * i);
    const rowsSideBySide = termsAtOnce(1, [
      besides.map((offset) => vector.store(get(to!), vector.load(get(places[0]!), offset), offset)),
      increase(places[0]!, get(termStep!)),
    ]);
    const termsSideBySide = termsAtOnce(vector.lanes, [
      places.map((place, i) => [set(vectors[i]!, vector.load(get(place))), increase(place, int.constant(16))]),
      transposed(precision, vectors).map((part, i) => vector.store(get(to!), part, 16 * i)),
    ]);
    const oneByOne = termsAtOnce(
      1,
      places.map((place, i) => [store(get(to!), load(get(place)), i * bytes), increase(place, get(termStep!))]),
    );
    return stepwise(row, int.constant(0), rows!, tileRows, [
      set(rest, get(terms!)),
      places.map((place, i) =>
        set(
          place,
          i === 0
            ? int.add(get(from!), int.mul(get(row), get(rowStep!)))
            : next(places[i - 1]!, rowStep!, int.less(int.add(get(row), int.constant(i)), get(rows!))),
        ),
      ),
      when(int.and(isUnit(rowStep!), isWhole), rowsSideBySide, when(isUnit(termStep!), termsSideBySide)),
      oneByOne,
    ]);
  });

/** Where the row after another begins, or that one again if there is no more. */
const next = (row: Local, step: Local, exists: Code): Code =>
  int.add(get(row), int.select(exists, get(step), int.constant(0)));
