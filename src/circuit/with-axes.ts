import { match } from "../match.ts";
import type { Axis, TimeAxis } from "./axis.ts";
import type { Op } from "./circuit.ts";
import { unexpanded } from "./unexpanded.ts";

/** An operation over other axes in the place of its own: each time axis is another time axis, all others stay. */
export const withAxes =
  (other: (axis: TimeAxis) => TimeAxis, stage: string) =>
  (op: Op): Op => {
    const mapped = otherAxis(other);
    return match<Op, Op>({
      constant: (same) => same,
      parameter: (same) => same,
      input: (input) => ({ ...input, axes: input.axes.map(mapped) }),
      index: ({ tag, axis }) => ({ tag, axis: mapped(axis) }),
      length: ({ tag, axis }) => ({ tag, axis: mapped(axis) }),
      map: (same) => same,
      reduce: ({ tag, fn, over }) => ({ tag, fn, over: over.map(mapped) }),
      delay: ({ tag, axis, by }) => ({ tag, axis: other(axis), by }),
      at: ({ tag, axis, position }) => ({ tag, axis: other(axis), position }),
      onehot: ({ tag, axis }) => ({ tag, axis: axis.tag === "time" ? other(axis) : axis }),
      mark: () => unexpanded(stage),
      grad: () => unexpanded(stage),
      concat: (same) => same,
      slice: (same) => same,
      rename: ({ tag, renames }) => ({
        tag,
        renames: renames.map(([from, to]) => [mapped(from), mapped(to)] as const),
      }),
    })(op);
  };

/** The same of any axis. */
export const otherAxis =
  (other: (axis: TimeAxis) => TimeAxis) =>
  (axis: Axis): Axis =>
    axis.tag === "time" ? other(axis) : axis;
