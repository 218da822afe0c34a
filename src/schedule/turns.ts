import { type Axis, withoutAxes } from "../circuit/axis.ts";
import type { SumOrder } from "./recompute.ts";

/** The axes with that of the passes first: what a turn touches stands together, and sums go turn by turn. */
export const turnsFirst =
  ({ axis }: SumOrder) =>
  (axes: ReadonlyArray<Axis>): ReadonlyArray<Axis> => {
    const turns = axes.filter(({ key }) => key === axis?.key);
    return [...turns, ...withoutAxes(axes, turns)];
  };
