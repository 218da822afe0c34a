import type { Axis } from "../../circuit/axis.ts";
import type { Dimension } from "../../loops/loops.ts";
import { equalSizes, times } from "../../loops/size.ts";

/** Joins neighbouring axes where the outer one's stride is the inner one's stride times its extent, in every operand. */
export const collapse = (runs: ReadonlyArray<Run>): ReadonlyArray<Run> => {
  const done: Run[] = [];
  for (const outer of [...runs].reverse()) {
    const inner = done[0];
    const fits = (side: "left" | "right" | "result") =>
      inner !== undefined && equalSizes(outer.dimension[side], times(inner.dimension[side], inner.dimension.extent));
    if (inner !== undefined && fits("left") && fits("right") && fits("result")) {
      const extent = times(outer.dimension.extent, inner.dimension.extent);
      done[0] = { axes: [...outer.axes, ...inner.axes], dimension: { ...inner.dimension, extent } };
    } else done.unshift(outer);
  }
  return done;
};

/** Neighbouring axes of a product that are taken as one. */
export interface Run {
  readonly axes: ReadonlyArray<Axis>;
  readonly dimension: Dimension;
}
