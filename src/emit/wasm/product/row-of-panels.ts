import type { Precision } from "../../../runtime/interface.ts";
import type { DefinedFunction } from "../assembler.ts";
import type { Code } from "../code.ts";
import { defineNamed, doWhile, get, increase, int, type Local, repeatWhile, set, when } from "../frame.ts";
import { lanesOf } from "../lanes.ts";
import { scalarOperations } from "../scalar-operations.ts";
import { vectorOperations } from "../vector-operations.ts";
import { panelColumns } from "./tile.ts";

/** How many panels are taken at once: their sums fill as many registers as there are beside what they read. */
const atOnce = 4;

/** Bytes of a panel's row, and of half of it: a vector. */
const [rowBytes, half] = [32, 16];

const names = ["row", "rowStep", "panel", "result", "resultStep", "columns", "terms", "isAdded", "aside"] as const;
type Given = { readonly [Name in (typeof names)[number]]: Local };

/**
 * One row times a matrix that stands packed in panels (`panelsFunction`); every sum takes its terms one after the other.
 * Parameters: the row and the distance of its elements; the panels; the result and the distance of its elements; the
 * numbers of columns and of terms, at least one; whether to add to what stands there; room for the sums of a panel.
 */
export const rowOfPanelsFunction = (precision: Precision): DefinedFunction =>
  defineNamed(names, (frame, given) => {
    const several = (count: number, type: "i32" | "v128") => Array.from({ length: count }, () => frame.local(type));
    const [x, end, panelBytes, from, to] = several(5, "i32") as [Local, Local, Local, Local, Local];
    const [left] = several(1, "v128") as [Local];
    const panels = several(atOnce, "i32");
    const sums = panels.map(() => several(2, "v128"));
    const { panel, result, resultStep, columns, terms, aside } = given;
    const { bytes, load, store } = scalarOperations[precision];
    const width = panelColumns(precision);
    const sumsAt = (place: Local, count: number) =>
      sumsOf(precision, given, { x, end, left, panelBytes, panels: panels.slice(0, count), sums }, place);
    const whole = (count: number) =>
      repeatWhile(int.greaterEqual(get(columns), int.constant(count * width)), [
        sumsAt(result, count),
        increase(result, int.constant(count * rowBytes)),
        increase(panel, int.mul(get(panelBytes), int.constant(count))),
        increase(columns, int.constant(-count * width)),
      ]);
    const eachColumn = (body: Code): Code => [
      set(from, get(aside)),
      set(to, get(result)),
      set(end, int.add(get(aside), int.mul(int.least(columns, int.constant(width)), int.constant(bytes)))),
      repeatWhile(int.notEqual(get(from), get(end)), [
        body,
        increase(from, int.constant(bytes)),
        increase(to, get(resultStep)),
      ]),
    ];
    return [
      set(panelBytes, int.mul(get(terms), int.constant(rowBytes))),
      when(int.equal(get(resultStep), int.constant(bytes)), [whole(atOnce), whole(1)]),
      // What fills no panel, or does not lie together, is kept elsewhere meanwhile.
      repeatWhile(int.greaterEqual(get(columns), int.constant(1)), [
        when(get(given.isAdded), eachColumn(store(get(from), load(get(to))))),
        sumsAt(aside, 1),
        eachColumn(store(get(to), load(get(from)))),
        increase(result, int.mul(get(resultStep), int.constant(width))),
        increase(panel, get(panelBytes)),
        increase(columns, int.constant(-width)),
      ]),
    ];
  });

interface Sums {
  readonly x: Local;
  readonly end: Local;
  readonly left: Local;
  readonly panelBytes: Local;
  readonly panels: ReadonlyArray<Local>;
  readonly sums: ReadonlyArray<ReadonlyArray<Local>>;
}

/** The sums of neighbouring panels, which stand side by side at a place. */
const sumsOf = (
  precision: Precision,
  { row, rowStep, panel, isAdded }: Given,
  { x, end, left, panelBytes, panels, sums }: Sums,
  place: Local,
): Code => {
  const { add, mul, load, store, constant } = vectorOperations[precision];
  const each = (use: (sum: Local, offset: number, at: Local, inRow: number) => Code): Code =>
    panels.map((at, p) => sums[p]!.map((sum, h) => use(sum, rowBytes * p + half * h, at, half * h)));
  return [
    panels.map((at, p) => set(at, p === 0 ? get(panel) : int.add(get(panels[p - 1]!), get(panelBytes)))),
    set(x, get(row)),
    set(end, int.add(get(panel), get(panelBytes))),
    when(
      get(isAdded),
      each((sum, offset) => set(sum, load(get(place), offset))),
      each((sum) => set(sum, constant(0))),
    ),
    doWhile(
      [
        set(left, lanesOf[precision].loadSplat(get(x))),
        each((sum, _, at, inRow) => set(sum, add(mul(get(left), load(get(at), inRow)), get(sum)))),
        increase(x, get(rowStep)),
        panels.map((at) => increase(at, int.constant(rowBytes))),
      ],
      int.notEqual(get(panels[0]!), get(end)),
    ),
    each((sum, offset) => store(get(place), get(sum), offset)),
  ];
};
