import { hasAxis, type TimeAxis, withoutAxes } from "../../circuit/axis.ts";
import type { Span } from "../../syntax/span.ts";
import type { Definition, Variable } from "../../syntax/tree.ts";
import type { Term } from "../system.ts";
import { freeAxes } from "../term.ts";
import type { Context } from "./context.ts";

type Cell = Exclude<Definition, { readonly tag: "model" }>;

/** The caller's axis for each index letter of a cell. */
export type Letters = ReadonlyMap<string, TimeAxis>;

/**
 * Which axis of the caller each letter of a cell stands for. An argument written `x[t]` in the cell runs along the last
 * of the axes that the caller's expression has, so that in `h[s,t] = LSTM(n)(x[s,t])` the cell runs along `t` and `s`
 * rides along. Letters of the results prefer axes of the caller's left-hand side, letters that the cell sums over
 * prefer the others.
 */
export const lettersOf = (
  cell: Cell,
  terms: ReadonlyArray<Term>,
  context: Context,
  span: Span,
): Letters | undefined => {
  const results = cell.tag === "cell" ? cell.results.flatMap(lettersIn) : [];
  const letters = new Map<string, TimeAxis>();
  const free = (axes: ReadonlyArray<TimeAxis>): ReadonlyArray<TimeAxis> =>
    withoutAxes(axes, [...letters.values()]) as ReadonlyArray<TimeAxis>;
  cell.arguments.forEach((argument, i) => {
    // The last letter takes the last axis, so `x[s,t]` given `x[i,j]` means s = i and t = j.
    for (const letter of [...lettersIn(argument)].reverse()) {
      if (letters.has(letter)) continue;
      const axes = inOrder(freeAxes(terms[i]!), context.ambient, results.includes(letter));
      const axis = free(axes).at(-1);
      if (axis !== undefined) letters.set(letter, axis);
    }
  });
  for (const letter of [...new Set([...results, ...cell.arguments.flatMap(lettersIn)])].reverse()) {
    if (letters.has(letter)) continue;
    const axis = free(context.ambient).at(-1);
    if (axis === undefined) {
      context.assembly.report({ tag: "noAxisForCell", span, cell: cell.name.text, letter });
      return undefined;
    }
    letters.set(letter, axis);
  }
  return letters;
};

const lettersIn = ({ indices }: Variable): ReadonlyArray<string> =>
  indices.flatMap((index) => (index.tag === "name" ? [index.text] : []));

/** The most wanted last. */
const inOrder = (
  axes: ReadonlyArray<TimeAxis>,
  ambient: ReadonlyArray<TimeAxis>,
  wantsAmbient: boolean,
): ReadonlyArray<TimeAxis> => {
  const bound = ambient.filter((axis) => hasAxis(axes, axis));
  const others = axes.filter((axis) => !hasAxis(ambient, axis));
  return wantsAmbient ? [...others, ...bound] : [...bound, ...others];
};

/** The axes of the arguments for which the cell has no letter. */
export const ridingAxes = (cell: Cell, terms: ReadonlyArray<Term>, letters: Letters): ReadonlyArray<TimeAxis> => {
  const riding = cell.arguments.flatMap((argument, i) => {
    const own = lettersIn(argument).flatMap((letter) => letters.get(letter) ?? []);
    return withoutAxes(freeAxes(terms[i]!), own) as ReadonlyArray<TimeAxis>;
  });
  return distinctAxes(riding);
};

export const distinctAxes = (axes: ReadonlyArray<TimeAxis>): ReadonlyArray<TimeAxis> => [
  ...new Map(axes.map((axis) => [axis.key, axis])).values(),
];
