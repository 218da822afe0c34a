import type { Draw, Initialiser } from "../circuit/model.ts";
import { pointwiseRanges } from "../circuit/ranges/pointwise-ranges.ts";
import { anyFinite, only, type Range } from "../circuit/ranges/range.ts";

/** Functions of a draw that may lie below where they have a value, with the least that it may be and where they begin. */
export const outsideOf = (
  initialiser: Initialiser | undefined,
): ReadonlyArray<{ readonly fn: string; readonly found: number; readonly least: number }> => {
  const ranges: Range[] = [];
  return (initialiser?.tag === "function" ? initialiser.steps : []).flatMap((step) => {
    if (step.tag === "draw") {
      ranges.push(rangeOf(step.draw));
      return [];
    }
    const [x = only(0), z = only(0), w = only(0)] = step.of.map((place) => ranges[place]!);
    ranges.push(pointwiseRanges[step.fn](x, z, w));
    const least = begins[step.fn];
    return least !== undefined && x.least < least ? [{ fn: step.fn, found: x.least, least }] : [];
  });
};

/** Where the functions begin that have no value everywhere. */
const begins: Readonly<Record<string, number>> = { log: 0, sqrt: 0, log1p: -1 };

const rangeOf = (draw: Draw): Range => {
  if (draw.tag === "constant") return only(draw.value);
  if (draw.tag === "uniform") return { least: draw.low, greatest: draw.high, finite: true };
  if (draw.tag === "identity") return { least: 0, greatest: 1, finite: true };
  return draw.tag === "orthogonal" ? { least: -1, greatest: 1, finite: true } : anyFinite;
};
