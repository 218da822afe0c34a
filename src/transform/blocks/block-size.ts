import { type Axis, hasAxis, knownSize, sameAxis, withoutAxes } from "../../circuit/axis.ts";
import type { Circuit, NodeId } from "../../circuit/circuit.ts";
import { nodeAt } from "../../circuit/node-at.ts";
import type { Linear } from "./linear.ts";
import type { Renames, Sum } from "./reading.ts";

/**
 * How many positions a block should have, by how many terms a sum over a state has and how many sums there are at a position;
 * undefined where blocks do not pay.
 */
export type BlockSize = (terms: number, sums: number) => number | undefined;

/**
 * Of states from 32 by 32 on: smaller ones take as long in blocks. Blocks of 16 are faster from 16 positions on; those of 32
 * make longer products, which pays for states of 64 by 64.
 */
export const sizeOfBlocks: BlockSize = (terms, sums) => {
  const least = Math.min(terms, sums);
  return least < 32 ? undefined : least < 64 ? 16 : 32;
};

/** The size of blocks that pays for each sum over a state, where each can be products. */
export const sizeFor = (
  circuit: Circuit,
  linear: Linear,
  sums: ReadonlyArray<Sum>,
  blockSize: BlockSize,
): number | undefined => {
  const sizes = sums.map((sum) => sizeForSum(circuit, linear, sum, blockSize));
  const found = sizes.flatMap((size) => (size === undefined ? [] : [size]));
  return found.length === 0 || found.length < sizes.length ? undefined : Math.min(...found);
};

/** What decays must do so in all terms alike, and what is written must be a product of keys, of which each term has one, and values. */
const sizeForSum = (
  circuit: Circuit,
  { axis, state, decay, write }: Linear,
  { over, others, renames }: Sum,
  blockSize: BlockSize,
): number | undefined => {
  const axesOf = (ids: ReadonlyArray<NodeId>): ReadonlyArray<Axis> =>
    ids.flatMap((id) => renamedAxes(renames, nodeAt(circuit, id).axes));
  const keys = write.filter((id) => over.some((each) => hasAxis(axesOf([id]), each)));
  const isApart = over.every((each) => hasAxis(axesOf(keys), each) && !hasAxis(axesOf(decay), each));
  const asked = others.flatMap((id) => nodeAt(circuit, id).axes);
  const own = withoutAxes(axesOf([state]), [axis, ...over, ...axesOf([...decay, ...keys]), ...asked]);
  return isApart ? blockSize(sizeOf(over), sizeOf(own)) : undefined;
};

const renamedAxes = (renames: Renames, axes: ReadonlyArray<Axis>): ReadonlyArray<Axis> =>
  axes.map((axis) => renames.find(([from]) => sameAxis(from, axis))?.[1] ?? axis);

const sizeOf = (axes: ReadonlyArray<Axis>): number => axes.reduce((all, axis) => all * (knownSize(axis) ?? 1), 1);
