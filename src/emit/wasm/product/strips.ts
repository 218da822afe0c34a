import type { Precision } from "../../interface.ts";
import type { DefinedFunction } from "../assembler.ts";
import { define, get, increase, int, set, stepwise } from "../frame.ts";
import { scalarOperations } from "../operations.ts";
import { nextRow } from "./rows.ts";
import { tileRows } from "./tile.ts";

/**
 * Packs rows into strips: for each four rows and each term their elements side by side; a row that is missing in the last
 * strip is the last one again. Parameters: where the rows begin, the distance of rows and of terms; the numbers of rows
 * and of terms; where the strips go.
 */
export const stripsFunction = (precision: Precision): DefinedFunction =>
  define({ params: Array.from({ length: 6 }, () => "i32") }, (frame, from, rowStep, termStep, rows, terms, to) => {
    const { bytes, load, store } = scalarOperations[precision];
    const [row, term] = [frame.local("i32"), frame.local("i32")];
    const places = Array.from({ length: tileRows }, () => frame.local("i32"));
    return stepwise(row, int.constant(0), rows!, tileRows, [
      places.map((place, i) =>
        set(
          place,
          i === 0
            ? int.add(get(from!), int.mul(get(row), get(rowStep!)))
            : nextRow(get(places[i - 1]!), get(rowStep!), int.less(int.add(get(row), int.constant(i)), get(rows!))),
        ),
      ),
      stepwise(term, int.constant(0), terms!, 1, [
        places.map((place, i) => [store(get(to!), load(get(place)), i * bytes), increase(place, get(termStep!))]),
        increase(to!, int.constant(tileRows * bytes)),
      ]),
    ]);
  });
