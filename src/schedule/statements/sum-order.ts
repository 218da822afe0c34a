import { type Axis, type TimeAxis, withoutAxes } from "../../circuit/axis.ts";
import type { Circuit, NodeId } from "../../circuit/circuit.ts";
import { isBackwards } from "../../loops/loops.ts";
import { type Phases, passAxis, phasesAlong } from "../recompute/phases.ts";

/**
 * The axis along which sums are taken in the order of the passes over it, and which of them from its end: segment by
 * segment or at once, they then have the same bits.
 */
export interface SumOrder {
  readonly isPassAxis: (axis: Axis) => boolean;
  readonly isFromEnd: (id: NodeId) => boolean;
}

export const sumOrder = (circuit: Circuit): SumOrder => {
  const axis = passAxis(circuit);
  return axis === undefined
    ? { isPassAxis: () => false, isFromEnd: () => false }
    : orderOf(axis, phasesAlong(circuit, axis));
};

export const orderOf = (axis: TimeAxis, phaseOf: Phases): SumOrder => ({
  isPassAxis: ({ key }) => key === axis.key,
  isFromEnd: (id) => isBackwards(phaseOf(id) ?? 0),
});

/** The axes with that of the passes first: what a turn touches stands together, and sums go turn by turn. */
export const passAxisFirst =
  ({ isPassAxis }: SumOrder) =>
  (axes: ReadonlyArray<Axis>): ReadonlyArray<Axis> => {
    const turns = axes.filter(isPassAxis);
    return [...turns, ...withoutAxes(axes, turns)];
  };
