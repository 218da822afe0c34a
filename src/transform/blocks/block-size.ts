import { type Axis, hasAxis, knownSize, withoutAxes } from "../../circuit/axis.ts";
import type { Circuit, NodeId } from "../../circuit/circuit.ts";
import { nodeAt } from "../../circuit/node-at.ts";
import type { Linear } from "./linear.ts";
import { renamedAxes, type Sum } from "./reading.ts";

/** What decides how long blocks should be, for a sum over components of a state. */
export interface Shape {
  /** How many terms it has, and how many such sums there are at a position. */
  readonly terms: number;
  readonly sums: number;
  /** How many components of either decay each at a rate of its own: 1 where all decay alike. */
  readonly rates: number;
  /** Whether what is written depends on the state. */
  readonly isCorrected: boolean;
}

/** How many positions a block should have; undefined where blocks do not pay. */
export type BlockSize = (shape: Shape) => number | undefined;

/**
 * Of states from 32 by 32 on: smaller ones take as long in blocks. Blocks of 16 are faster from 16 positions on; those of 32
 * make longer products, which pays for states of 64 by 64. What is corrected takes a matrix of places by places as well,
 * which pays in blocks of half the length. Where components decay each at a rate of its own, each place of a block meets
 * each other one once for each of them, which is no product of matrices: that pays from 256 by 256 on, and not where they are
 * corrected as well.
 */
export const sizeOfBlocks: BlockSize = ({ terms, sums, rates, isCorrected }) => {
  const least = Math.min(terms, sums);
  if (rates > 1) return least < 256 || isCorrected ? undefined : 16;
  if (least < 32) return undefined;
  const size = least < 64 ? 16 : 32;
  return isCorrected ? size / 2 : size;
};

/** The size of blocks that pays for each sum over a state, where each can be products, also those that correct it. */
export const sizeFor = (
  circuit: Circuit,
  linear: Linear,
  sums: ReadonlyArray<Sum>,
  blockSize: BlockSize,
): number | undefined => {
  const { correction, write } = linear;
  // What each place corrects of what each other one wrote should be a number, so what is multiplied counts as what is asked.
  const correcting = (correction?.reads ?? []).map(({ state: { sum }, factors }) => {
    const others = [...sum.others, ...factors.map(({ id }) => id)];
    return sizeForSum(circuit, linear, { ...sum, others }, blockSize, write);
  });
  const sizes = [...sums.map((sum) => sizeForSum(circuit, linear, sum, blockSize)), ...correcting];
  const found = sizes.flatMap((size) => (size === undefined ? [] : [size]));
  return sums.length === 0 || found.length < sizes.length ? undefined : Math.min(...found);
};

/**
 * What is written must be a product of keys, of which each term has one, and values. Either may have components that decay
 * each at a rate of its own, but not both.
 */
const sizeForSum = (
  circuit: Circuit,
  { axis, state, decay, write, correction }: Linear,
  { over, others, renames }: Sum,
  blockSize: BlockSize,
  besides: ReadonlyArray<NodeId> = [],
): number | undefined => {
  const axesOf = (ids: ReadonlyArray<NodeId>): ReadonlyArray<Axis> =>
    ids.flatMap((id) => renamedAxes(renames, nodeAt(circuit, id).axes));
  const written = [...write.map((id) => axesOf([id])), renamedAxes(renames, correction?.axes ?? [])];
  const keys = written.filter((axes) => over.some((each) => hasAxis(axes, each))).flat();
  const asked = others.flatMap((id) => nodeAt(circuit, id).axes);
  const own = withoutAxes(axesOf([state]), [axis, ...over, ...keys, ...axesOf(besides), ...asked]).filter(isComponents);
  const [keysApart, valuesApart] = [over, own].map((axes) => axes.filter((each) => hasAxis(axesOf(decay), each)));
  if (!over.every((each) => hasAxis(keys, each))) return undefined;
  const terms = sizeOf(over);
  const sized = (axes: ReadonlyArray<Axis>, rates: number): number | undefined =>
    blockSize({ terms, sums: sizeOf(axes), rates, isCorrected: correction !== undefined });
  if (keysApart!.length > 0) return valuesApart!.length > 0 ? undefined : sized(own, sizeOf(keysApart!));
  return sized(withoutAxes(own, valuesApart!), 1) ?? sized(own, sizeOf(valuesApart!));
};

const isComponents = (axis: Axis): boolean => knownSize(axis) !== undefined;

const sizeOf = (axes: ReadonlyArray<Axis>): number => axes.reduce((all, axis) => all * (knownSize(axis) ?? 1), 1);
