import type { Precision } from "../../interface.ts";
import type { DefinedFunction } from "../assembler.ts";
import { define, doWhile, get, increase, int, set, when } from "../frame.ts";
import { lanesOf } from "../lanes.ts";
import { vectorOperations } from "../operations.ts";

/** How many columns a panel has: two vectors. */
export const panelColumns = (precision: Precision): number => 2 * vectorOperations[precision].lanes;

export const tileRows = 4;

/**
 * Four rows times one panel: the sums stay in eight vectors. Parameters: where each row begins and the distance of its
 * elements; the panel, which holds its columns' elements side by side for each term; the number of terms, at least one;
 * where the result stands and the distance of its rows; whether to add to what stands there.
 */
export const tileFunction = (precision: Precision): DefinedFunction =>
  define(
    { params: Array.from({ length: 10 }, () => "i32") },
    (frame, row0, row1, row2, row3, step, panel, terms, result, resultStep, add) => {
      const operations = vectorOperations[precision];
      const { loadSplat } = lanesOf[precision];
      const rows = [row0!, row1!, row2!, row3!];
      const [end, left] = [frame.local("i32"), frame.local("v128")];
      const right = [frame.local("v128"), frame.local("v128")];
      const sums = rows.map(() => [frame.local("v128"), frame.local("v128")]);
      return [
        set(end, int.add(get(panel!), int.mul(get(terms!), int.constant(32)))),
        doWhile(
          [
            right.map((local, half) => set(local, operations.load(get(panel!), 16 * half))),
            rows.map((row, r) => [
              set(left, loadSplat(get(row))),
              right.map((local, half) => {
                const sum = sums[r]![half]!;
                return set(sum, operations.add(get(sum), operations.mul(get(left), get(local))));
              }),
            ]),
            rows.map((row) => increase(row, get(step!))),
            increase(panel!, int.constant(32)),
          ],
          int.notEqual(get(panel!), get(end)),
        ),
        sums.map((halves) => [
          when(
            get(add!),
            halves.map((sum, half) => set(sum, operations.add(operations.load(get(result!), 16 * half), get(sum)))),
          ),
          halves.map((sum, half) => operations.store(get(result!), get(sum), 16 * half)),
          increase(result!, get(resultStep!)),
        ]),
      ];
    },
  );
