import { type Axis, knownSize, raggedOver } from "../../circuit/axis.ts";
import type { Circuit, NodeId } from "../../circuit/circuit.ts";
import { nodeAt } from "../../circuit/node-at.ts";
import { type BlockSize, sizeFor } from "./block-size.ts";
import { type Linear, linearOf } from "./linear.ts";
import { type Readers, readersIn } from "./readers.ts";
import type { Reading, Renames, Sum } from "./reading.ts";
import { factorsOf } from "./terms.ts";

/** A recurrence that is to be taken in blocks of so many positions. */
export interface Taken extends Linear {
  readonly size: number;
}

/**
 * By what reads them, the readings of those states that can be taken in blocks: nothing reads them but sums that stand
 * outside of all recurrences, for in blocks all positions are read at once.
 */
export const readingsOf = (
  circuit: Circuit,
  blockSize: BlockSize,
): ReadonlyMap<NodeId, { readonly taken: Taken; readonly reading: Reading }> => {
  const readers = readersIn(circuit);
  const all = new Map<NodeId, { readonly taken: Taken; readonly reading: Reading }>();
  for (const members of readers.recurrences) {
    const linear = linearOf(circuit, members);
    const found = linear === undefined ? undefined : readingsIn(readers, linear);
    if (linear === undefined || found === undefined || found.some(([by]) => all.has(by))) continue;
    const sums = found.flatMap(([, reading]) => (reading.tag === "sum" ? [reading] : []));
    const size = sizeFor(circuit, linear, sums, blockSize);
    if (size !== undefined) for (const [by, reading] of found) all.set(by, { taken: { ...linear, size }, reading });
  }
  return all;
};

type Found = ReadonlyArray<readonly [by: NodeId, reading: Reading]>;

/** All readings of a state, if blocks have each of them. */
const readingsIn = (readers: Readers, linear: Linear): Found | undefined => {
  const { circuit, isOutput, readersOf } = readers;
  const { axis, members, delay, state } = linear;
  const isAlone = axis.extent.tag === "fixed" || axis.extent.over.every(({ tag }) => tag === "batch");
  if (!isAlone || isOutput(state) || raggedOver(nodeAt(circuit, state).axes, axis).length > 0) return undefined;
  const read = [...members].flatMap((member) =>
    readersOf(member).flatMap((by) => (members.has(by) ? [] : [{ member, by }])),
  );
  if (read.some(({ member }) => member !== state && member !== delay)) return undefined;
  return together(read.map(({ member, by }) => readingsBy(readers, linear, { id: member, member, renames: [] }, by)));
};

/** The state, or the delayed one, perhaps renamed: what stands in a product. */
interface Read {
  readonly id: NodeId;
  readonly member: NodeId;
  readonly renames: Renames;
}

/** What a reader of a state does with it; undefined if that cannot be done in blocks. */
const readingsBy = (readers: Readers, linear: Linear, read: Read, by: NodeId): Found | undefined => {
  const { circuit, isOutput, readersOf, recurs } = readers;
  const { op } = nodeAt(circuit, by);
  const further = (next: Read): Found | undefined =>
    isOutput(by) ? undefined : together(readersOf(by).map((reader) => readingsBy(readers, linear, next, reader)));
  if (recurs(by)) return undefined;
  if (op.tag === "at") {
    const isLast = op.axis.key === linear.axis.key && op.position.tag === "fromEnd" && op.position.offset === 0;
    return isLast && read.id === linear.state && linear.by === 1 ? [[by, { tag: "last" }]] : undefined;
  }
  if (op.tag === "rename" && read.id === read.member && !op.renames.flat().some(({ key }) => key === linear.axis.key))
    return further({ ...read, id: by, renames: op.renames });
  if (op.tag === "map" && op.fn === "mul") return further(read);
  const sum = op.tag === "reduce" && op.fn === "sum" ? sumOf(circuit, linear, read, by, op.over) : undefined;
  return sum === undefined ? undefined : [[by, sum]];
};

/** A sum over components of a product with the state, which is one factor of it alone. */
const sumOf = (
  circuit: Circuit,
  { axis, members, state }: Linear,
  { id: read, member, renames }: Read,
  by: NodeId,
  over: ReadonlyArray<Axis>,
): Sum | undefined => {
  const factors = factorsOf(circuit, nodeAt(circuit, by).inputs[0]!);
  const others = factors.filter((id) => id !== read);
  const isOnce = others.length === factors.length - 1 && !others.some((id) => members.has(id));
  const isOverComponents = over.every((each) => each.key !== axis.key && knownSize(each) !== undefined);
  const isRagged = others.some((id) => raggedOver(nodeAt(circuit, id).axes, axis).length > 0);
  if (!isOnce || !isOverComponents || isRagged) return undefined;
  return { tag: "sum", isBefore: member !== state, renames, over, others };
};

/** All lists as one, if all are there. */
const together = (lists: ReadonlyArray<Found | undefined>): Found | undefined => {
  const found = lists.flatMap((list) => (list === undefined ? [] : [list]));
  return found.length < lists.length ? undefined : found.flat();
};
