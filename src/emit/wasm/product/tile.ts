import type { Precision } from "../../../runtime/interface.ts";
import type { DefinedFunction } from "../assembler.ts";
import { define, doWhile, get, increase, int, set, when } from "../frame.ts";
import { lanesOf } from "../lanes.ts";
import { scalarOperations } from "../scalar-operations.ts";
import { vectorOperations } from "../vector-operations.ts";

/** How many columns a panel has: two vectors. */
export const panelColumns = (precision: Precision): number => 2 * vectorOperations[precision].lanes;

/** How many rows a strip has. */
export const tileRows = 4;

/**
 * A strip of four rows times a panel: the sums stay in eight vectors. Parameters: the strip and the panel, which hold the
 * elements of their rows and columns side by side for each term; the number of terms, at least one; where the result
 * stands and the distance of its rows; whether to add to what stands there: the sums then begin with it, so that the
 * terms of a sum can be taken in any number of blocks.
 *
 * Written so that the loop is short: engines make 126 bytes of it on x86-64, and one that reaches into a third line of 64
 * takes a fifth more time. Hence places move before they are read, and sums are the second operands of additions, which
 * spares each a byte (`bench/kernels/products.ts` measures it).
 */
export const tileFunction = (precision: Precision): DefinedFunction =>
  define({ params: Array.from({ length: 6 }, () => "i32") }, (frame, strip, panel, terms, result, resultStep, add) => {
    const operations = vectorOperations[precision];
    const { loadSplat } = lanesOf[precision];
    const { bytes } = scalarOperations[precision];
    const stripStep = int.constant(tileRows * bytes);
    const panelStep = int.constant(32);
    const end = frame.local("i32");
    const left = Array.from({ length: tileRows }, () => frame.local("v128"));
    const right = [frame.local("v128"), frame.local("v128")];
    const sums = left.map(() => [frame.local("v128"), frame.local("v128")]);
    const row = frame.local("i32");
    return [
      when(get(add!), [
        set(row, get(result!)),
        sums.map((halves) => [
          halves.map((sum, half) => set(sum, operations.load(get(row), 16 * half))),
          increase(row, get(resultStep!)),
        ]),
      ]),
      set(strip!, int.sub(get(strip!), stripStep)),
      set(panel!, int.sub(get(panel!), panelStep)),
      set(end, int.add(get(panel!), int.mul(get(terms!), panelStep))),
      doWhile(
        [
          increase(strip!, stripStep),
          increase(panel!, panelStep),
          right.map((local, half) => set(local, operations.load(get(panel!), 16 * half))),
          left.map((local, r) => [
            set(local, loadSplat(get(strip!), r * bytes)),
            right.map((column, half) => {
              const sum = sums[r]![half]!;
              return set(sum, operations.add(operations.mul(get(local), get(column)), get(sum)));
            }),
          ]),
        ],
        int.notEqual(get(panel!), get(end)),
      ),
      sums.map((halves) => [
        halves.map((sum, half) => operations.store(get(result!), get(sum), 16 * half)),
        increase(result!, get(resultStep!)),
      ]),
    ];
  });
