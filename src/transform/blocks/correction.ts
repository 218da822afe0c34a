import { type Axis, hasAxis, sameAxis, unionAxes, withoutAxes } from "../../circuit/axis.ts";
import type { Circuit, NodeId } from "../../circuit/circuit.ts";
import { nodeAt } from "../../circuit/node-at.ts";
import { type Renames, renamedAxes } from "./reading.ts";
import type { Renamed, Summed, Term } from "./terms.ts";

/** A factor of what is written that depends on the state: a sum of what is known, and of sums over the state before it. */
export interface Correction {
  readonly axes: ReadonlyArray<Axis>;
  readonly known: ReadonlyArray<Term>;
  readonly reads: ReadonlyArray<Read>;
}

export interface Read extends Term {
  readonly state: Summed;
}

/** What is written, as a product: factors that do not depend on the state, and perhaps one that does. */
export interface Written {
  readonly write: ReadonlyArray<NodeId>;
  readonly correction?: Correction;
}

/** Terms of a state with these axes as a product: what is a factor of all of them, and the sum of what is left of each. */
export const writtenOf = (
  circuit: Circuit,
  state: ReadonlyArray<Axis>,
  terms: ReadonlyArray<Term>,
): Written | undefined => {
  const [first, ...others] = terms;
  if (first === undefined) return undefined;
  const isRead = (term: Term): term is Read => term.state !== undefined;
  const common = first.factors.filter((factor, i) => {
    const nth = first.factors.slice(0, i + 1).filter(({ id }) => id === factor.id).length;
    return others.every(({ factors }) => factors.filter((each) => isSame(each, factor)).length >= nth);
  });
  if (common.some(({ renames }) => renames.length > 0)) return undefined;
  const write = common.map(({ id }) => id);
  if (!terms.some(isRead)) return others.length === 0 && first.sign > 0 ? { write } : undefined;
  const rest = terms.map((term) => ({ ...term, factors: without(term.factors, common) }));
  const reads = rest.filter(isRead);
  const axes = unionAxes(...rest.map((term) => axesOf(circuit, state, term)));
  const correction = { axes, known: rest.filter((term) => !isRead(term)), reads };
  return reads.every((read) => keepsAxes(circuit, axes, read)) ? { write, correction } : undefined;
};

const isSame = (one: Renamed, other: Renamed): boolean =>
  one.id === other.id && one.renames.length === 0 && other.renames.length === 0;

const without = (factors: ReadonlyArray<Renamed>, removed: ReadonlyArray<Renamed>): ReadonlyArray<Renamed> =>
  removed.reduce(
    (left, each) =>
      left.toSpliced(
        left.findIndex((factor) => isSame(factor, each)),
        1,
      ),
    factors,
  );

const renamedBy = (renames: ReadonlyArray<Renames>, axes: ReadonlyArray<Axis>): ReadonlyArray<Axis> =>
  renames.reduceRight((sofar, each) => renamedAxes(each, sofar), axes);

const axesOf = (circuit: Circuit, state: ReadonlyArray<Axis>, { factors, state: read }: Term): ReadonlyArray<Axis> => {
  const scales = factors.map(({ id, renames }) => renamedBy(renames, nodeAt(circuit, id).axes));
  if (read === undefined || read === "delay") return unionAxes(...scales);
  const { over, others, renames } = read.sum;
  const asked = others.map((id) => nodeAt(circuit, id).axes);
  return unionAxes(
    ...scales,
    renamedBy(read.renames, withoutAxes(unionAxes(renamedAxes(renames, state), ...asked), over)),
  );
};

/**
 * Whether what is read of the state has the axes of the factor as it was written, none that is summed, and what it is
 * multiplied with none that is renamed between: else what one position corrects would not be a multiple of what another
 * one wrote.
 */
const keepsAxes = (
  circuit: Circuit,
  axes: ReadonlyArray<Axis>,
  { state: { sum, renames }, factors }: Read,
): boolean => {
  const before = renamedAxes(sum.renames, axes);
  const read = renamedBy(renames, before);
  const scales = [...sum.others, ...factors.map(({ id }) => id)].flatMap((id) => nodeAt(circuit, id).axes);
  const isRenamed = (axis: Axis): boolean => hasAxis(renames.flat(2), axis);
  return (
    axes.every((axis, i) => sameAxis(axis, read[i]!)) &&
    !before.some((axis) => hasAxis(sum.over, axis)) &&
    !withoutAxes(scales, sum.over).some(isRenamed)
  );
};
